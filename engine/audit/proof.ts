import { foldHashes, HASH_BYTES, nodeHash } from './tree.ts';

/** Entries from `from` up to, not including, `to`. */
export type Range = readonly [from: number, to: number];

/** Merkle tree hash of a range of entries. */
export type RangeRoot = (...range: Range) => Uint8Array;

/** Range roots over leaf hashes in memory. */
export function rangeRoots(leaves: readonly Uint8Array[]): RangeRoot {
  return (from, to) => foldHashes(Buffer.concat(leaves.slice(from, to), (to - from) * HASH_BYTES), to - from);
}

/** RFC 6962 section 2.1.1: what shows that entry `index` is in the tree of `size` entries. */
export function inclusionProof(index: number, size: number, root: RangeRoot): Uint8Array[] {
  return inclusionRanges(index, size).map((range) => root(...range));
}

/** The ranges whose roots are an inclusion proof, in its order. */
export function inclusionRanges(index: number, size: number): Range[] {
  const ranges: Range[] = [];
  let [from, to] = [0, size];
  while (to - from > 1) {
    const middle = from + split(to - from);
    if (index < middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
    }
  }
  return ranges.reverse();
}

/** RFC 6962 section 2.1.2: what shows that the tree of `size` entries begins with the tree of `old` entries. */
export function consistencyProof(old: number, size: number, root: RangeRoot): Uint8Array[] {
  return consistencyRanges(old, size).map((range) => root(...range));
}

/** The ranges whose roots are a consistency proof, in its order. */
export function consistencyRanges(old: number, size: number): Range[] {
  if (old === 0 || old === size) return [];
  const ranges: Range[] = [];
  let [from, to, known] = [0, size, true];
  while (to !== old) {
    const middle = from + split(to - from);
    if (old <= middle) {
      ranges.push([middle, to]);
      to = middle;
    } else {
      ranges.push([from, middle]);
      from = middle;
      known = false;
    }
  }
  if (!known) ranges.push([from, to]);
  return ranges.reverse();
}

/** RFC 9162 section 2.1.3.2. False for anything but a proof of exactly this; never throws. */
export function verifyInclusion(
  index: number,
  size: number,
  leaf: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isSize(index) || !isSize(size) || index >= size || !areHashes([leaf, root, ...proof])) return false;
  let [position, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      hash = nodeHash(sibling, hash);
      while (position % 2 === 0 && position !== 0) [position, last] = [position / 2, half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && same(hash, root);
}

/** RFC 9162 section 2.1.4.2. False for anything but a proof of exactly this; never throws. */
export function verifyConsistency(
  old: number,
  size: number,
  oldRoot: Uint8Array,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isSize(old) || !isSize(size) || old > size || !areHashes([oldRoot, root, ...proof])) return false;
  if (old === size) return proof.length === 0 && same(oldRoot, root);
  if (old === 0) return proof.length === 0;
  const path = isPowerOfTwo(old) ? [oldRoot, ...proof] : [...proof];
  const start = path.shift();
  if (start === undefined) return false;
  let [position, last] = [old - 1, size - 1];
  while (position % 2 === 1) [position, last] = [half(position), half(last)];
  let [before, after] = [start, start];
  for (const sibling of path) {
    if (last === 0) return false;
    if (position % 2 === 1 || position === last) {
      before = nodeHash(sibling, before);
      after = nodeHash(sibling, after);
      while (position % 2 === 0 && position !== 0) [position, last] = [position / 2, half(last)];
    } else {
      after = nodeHash(after, sibling);
    }
    [position, last] = [half(position), half(last)];
  }
  return last === 0 && same(before, oldRoot) && same(after, root);
}

/** The largest power of two smaller than `n`; sizes pass 2^32, so no bit operators. */
function split(n: number): number {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
}

const half = (n: number) => Math.floor(n / 2);
const isSize = (n: number) => Number.isSafeInteger(n) && n >= 0;
const isPowerOfTwo = (n: number) => split(n + 1) === n;
const areHashes = (hashes: readonly Uint8Array[]) => hashes.every((hash) => hash.length === HASH_BYTES);
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
