import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { canonical } from '../../../engine/json/canonical.ts';
import type { JsonObject } from '../../../engine/json/types.ts';
import { partsRead } from '../../../engine/policy/parts-read.ts';
import { refuses } from './refuses.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const taken = (paths: string[], input: JsonObject) => JSON.parse(partsRead(paths)(input));

describe('the parts of an input that rules read', () => {
  const input = {
    now: 'then',
    call: { tool: 'a', id: 1, arguments: { 'a.b': 1, c: [{ d: 1, e: 2 }] } },
    purpose: null,
  };

  test('are those named, and nothing beside them', () => {
    assert.deepEqual(taken(['input.call.tool', 'input.purpose'], input), { call: { tool: 'a' }, purpose: null });
    assert.deepEqual(taken([], input), {});
  });

  test('are all of what a path names', () => {
    assert.deepEqual(taken(['input.call'], input), { call: input.call });
    assert.deepEqual(taken(['input'], input), input);
  });

  test('are all of it also where another path names a part', () => {
    assert.deepEqual(taken(['input.call', 'input.call.tool'], input), { call: input.call });
    assert.deepEqual(taken(['input.call.tool', 'input.call'], input), { call: input.call });
  });

  test('keep what holds them, so that a part that is absent stays so', () => {
    assert.deepEqual(taken(['input.call.hash', 'input.approval.id'], input), { call: {} });
  });

  test('may have names that are no identifiers', () => {
    assert.deepEqual(taken(['input.call.arguments."a.b"'], input), { call: { arguments: { 'a.b': 1 } } });
    assert.deepEqual(taken(['input."__proto__".x'], plain({})), {});
  });

  test('hold arrays whole, so that elements keep their places', () => {
    assert.deepEqual(taken(['input.call.arguments.c.0.d'], input), { call: { arguments: { c: [{ d: 1, e: 2 }] } } });
  });

  test('are themselves where something else stands in their place', () => {
    for (const value of [null, 1, 'text', true, []])
      assert.deepEqual(taken(['input.a.b'], { a: value, c: 1 }), { a: value });
  });

  test('are written as RFC 8785 has it, whatever order they are named or stand in', () => {
    const values = [
      '',
      'plain',
      'a"b',
      'a\\b',
      'a/b',
      'tab\t',
      '\u007f',
      '\u2028',
      'ü',
      '😀',
      '<&>',
      -0,
      1e21,
      0.1,
      [1, 'ü'],
      {},
    ];
    const names = ['z', 'a', 'a.b', 'é', '😀', '\ufb33', '"', '10', '9'];
    for (const value of [...values, null, true, false, { b: 1, a: [null] }]) {
      const whole: JsonObject = { call: Object.fromEntries(names.map((name) => [name, value])) };
      const paths = names.map((name) => `input.call.${JSON.stringify(name)}`);
      const expected = canonical(whole);
      assert.equal(partsRead(paths)(whole), expected);
      assert.equal(partsRead(paths.toReversed())({ now: 'then', ...whole }), expected);
      assert.equal(partsRead(['input'])(whole), expected);
    }
  });

  test('have a canonical form, or are refused', () => {
    const read = partsRead(['input.a']);
    refuses(() => read({ a: 'half \ud800' }), 'WRIT_JSON_ENCODING');
    refuses(() => read({ a: ['half \ud800'] }), 'WRIT_JSON_ENCODING');
    refuses(() => read({ a: Number.NaN }), 'WRIT_JSON_NUMBER');
    assert.equal(read({ b: 'half \ud800' }), '{}');
  });
});
