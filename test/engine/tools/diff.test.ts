import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { diffTools } from '../../../engine/tools/diff.ts';
import { fingerprint } from '../../../engine/tools/fingerprint.ts';
import { shown, shownJson, unseenIn } from '../../../engine/tools/unseen.ts';

const tool = {
  name: 'lookup',
  description: 'Finds.',
  inputSchema: { type: 'object', properties: { id: { type: 'string' }, 'a/b': { type: 'number' } } },
};

describe('a fingerprint', () => {
  test('is of what a tool promises, in any order', () => {
    const other = Object.fromEntries(Object.entries(tool).toReversed());
    assert.equal(fingerprint(other).fingerprint, fingerprint(tool).fingerprint);
    for (const change of [
      { name: 'x' },
      { title: 'x' },
      { description: '' },
      { inputSchema: {} },
      { outputSchema: {} },
      { annotations: {} },
    ])
      assert.notEqual(fingerprint({ ...tool, ...change }).fingerprint, fingerprint(tool).fingerprint);
  });

  test('is not of what differs between eras and by the day', () => {
    const more = { execution: { taskSupport: 'optional' }, icons: [{ src: 'https://a.example/1' }], _meta: { x: 1 } };
    assert.deepEqual(fingerprint({ ...tool, ...more }), fingerprint(tool));
  });
});

describe('a difference', () => {
  test('is none where fingerprints are equal', () => {
    assert.deepEqual(diffTools(tool, { ...tool, execution: {} }), []);
  });

  test('names its place, with what was and what is', () => {
    const after = {
      ...tool,
      title: 'Look up',
      inputSchema: { type: 'object', properties: { id: { type: 'number' }, bcc: { type: 'string' } } },
    };
    assert.deepEqual(diffTools(tool, after), [
      { part: 'title', pointer: '', before: undefined, after: 'Look up' },
      { part: 'inputSchema', pointer: '/properties/a~1b', before: { type: 'number' }, after: undefined },
      { part: 'inputSchema', pointer: '/properties/bcc', before: undefined, after: { type: 'string' } },
      { part: 'inputSchema', pointer: '/properties/id/type', before: 'string', after: 'number' },
    ]);
  });

  test('has an end', () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`p${index}`, {}]));
    assert.equal(diffTools(tool, { ...tool, inputSchema: many }).length, 200);
  });
});

describe('what nobody sees', () => {
  const cases: [string, string, string][] = [
    ['an escape sequence', 'a\u001b[2Jb', 'escape sequences'],
    ['a C1 escape', 'a\u009b2Jb', 'escape sequences'],
    ['a bell', 'a\u0007b', 'invisible characters'],
    ['a carriage return', 'a\rb', 'invisible characters'],
    ['text turned round', 'a\u202eb\u2066c', 'marks that turn the direction of text'],
    ['a zero-width space', 'a\u200bb', 'zero-width characters'],
    ['a byte order mark', 'a\ufeffb', 'zero-width characters'],
    ['tags of plane 14', 'a\u{e0041}\u{e0042}b', 'tag characters'],
    ['variation selectors', 'a\ufe0f\u{e0101}b', 'variation selectors'],
    ['a Hangul filler', 'a\u3164b', 'invisible characters'],
    ['a no-break space', 'a\u00a0b', 'invisible characters'],
    ['a blank of Braille', 'a\u2800b', 'invisible characters'],
    ['a line separator', 'a\u2028b', 'invisible characters'],
  ];
  for (const [name, text, kind] of cases)
    test(`${name} is written out and named`, () => {
      assert.deepEqual(unseenIn({ deep: [{ [text]: 1 }] }), [kind]);
      for (const safe of [shown(text), shown(text, true), shownJson({ [text]: text })]) assert.match(safe, /^[ -~]+$/);
      assert.deepEqual(JSON.parse(shownJson({ [text]: text })), { [text]: text });
    });

  test('plain text of any script stays', () => {
    const text = 'Zoë, Ωμέγα, 日本語, עברית: 100 € 👍\n\tnext';
    assert.equal(shown(text, true), text);
    assert.deepEqual(unseenIn(text), []);
    assert.equal(shown('a\nb'), 'a\\u{a}b');
  });
});
