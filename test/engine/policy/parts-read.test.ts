import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../../engine/json/types.ts';
import { partsRead } from '../../../engine/policy/parts-read.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const taken = (paths: string[], input: JsonObject) => plain(partsRead(paths)(input));

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
});
