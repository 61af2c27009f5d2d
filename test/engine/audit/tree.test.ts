import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  consistencyProof,
  inclusionProof,
  rangeRoots,
  verifyConsistency,
  verifyInclusion,
} from '../../../engine/audit/proof.ts';
import { TILE_WIDTH, tilePath } from '../../../engine/audit/tiles.ts';
import { leafHash, Tree } from '../../../engine/audit/tree.ts';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();

/** RFC 6962 section 2.1, as it stands there. */
function merkleTreeHash(leaves: readonly Uint8Array[]): Buffer {
  const [first] = leaves;
  if (first === undefined) return sha256();
  if (leaves.length === 1) return Buffer.from(first);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return sha256(Buffer.of(1), merkleTreeHash(leaves.slice(0, k)), merkleTreeHash(leaves.slice(k)));
}

const entryOf = (n: number) => Buffer.from(`entry ${n}`);
const entries = Array.from({ length: 300 }, (_, n) => entryOf(n));
const leaves = entries.map((entry) => sha256(Buffer.of(0), entry));
const roots = Array.from({ length: 301 }, (_, size) => merkleTreeHash(leaves.slice(0, size)));
const rootAt = (size: number) => roots[size] ?? Buffer.alloc(0);
const leafAt = (index: number) => leaves[index] ?? Buffer.alloc(0);
const ranges = rangeRoots(leaves);

test('the root is that of RFC 6962 at every size from 0 to 300', () => {
  const tree = new Tree(() => {});
  assert.deepEqual(tree.root(), rootAt(0));
  for (const [index, entry] of entries.entries()) {
    assert.deepEqual(leafHash(entry), leafAt(index));
    tree.append(entry);
    assert.deepEqual(tree.root(), rootAt(index + 1), `size ${index + 1}`);
  }
});

test('the root is that of RFC 6962 around 65,536 entries, also for a tree restored from its tiles', () => {
  const tiles = new Map<string, Buffer>();
  const tree = new Tree((level, index, hashes) => tiles.set(tilePath(level, index), Buffer.from(hashes)));
  const all: Buffer[] = [];
  for (let n = 0; n < 65_537; n++) {
    tree.append(entryOf(n));
    all.push(sha256(Buffer.of(0), entryOf(n)));
    const size = n + 1;
    if (![65_535, 65_536, 65_537].includes(size)) continue;
    assert.deepEqual(tree.root(), merkleTreeHash(all), `size ${size}`);
    for (const { level, index, width, hashes } of tree.edge())
      tiles.set(tilePath(level, index, width), Buffer.from(hashes));
    const tileOf = (tile: { level: number; index: number; width: number }) => {
      const stored = tiles.get(tilePath(tile.level, tile.index, tile.width));
      assert.ok(stored);
      return stored;
    };
    const restored = Tree.restore(size, tileOf, () => {});
    assert.deepEqual(restored.root(), tree.root());
    restored.append(Buffer.from('next'));
    assert.deepEqual(restored.root(), merkleTreeHash([...all, leafHash(Buffer.from('next'))]));
  }
  assert.equal([...tiles.keys()].filter((path) => path.startsWith('tile/0/') && !path.includes('.p')).length, 256);
  assert.equal(tiles.get('tile/1/000')?.length, TILE_WIDTH * 32);
});

test('every entry of every tree up to 70 entries has an inclusion proof, and it fits no other place', () => {
  for (let size = 1; size <= 70; size++) {
    for (let index = 0; index < size; index++) {
      const proof = inclusionProof(index, size, ranges);
      assert.ok(verifyInclusion(index, size, leafAt(index), proof, rootAt(size)), `${index} of ${size}`);
      assert.ok(!verifyInclusion((index + 1) % size, size, leafAt(index), proof, rootAt(size)) || size === 1);
      assert.ok(!verifyInclusion(index, size, leafAt(index + 1), proof, rootAt(size)));
    }
  }
});

test('every tree up to 70 entries is shown to begin with each smaller one', () => {
  for (let size = 1; size <= 70; size++) {
    for (let old = 0; old <= size; old++) {
      const proof = consistencyProof(old, size, ranges);
      assert.ok(verifyConsistency(old, size, rootAt(old), rootAt(size), proof), `${old} to ${size}`);
      if (old > 0 && old < size) assert.ok(!verifyConsistency(old, size, rootAt(old + 1), rootAt(size), proof));
    }
  }
});

test('no changed proof is accepted, whatever was changed', () => {
  const property = fc.property(fc.nat(299), fc.nat(298), fc.nat(), fc.nat(255), (last, at, where, flip) => {
    const size = last + 1;
    const index = at % size;
    const old = index + 1;
    for (const [proof, verify] of [
      [
        inclusionProof(index, size, ranges),
        (changed: Uint8Array[]) => verifyInclusion(index, size, leafAt(index), changed, rootAt(size)),
      ],
      [
        consistencyProof(old, size, ranges),
        (changed: Uint8Array[]) => verifyConsistency(old, size, rootAt(old), rootAt(size), changed),
      ],
    ] as const) {
      assert.ok(verify(proof));
      assert.ok(!verify([...proof, Buffer.alloc(32)]));
      if (proof.length === 0) continue;
      assert.ok(!verify(proof.slice(1)));
      const victim = where % proof.length;
      const changed = proof.map((hash) => Buffer.from(hash));
      changed[victim]?.writeUInt8((changed[victim]?.readUInt8(where % 32) ?? 0) ^ (flip || 1), where % 32);
      assert.ok(!verify(changed));
      assert.ok(!verify(proof.map((hash, n) => (n === victim ? hash.subarray(1) : hash))));
    }
  });
  fc.assert(property, { seed: 6962, numRuns: 200 });
});

test('numbers that are no sizes are refused instead of looped over', () => {
  for (const wrong of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60]) {
    assert.ok(!verifyInclusion(wrong, 10, leafAt(0), [], rootAt(10)));
    assert.ok(!verifyInclusion(0, wrong, leafAt(0), [], rootAt(10)));
    assert.ok(!verifyConsistency(wrong, 10, rootAt(1), rootAt(10), []));
    assert.ok(!verifyConsistency(1, wrong, rootAt(1), rootAt(10), []));
  }
});
