import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JsonObject } from '../../../engine/json/types.ts';
import { isObject } from '../../../engine/json/types.ts';
import { editYaml } from '../../../engine/yaml/edit.ts';
import { readYaml } from '../../../engine/yaml/read.ts';
import { writeYaml } from '../../../engine/yaml/write.ts';

const code = 'WRIT_FIXTURE_INVALID';

function value(text: string): JsonObject {
  const { value } = readYaml(text, 'a.yaml', code);
  assert.ok(isObject(value));
  return JSON.parse(JSON.stringify(value));
}

const commented = `# what this is
title: One # said of it
call: { server: crm, method: tools/call }
expect:
  verdict: deny # because
  # of the list
  listed: false
  rules:
    - writ.no_grant # the rule
    - writ.other
  result:
    # people
    customers:
      - id: C-1001 # the first
        note: |
          two
          lines
      - { id: C-1002, note: short }
`;

test('what stays equal stays as it is written, byte for byte', () => {
  assert.equal(editYaml(commented, 'a.yaml', value(commented), code), commented);
});

test('values are changed in their place, and comments stay', () => {
  const wanted = {
    title: 'One',
    call: { server: 'crm', method: 'tools/call' },
    expect: {
      verdict: 'allow',
      rules: ['gdpr.allow.x'],
      result: { customers: [{ id: 'C-1001', note: 'one line' }, { id: 'C-1002', note: 'a, b' }, { id: 'C-1003' }] },
      masks: [],
    },
  };
  assert.equal(
    editYaml(commented, 'a.yaml', wanted, code),
    `# what this is
title: One # said of it
call: { server: crm, method: tools/call }
expect:
  verdict: allow # because
  # of the list
  rules:
    - gdpr.allow.x # the rule
  result:
    # people
    customers:
      - id: C-1001 # the first
        note: one line
      - { id: C-1002, note: "a, b" }
      - { id: C-1003 }
  masks: []
`,
  );
});

test('a comment in a place where it cannot stay does not make the text say something else', () => {
  for (const text of [
    'a: # why\n  - 1\nb: [1, # one\n  2]\n',
    'a:\n- 1 # x\n\nb: {c: 1 # one\n }\n',
    'a: |+\n  x\n\n# b\nb: 1\n',
  ]) {
    for (const wanted of [{ a: [1, 2], b: [1] }, { b: { c: 2 } }, { a: 'x', b: [3], c: 'd\n\ne' }, {}])
      assert.deepEqual(value(editYaml(text, 'a.yaml', wanted, code)), wanted);
  }
});

const text = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'yes',
    'null',
    '1',
    '~',
    '- a',
    'a: b',
    '# c',
    "it's",
    '"',
    '|',
    'a\nb',
    ' a\nb\n',
    'a\nb\n\n',
    'a\n---\n...\nb',
    'a\n\n\n',
    '\t',
    '\u0085',
    '{',
    '[x',
    'Björk 14',
    '@a',
    '%a',
    '---',
    'a #b',
    'key:',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;
const object = fc.dictionary(
  text.filter((key) => key !== '__proto__'),
  json,
  { maxKeys: 5, noNullPrototype: true },
);

test('whatever is written is read as it was', () => {
  fc.assert(
    fc.property(object, (wanted) => {
      assert.deepEqual(value(writeYaml(JSON.parse(JSON.stringify(wanted)))), JSON.parse(JSON.stringify(wanted)));
    }),
  );
});

test('whatever is edited into whatever says that afterwards', () => {
  fc.assert(
    fc.property(object, object, (is, shall) => {
      const [from, to] = [JSON.parse(JSON.stringify(is)), JSON.parse(JSON.stringify(shall))];
      assert.deepEqual(value(editYaml(writeYaml(from), 'a.yaml', to, code)), to);
      assert.deepEqual(value(editYaml(writeYaml(from), 'a.yaml', { ...from, ...to }, code)), { ...from, ...to });
    }),
    { numRuns: 300 },
  );
});
