import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { extendChain } from '../../../engine/audit/chain.ts';
import { commit } from '../../../engine/audit/commitment.ts';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const named = (digest: Buffer) => `sha256:${digest.toString('hex')}`;
const salt = Buffer.alloc(32, 7);

test('a commitment is SHA-256(0x01 || salt || value), for small values and large', () => {
  for (const length of [0, 1, 1_024, 65_536, 65_537, 1_000_000]) {
    const value = Buffer.alloc(length, 0x61);
    assert.equal(commit(salt, value), named(sha256(Buffer.of(1), salt, value)), `${length} bytes`);
  }
});

test('a commitment without a whole salt is never made', () => {
  for (const length of [0, 31, 33]) {
    assert.throws(() => commit(Buffer.alloc(length), Buffer.alloc(1)), { code: 'WRIT_INTERNAL' });
  }
});

test('a chain of frames is SHA-256(0x02 || chain || frame), from 32 zero bytes on', () => {
  const [first, second] = [commit(salt, Buffer.from('1')), commit(salt, Buffer.from('2'))];
  const bytes = (name: string) => Buffer.from(name.slice(7), 'hex');
  const one = sha256(Buffer.of(2), Buffer.alloc(32), bytes(first));
  assert.equal(extendChain(null, first), named(one));
  assert.equal(extendChain(extendChain(null, first), second), named(sha256(Buffer.of(2), one, bytes(second))));
  assert.notEqual(extendChain(extendChain(null, second), first), extendChain(extendChain(null, first), second));
});
