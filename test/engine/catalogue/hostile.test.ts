import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../../engine/catalogue/compare.ts';
import { merged } from '../../../engine/catalogue/discover.ts';
import { mergedYaml, proposedYaml } from '../../../engine/catalogue/proposal-yaml.ts';
import { survey } from '../../../engine/catalogue/survey.ts';
import { compilePath } from '../../../engine/json/path.ts';
import { isObject, type Json, type JsonObject } from '../../../engine/json/types.ts';
import { readCatalogue } from '../../../engine/opa/contract/read-catalogue.ts';
import { readYaml } from '../../../engine/yaml/read.ts';
import { answered, everything, pathsOf, proposed } from './recordings.ts';

/** All that is ever written of recordings: the catalogue, the one merged into another, and the differences. */
function writtenOf(content: JsonObject): string {
  const calls = [answered(content)];
  const proposals = proposed(calls);
  const empty = { crm: { find: { action: 'read', holds: {} } } };
  const drift = compare(survey({ calls, listed: [] }, empty), empty, everything);
  const yaml = proposedYaml(proposals);
  const { diagnostics } = readCatalogue(readYaml(yaml, 'catalogue.yaml', 'WRIT_SOURCES_INVALID'));
  assert.deepEqual(diagnostics, [], yaml);
  const comments = yaml.split('\n').filter((line) => line.trimStart().startsWith('#'));
  assert.doesNotMatch(comments.join(' '), /[\p{Cf}\p{Zl}\p{Cc}]/u, 'a comment turns or ends a line');
  const into = 'catalogue:\n  crm:\n    find: { action: read, holds: {} } # as it was\n';
  return [yaml, mergedYaml(into, 'c', proposed(calls, empty)), JSON.stringify([proposals, drift])].join('\n');
}

const people: Record<string, JsonObject> = {
  'e-mail addresses': { 'ana.silva@b.example': { plan: 'plus' }, 'bo.berg@b.example': { plan: 'free' } },
  'one address alone': { 'ana.silva@b.example': 3 },
  'names of two words': { 'Ana Silva': { email: 'ana@b.example' }, 'Bo Berg': { email: 'bo@b.example' } },
  'names in code': { ana_silva: { email: 'ana@b.example' }, boBerg: { email: 'bo@b.example' } },
  'given names': { Camille: { email: 'camille@b.example' }, Benedikt: { email: 'benedikt@b.example' } },
  'numbers of people': { '+46846500412': { email: 'a@b.example' }, '800101-1239': { email: 'b@b.example' } },
  ids: { 'C-100123': { email: 'a@b.example' } },
  'a name that a value has, too': { lindqvist: { email: 'x@b.example' }, list: [{ name: 'Anna Lindqvist' }] },
  'a value spelt otherwise': {
    'qwxz-4-vrt': { email: 'x@b.example' },
    list: [{ iban: 'QWXZ4VRT', email: 'qwxz.4.vrt@b.example' }],
  },
  'a long text': { [`Ana Silva of ${'x'.repeat(100_000)}`]: { email: 'a@b.example' } },
};

const secrets =
  /silva|berg|ana\b|camille|benedikt|46846500412|800101|100123|lindqvist|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx/i;

for (const [title, content] of Object.entries(people)) {
  test(`members named by personal data are a wildcard: ${title}`, () => {
    for (const wrapped of [content, { customers: content }, { rows: [{ of: content }] }]) {
      const written = writtenOf(wrapped);
      assert.doesNotMatch(written, secrets);
    }
  });
}

test('what lies below such members keeps its path, and the object is proposed for its names', () => {
  const calls = [
    answered({
      users: { 'ana@b.example': { phone: '+46 8 465 004 12' }, 'bo@b.example': { phone: '+46 8 465 004 13' } },
    }),
  ];
  assert.deepEqual(pathsOf(calls), [
    'names user.contact.email $.users',
    'field user.contact.phone_number $.users.*.phone',
  ]);
});

test('entries of a map that are like each other are a wildcard, whatever they are called', () => {
  const entry = { email: 'ana@b.example', plan: 'plus' };
  assert.deepEqual(pathsOf([answered({ by: { zqa: entry, zqb: entry, zqc: entry } })]), [
    'field user.contact.email $.by.*.email',
  ]);
  assert.deepEqual(pathsOf([answered({ by: { u1: { email: 'ana@b.example' }, u2: { email: 'bo@b.example' } } })]), [
    'field user.contact.email $.by.*.email',
  ]);
  const many = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`zq${String.fromCharCode(97 + (index % 26))}${index}`, 'ana@b.example']),
  );
  assert.deepEqual(pathsOf([answered(many)]), ['field user.contact.email $.*']);
});

test('fields keep their names, also those that read like a person', () => {
  const row = {
    'First Name': 'Ana',
    'Last Name': 'Silva',
    'E-Mail Address': 'ana@b.example',
    'customer.phone': '+46 8 465 004 12',
  };
  assert.deepEqual(pathsOf([answered({ rows: [row] })]), [
    'field user.contact.email $.rows[*]["E-Mail Address"]',
    'field user.contact.phone_number $.rows[*]["customer.phone"]',
    'field user.name $.rows[*]["First Name"]',
    'field user.name $.rows[*]["Last Name"]',
  ]);
});

test('every path is a query that finds what it was made of, however members are named', () => {
  const names = [
    'email',
    'e"mail',
    "e'mail",
    'e\\mail',
    'e.mail',
    'e[*]',
    '$',
    '*',
    '',
    ' ',
    '~1/',
    'é',
    '日本',
    '\u0001',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '#',
    ': ',
    '- a',
    '{{',
    '\n# x\ncatalogue:',
    '\u2028',
    '\u202e',
    '\ud83d\ude00',
  ];
  for (const name of names) {
    // As a parser makes it: a member of its own, whatever it is called.
    const content: Json = JSON.parse(`{"rows":[{${JSON.stringify(name)}:{"email":"ana@b.example"}}]}`);
    assert.ok(isObject(content));
    const paths = proposed([answered(content)]).flatMap(({ proposals }) => proposals.map(({ path }) => path));
    const found: Json[] = [];
    for (const path of paths) compilePath(path).select([content], (_holder, _key, value) => found.push(value));
    assert.deepEqual(found, ['ana@b.example'], JSON.stringify([name, paths]));
    writtenOf(content);
  }
});

test('servers and tools may be called anything', () => {
  for (const name of [
    '__proto__',
    'constructor',
    'a"b',
    'a: b',
    "it's",
    '#',
    '- x',
    '\n',
    'null',
    '1e3',
    '*a',
    '&a',
    '{',
  ]) {
    const calls = [answered({ email: 'ana@b.example' }, { server: name, tool: name })];
    const proposals = proposed(calls);
    const yaml = proposedYaml(proposals);
    const { catalogue, diagnostics } = readCatalogue(readYaml(yaml, 'c', 'WRIT_SOURCES_INVALID'));
    assert.deepEqual([diagnostics, Object.keys(catalogue), Object.keys(catalogue[name] ?? {})], [[], [name], [name]]);
    assert.deepEqual({ ...catalogue[name]?.[name]?.holds }, { 'user.contact.email': ['$.email'] });
    assert.deepEqual(Object.keys(merged({}, proposals)), [name]);
    const into = mergedYaml('# kept\ncatalogue:\n  crm:\n    find: { action: read, holds: {} }\n', 'c', proposals);
    assert.match(into, /^# kept\n/);
    assert.deepEqual(Object.keys(readCatalogue(readYaml(into, 'c', 'WRIT_SOURCES_INVALID')).catalogue), ['crm', name]);
  }
  assert.equal(Object.hasOwn(Object.prototype, 'find'), false);
});

test('a document over the cap is refused, and the file is named without what it holds', () => {
  const text = `ana@b.example ${'x'.repeat(4 * 1024 * 1024)}`;
  assert.throws(
    () => survey({ calls: [answered({ text })], listed: [] }, {}),
    (error: Error) => {
      assert.match(error.message, /call\.yaml/);
      assert.doesNotMatch(error.message, /ana/);
      return 'code' in error && error.code === 'WRIT_RECORD_TOO_LARGE';
    },
  );
});

test('many members, many categories and deep documents take no more than their size', () => {
  const wide = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, index) => [`k${index}`, { email: `a${index}@b.example` }]),
  );
  assert.deepEqual(pathsOf([answered(wide)]), ['field user.contact.email $.*.email']);
  let deep: JsonObject = { email: 'ana@b.example' };
  for (let level = 0; level < 60; level++) deep = { a: deep };
  assert.equal(pathsOf([answered(deep)]).length, 1);
});
