import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Json, JsonObject } from '../../../engine/json/types.ts';
import { analyse } from '../../../engine/opa/analyse.ts';
import { buildData } from '../../../engine/opa/contract/build-data.ts';
import type { AnalysedRule } from '../../../engine/opa/types.ts';
import { segments } from '../../../engine/policy/dotted.ts';
import { partsRead } from '../../../engine/policy/parts-read.ts';
import { writeTree } from './tree.ts';

test('one pass gives packages, rules over all their bodies and files, METADATA and what is unknown in it', async (t) => {
  const folder = writeTree(t, {
    'crm.rego': [
      '# METADATA',
      '# title: CRM',
      '# custom:',
      '#   servers: [crm]',
      'package policies.crm',
      '',
      'import data.lib.is_known',
      '',
      '# METADATA',
      '# title: Notes are for the medical group',
      '# descripton: misspelt',
      '# custom: { article: 9 }',
      'deny.notes := "for \\"medical\\" alone" if {',
      '  input.call.tool in {"health.notes"}',
      '  not medical',
      '}',
      'medical if "medical" in input.identity.groups',
      'default allow.read := false',
      'allow.read if is_known(input.call)',
      'allow["odd name"] if data.grants["customers.lookup"][input.server.name]',
      'tags[name] := 1 if some name, _ in input.tags',
    ].join('\n'),
    'more.rego': 'package policies.crm\n\ndeny.notes := "never" if input.gateway.environment == "test"\n',
    'lib/lib.rego': 'package lib\n\nis_known(call) if data.catalogue[call.server][call.tool].holds\n',
    'lib/data.json': '{"not": "read"}',
  });
  const outcome = await analyse({ paths: [folder] });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const { packages, rules, unknownMetadata, negationTraps } = outcome.value;
  const [crm, more, lib] = ['crm.rego', 'more.rego', 'lib/lib.rego'].map((name) => join(folder, name));
  assert.deepEqual(packages, [
    {
      path: 'policies.crm',
      file: crm,
      row: 5,
      annotations: {
        title: 'CRM',
        description: null,
        scope: 'package',
        entrypoint: false,
        custom: { servers: ['crm'] },
      },
    },
    { path: 'lib', file: lib, row: 1, annotations: null },
    { path: 'policies.crm', file: more, row: 1, annotations: null },
  ]);
  assert.deepEqual(unknownMetadata, [{ key: 'descripton', file: crm, row: 11 }]);
  assert.deepEqual(negationTraps, []);
  assert.deepEqual(rules[0], {
    path: 'policies.crm.deny.notes',
    package: 'policies.crm',
    file: crm,
    row: 13,
    column: 1,
    isDefault: false,
    annotations: {
      title: 'Notes are for the medical group',
      description: null,
      scope: 'rule',
      entrypoint: false,
      custom: { article: 9 },
    },
    reads: ['input.call.tool', 'input.gateway.environment', 'input.identity.groups'],
    strings: ['for "medical" alone', 'health.notes', 'never', 'test'],
    values: [{ constant: 'for "medical" alone' }, { constant: 'never' }],
  });
  assert.deepEqual(
    rules.slice(1).map(({ path, isDefault, reads, strings }) => ({ path, isDefault, reads, strings })),
    [
      { path: 'policies.crm.medical', isDefault: false, reads: ['input.identity.groups'], strings: ['medical'] },
      // A value given to a function is read whole.
      {
        path: 'policies.crm.allow.read',
        isDefault: true,
        reads: ['data.catalogue.*.*.holds', 'input.call'],
        strings: [],
      },
      {
        path: 'policies.crm.allow."odd name"',
        isDefault: false,
        reads: ['data.grants."customers.lookup".*', 'input.server.name'],
        strings: ['customers.lookup'],
      },
      { path: 'policies.crm.tags.*', isDefault: false, reads: ['input.tags.*'], strings: [] },
      { path: 'lib.is_known', isDefault: false, reads: ['data.catalogue.*.*.holds'], strings: [] },
    ],
  );
});

test('values are told as far as they are written out, of every body and else branch', async (t) => {
  const folder = writeTree(t, {
    'p.rego': [
      'package policies.p',
      'm["a"] := {"paths": ["$.a", x], "options": {"keep": 4, "of": null}, y: true} if { x := input.a; y := input.b }',
      'm["b"] := {"on": "result"} if input.a',
      'else := input.c if input.b',
      'm["c"] := {"in a set"} if input.a',
      'm["d"] if input.a',
      's contains "t" if input.a',
    ].join('\n'),
  });
  const outcome = await analyse({ paths: [folder] });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const text = (constant: Json) => ({ constant });
  assert.deepEqual(Object.fromEntries(outcome.value.rules.map(({ path, values }) => [path, values])), {
    'policies.p.m.a': [
      {
        object: [
          {
            key: text('options'),
            value: {
              object: [
                { key: text('keep'), value: text(4) },
                { key: text('of'), value: text(null) },
              ],
            },
          },
          { key: text('paths'), value: { array: [text('$.a'), {}] } },
          { key: {}, value: text(true) },
        ],
      },
    ],
    'policies.p.m.b': [{ object: [{ key: text('on'), value: text('result') }] }, {}],
    'policies.p.m.c': [{}],
    'policies.p.m.d': [text(true)],
    'policies.p.s': [],
  });
});

/** Ways to get at `input.call.arguments` that an analysis might miss; each must show it, or something above it. */
const hidingPlaces = [
  'input.call.arguments.id == "a"',
  'input["call"]["arguments"].id == "a"',
  'c := input.call; c.arguments.id == "a"',
  'c = input.call; c.arguments.id == "a"',
  'c := input.call; c.tool == "t"; a := c.arguments; a.id',
  'c := input.call; d := c; d.arguments',
  'i := input; i.call.arguments',
  '{"arguments": a} = input.call; a.id',
  '[c, _] := [input.call, 1]; c.arguments',
  'some k; input.call[k].id == "a"',
  'k := "arguments"; input.call[k].id == "a"',
  'some part in input.call; part.id == "a"',
  'every part in input.call { part.id == "a" }',
  'some _, value in walk_all; value == "a"',
  'walk(input, [path, value]); path[1] == "arguments"; value == "a"',
  'object.get(input, ["call", "arguments", "id"], "") == "a"',
  'object.get(input.call, "arguments", {}).id == "a"',
  'c := input.call; c.tool == "t"; object.get(c, "arguments", {}).id == "a"',
  'json.filter(input, ["call/arguments"]) != {}',
  'count({x | c := input.call; x := c.arguments.id}) > 0',
  'count([1 | input.call.arguments.id]) > 0',
  'not input.call.arguments.id',
  'not helper',
  'helper',
  'deeper',
  'f(input)',
  'f2(input.call)',
  'g',
  '$"{input.call.arguments.id}" == "a"',
  'x := {"k": input.call.arguments}; x.k.id == "a"',
  'x := [input.call]; x[0].arguments.id == "a"',
  'fallback == "a"',
  'value_in_head == "a"',
  'data[input.server.name].x == "a"',
  'tree[input.server.name]',
  'h with input.x as input.call.arguments',
  'partial[input.server.name]',
  'object.union(input.call, {}).arguments.id == "a"',
];

test('what a rule reads is found through aliases, helpers, functions, comprehensions and computed keys', async (t) => {
  const folder = writeTree(t, {
    'a.rego': [
      'package a',
      'helper if input.call.arguments.id == "a"',
      'deeper if { x := helper; x }',
      'f(i) if i.call.arguments.id == "a"',
      'f2(c) if c.arguments.id == "a"',
      'g if f(input)',
      'h if input.x',
      'default fallback := "b"',
      'fallback := "b" if input.server.name == "x"',
      'else := "a" if input.call.arguments.id == "a"',
      'value_in_head := input.call.arguments.id',
      'walk_all[path] := value if walk(input.call, [path, value])',
      'tree.a if input.call.arguments.id == "a"',
      'partial contains input.call.arguments.id',
      ...hidingPlaces.map((body, i) => `r${i} if { ${body} }`),
    ].join('\n'),
  });
  const outcome = await analyse({ paths: [folder] });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const missed = hidingPlaces.filter((_, i) => {
    const reads = outcome.value.rules.find((rule) => rule.path === `a.r${i}`)?.reads ?? [];
    return !reads.some((read) => /^input(\.call|\.\*)?$|^input\.(call|\*)\.(arguments|\*)(\.|$)/.test(read));
  });
  assert.deepEqual(missed, []);
});

/** Names to lead a reader of dotted paths astray. */
const oddNames = [
  '"',
  '""',
  '\\',
  '\\"',
  'a"."b',
  '.',
  'a.b',
  '*',
  '*.x',
  '',
  ' ',
  '\n',
  '\r\n',
  '\t',
  '\u0000',
  '\u0007',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u00a0',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\ufffd',
  'größe',
  'שם',
  '名前',
  '\u{1f600}',
  '\u{10ffff}',
  '__proto__',
  'constructor',
  'true',
  '0',
  '01',
  '1.5',
  'a-b',
  "a'b",
  'a`b',
  '<&>',
];

/** Rego's strings are JSON's; some characters may not stand in a file as they are. */
const regoText = (text: string) =>
  JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

test('whatever a name holds, a path gives it back as one name, and policy is shown what it names', async (t) => {
  const folder = writeTree(t, {
    'a.rego': [
      'package policies.a',
      ...oddNames.map((name, i) => `helper${i} if input.call.arguments[${regoText(name)}].more[${regoText(name)}]`),
    ].join('\n'),
  });
  const outcome = await analyse({ paths: [folder] });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  for (const [i, name] of oddNames.entries()) {
    const rule: AnalysedRule | undefined = outcome.value.rules.find(({ path }) => path === `policies.a.helper${i}`);
    const read: string = rule?.reads[0] ?? '';
    assert.deepEqual([rule?.reads.length, segments(read)], [1, ['input', 'call', 'arguments', name, 'more', name]]);
    const { inputs } = buildData({ ...outcome.value, rules: rule ? [rule] : [] }, {});
    assert.deepEqual(inputs, [read]);
    const keyed = (value: Json) => {
      const inner: JsonObject = Object.fromEntries([[name, value]]);
      const asked = Object.fromEntries([[name, { more: inner }]]);
      return partsRead(inputs)({ call: { arguments: { ...asked, unread: 1 } } });
    };
    const seen = [1, 2, null].map(keyed);
    assert.equal(new Set(seen).size, 3, JSON.stringify(name));
    assert.equal(seen.join().includes('unread'), false);
  }
});

test('a constant that is no text is the index of an element or may be any', async (t) => {
  const constants = ['0', '1', '10', '1.0', '1e0', '1.5', '-1', '1e2', 'true', 'null', '[1, "a.b"]', '{"a": "b.c"}'];
  const folder = writeTree(t, {
    'a.rego': `package a\n${constants.map((constant, i) => `r${i} if input.a[${constant}].b`).join('\n')}\n`,
  });
  const outcome = await analyse({ paths: [folder] });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  assert.deepEqual(
    outcome.value.rules.flatMap(({ reads }) => reads),
    ['0', '1', '10', ...Array(9).fill('*')].map((part) => `input.a.${part}.b`),
  );
});

test('policies that do not compile give diagnostics', async (t) => {
  const folder = writeTree(t, { 'a.rego': 'package a\n\nr if nada(1)\n', 'b.rego': 'package b\n\nr := nope(1)\n' });
  const outcome = await analyse({ paths: [folder] });
  assert.ok(!outcome.ok);
  assert.deepEqual(
    outcome.diagnostics.map(({ code, file, row, column, source }) => ({ code, file, row, column, source })),
    [
      { code: 'rego_type_error', file: join(folder, 'a.rego'), row: 3, column: 6, source: 'r if nada(1)' },
      { code: 'rego_type_error', file: join(folder, 'b.rego'), row: 3, column: 6, source: 'r := nope(1)' },
    ],
  );
});
