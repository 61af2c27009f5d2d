import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildData } from '../../../../engine/opa/contract/build-data.ts';
import type { AnalysedPackage, AnalysedRule, Analysis, Annotations } from '../../../../engine/opa/types.ts';
import type { Catalogue } from '../../../../engine/policy/types.ts';

function annotations(title: string | null, custom: Annotations['custom'] = {}): Annotations {
  return { title, description: null, scope: 'rule', entrypoint: false, custom };
}

function pack(name: string, servers?: string[]): AnalysedPackage {
  const said = servers === undefined ? null : annotations(name, { servers });
  return { path: `policies.${name}`, file: `${name}/pack.rego`, row: 5, annotations: said };
}

function rule(id: string, reads: string[] = [], custom: Annotations['custom'] = {}): AnalysedRule {
  const [name = ''] = id.split('.');
  return {
    path: `policies.${id}`,
    package: `policies.${name}`,
    file: `${name}/pack.rego`,
    row: 9,
    column: 1,
    isDefault: false,
    annotations: annotations(id, custom),
    reads,
    strings: [],
    values: [],
  };
}

function analysis(packages: AnalysedPackage[], rules: AnalysedRule[]): Analysis {
  return { packages, rules, unknownMetadata: [], negationTraps: [] };
}

test('packs are found by server; those that name none govern every server and, under "*", the rest', () => {
  const { packs } = buildData(analysis([pack('b'), pack('c', ['crm', 'hr']), pack('a', ['crm'])], []), {});
  assert.deepEqual(packs, { '*': ['b'], crm: ['a', 'b', 'c'], hr: ['b', 'c'] });
});

test('a pack declares its servers in any of its files', () => {
  const { packs } = buildData(analysis([pack('a'), pack('a', ['crm']), pack('a')], []), {});
  assert.deepEqual(packs, { '*': [], crm: ['a'] });
});

test('packages that are no pack govern nothing', () => {
  const others = ['policies', 'policies.a.b', 'writ', 'test.a'].map((path) => ({ ...pack('x'), path }));
  assert.deepEqual(buildData(analysis(others, []), {}).packs, { '*': [] });
});

test('rules that read what a prospective call or a first look does not have are marked', () => {
  const rules = [
    rule('a.deny.tool', ['input.call.tool', 'data.catalogue.*.*']),
    rule('a.deny.arguments', ['input.call.arguments.id']),
    rule('a.deny.computed', ['input.*.x']),
    rule('a.deny.hash', ['input.call.hash']),
    rule('a.deny.approval', ['input.approval.approved_by']),
    rule('a.deny.both', ['input.call.arguments', 'input.result.facts.ids']),
    rule('a.mask_fields.rows', ['input.result.facts.ids']),
    rule('a.helper', ['input.result']),
  ];
  const { reads } = buildData(analysis([pack('a', ['crm'])], rules), {});
  assert.deepEqual(reads, {
    'a.deny.approval': 'arguments',
    'a.deny.arguments': 'arguments',
    'a.deny.both': 'result',
    'a.deny.computed': 'result',
    'a.deny.hash': 'arguments',
    'a.mask_fields.rows': 'result',
  });
});

test('grants that name messages to the client are marked', () => {
  const direction = ['input.call.direction', 'input.call.method'];
  const naming = (found: AnalysedRule): AnalysedRule => ({ ...found, strings: ['to-client'] });
  const marked = (rules: AnalysedRule[]) => buildData(analysis([pack('a'), pack('b')], rules), {}).reads;
  assert.deepEqual(marked([naming(rule('a.allow.x', direction))]), { 'a.allow.x': 'to-client' });
  assert.deepEqual(marked([rule('a.allow.x', direction), naming(rule('a.asking', direction))]), {
    'a.allow.x': 'to-client',
  });
  // The tool is asked for by direction, and a word alone asks nothing; the word of another pack or rule is not its own.
  assert.deepEqual(marked([rule('a.allow.x', direction)]), {});
  assert.deepEqual(marked([naming(rule('a.allow.x', ['input.call.method']))]), {});
  assert.deepEqual(marked([rule('a.allow.x', direction), naming(rule('b.asking', direction))]), {});
  assert.deepEqual(marked([rule('a.allow.x', direction), naming(rule('a.allow.y', direction))]), {
    'a.allow.y': 'to-client',
  });
  assert.deepEqual(marked([rule('a.allow.x', direction), naming(rule('a.deny.y', direction))]), {});
});

test('a rule that reads the whole input is never put off to the second look', () => {
  const rules = [rule('a.deny.x', ['input']), rule('a.deny.y', ['input.call'])];
  assert.deepEqual(buildData(analysis([pack('a')], rules), {}).reads, {});
});

test('only packs with a rule about the result are asked about results', () => {
  const packages = [pack('a', ['crm']), pack('b', ['hr']), pack('c')];
  const about = (name: string) => rule(`${name}.deny.bulk`, ['input.result.bytes']);
  assert.deepEqual(buildData(analysis(packages, [about('a')]), {}).result_packs, { '*': [], crm: ['a'] });
  assert.deepEqual(buildData(analysis(packages, [about('a'), about('c')]), {}).result_packs, {
    '*': ['c'],
    crm: ['a', 'c'],
  });
});

test('METADATA of rules comes with them and cannot take the place of title and location', () => {
  const facts = { article: '9(1)', title: 'another', at: 'elsewhere' };
  const { rules } = buildData(analysis([pack('a')], [rule('a.deny.x', [], facts)]), {});
  assert.deepEqual(rules['a.deny.x'], { article: '9(1)', title: 'a.deny.x', at: 'a/pack.rego:9' });
  assert.deepEqual(
    Object.keys(rules).filter((id) => id.startsWith('writ.')),
    ['writ.allow.lifecycle', 'writ.malformed', 'writ.no_grant', 'writ.no_result', 'writ.uncatalogued'],
  );
});

test('tools are indexed by category and all above it, in the order of categories', () => {
  const catalogue: Catalogue = {
    crm: {
      lookup: {
        action: 'read',
        holds: { 'user.name': ['$.name'], 'user.contact.phone_number': ['$.b', '$.a'], 'user.contact': ['$.contact'] },
      },
      stats: { action: 'aggregate', holds: {} },
    },
  };
  assert.deepEqual(buildData(analysis([], []), catalogue).tools, {
    crm: {
      lookup: {
        categories: ['user.contact', 'user.contact.phone_number', 'user.name'],
        fields: {
          user: [
            ['user.contact', '$.contact'],
            ['user.contact.phone_number', '$.b'],
            ['user.contact.phone_number', '$.a'],
            ['user.name', '$.name'],
          ],
          'user.contact': [
            ['user.contact', '$.contact'],
            ['user.contact.phone_number', '$.b'],
            ['user.contact.phone_number', '$.a'],
          ],
          'user.contact.phone_number': [
            ['user.contact.phone_number', '$.b'],
            ['user.contact.phone_number', '$.a'],
          ],
          'user.name': [['user.name', '$.name']],
        },
      },
      stats: { categories: [], fields: {} },
    },
  });
});

test('the order of files changes nothing', () => {
  const packages = [pack('b', ['hr', 'crm']), pack('a')];
  const rules = [rule('b.deny.y', ['input.result']), rule('a.deny.x', ['input.call.hash'])];
  const catalogue: Catalogue = { hr: {}, crm: { y: { action: 'a', holds: {} }, x: { action: 'a', holds: {} } } };
  const backwards: Catalogue = { crm: { x: { action: 'a', holds: {} }, y: { action: 'a', holds: {} } }, hr: {} };
  assert.equal(
    JSON.stringify(buildData(analysis(packages, rules), catalogue)),
    JSON.stringify(buildData(analysis(packages.toReversed(), rules.toReversed()), backwards)),
  );
});

test('the parts of the input that any rule reads are told, each once and the widest alone', () => {
  const rules = [
    rule('a.deny.x', ['input.call.tool', 'input.approval.approved_by.*.id', 'data.catalogue.*']),
    rule('a.helper', ['input.identity.groups', 'input.approval', 'input.call.toolbox']),
    rule('a.deny.y', ['input.call.arguments.*.id']),
    { ...rule('a.test_x', ['input.session.id']), package: 'test.a' },
  ];
  assert.deepEqual(buildData(analysis([pack('a')], rules), {}).inputs, [
    'input.approval',
    'input.call.arguments',
    'input.call.tool',
    'input.call.toolbox',
    'input.identity.groups',
  ]);
  assert.deepEqual(buildData(analysis([pack('a')], [rule('a.deny.x', ['input', 'input.call'])]), {}).inputs, ['input']);
  const quoted = ['input.identity.claims."a.*b".*', 'input.call.arguments."c.d"'];
  assert.deepEqual(buildData(analysis([pack('a')], [rule('a.deny.x', quoted)]), {}).inputs, [
    'input.call.arguments."c.d"',
    'input.identity.claims."a.*b"',
  ]);
});

test('names of arguments are told by server, also those behind a computed part or given to a builtin as text', () => {
  const rules = [
    rule('a.deny.x', ['input.call.arguments.rows.*.amount', 'input.call.tool', 'input.call.arguments.id']),
    { ...rule('b.helper', ['input.call.arguments']), strings: ['limit', 'odd name'] },
    rule('c.deny.x', ['input.call.arguments.*', 'input.call.arguments.deep."a.b"']),
  ];
  assert.deepEqual(buildData(analysis([pack('a', ['crm']), pack('b', ['hr']), pack('c')], rules), {}).arguments, {
    '*': ['input.call.arguments.*', 'input.call.arguments.deep."a.b"'],
    crm: [
      'input.call.arguments.*',
      'input.call.arguments.deep."a.b"',
      'input.call.arguments.id',
      'input.call.arguments.rows.*.amount',
    ],
    hr: [
      'input.call.arguments."limit"',
      'input.call.arguments."odd name"',
      'input.call.arguments.*',
      'input.call.arguments.deep."a.b"',
    ],
  });
});
