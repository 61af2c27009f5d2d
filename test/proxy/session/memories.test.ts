import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Memories } from '../../../proxy/session/memories.ts';

test('what calls remember is bounded together, and the oldest is forgotten first', () => {
  const memories = new Memories<string>();
  for (let call = 0; call < 20; call++) memories.keep(`call-${call}`, `memory-${call}`, 8_000_000);
  const kept = Array.from({ length: 20 }, (_, call) => memories.of(`call-${call}`) !== undefined);
  assert.deepEqual(kept, [...Array.from({ length: 12 }, () => false), ...Array.from({ length: 8 }, () => true)]);
  // Another round of the same call is no second one.
  for (let round = 0; round < 20; round++) memories.keep('call-19', 'memory-19', 8_000_000);
  assert.equal(memories.of('call-12'), 'memory-12');
  memories.keep('large', 'memory', 900_000_000);
  assert.equal(memories.of('large'), 'memory');
  assert.equal(memories.of('call-19'), undefined);
  memories.keep('next', 'memory', 1);
  assert.equal(memories.of('large'), undefined);
  memories.keep(undefined, 'memory', 1);
  assert.equal(memories.of(undefined), undefined);
});
