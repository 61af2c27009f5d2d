import { hash } from 'node:crypto';
import { WritError } from '../errors.ts';
import { sha256, sha256Into } from './sha256.ts';
import { edgeTiles, TILE_WIDTH, type Tile } from './tiles.ts';

export const HASH_BYTES = 32;
const LARGEST_ENTRY = 65_535;

const leaf = Buffer.alloc(1 + LARGEST_ENTRY);
const node = Buffer.alloc(1 + 2 * HASH_BYTES);
leaf[0] = 0x00;
node[0] = 0x01;

/** RFC 6962 section 2.1: SHA-256(0x00 || entry). */
export function leafHash(entry: Uint8Array): Buffer {
  const digest = Buffer.allocUnsafe(HASH_BYTES);
  leafHashInto(digest, 0, entry);
  return digest;
}

function leafHashInto(target: Buffer, offset: number, entry: Uint8Array): void {
  if (entry.length > LARGEST_ENTRY) throw new WritError('WRIT_INTERNAL', 'An entry is larger than 65,535 bytes.');
  leaf.set(entry, 1);
  sha256Into(target, offset, leaf.subarray(0, 1 + entry.length));
}

/** RFC 6962 section 2.1: SHA-256(0x01 || left || right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer {
  node.set(left, 1);
  node.set(right, 1 + HASH_BYTES);
  return sha256(node);
}

/** Root over `count` subtrees laid side by side in `hashes`, of which only the last may be smaller than the others. */
export function foldHashes(hashes: Uint8Array, count: number): Buffer {
  const level = Buffer.from(hashes.subarray(0, count * HASH_BYTES));
  for (let width = count; width > 1; width = Math.ceil(width / 2)) {
    for (let pair = 0; 2 * pair + 1 < width; pair++) {
      level.copy(node, 1, 2 * pair * HASH_BYTES, 2 * (pair + 1) * HASH_BYTES);
      level.write(hash('sha256', node, 'latin1'), pair * HASH_BYTES, HASH_BYTES, 'latin1');
    }
    // An odd one out is promoted as it is, which gives RFC 6962's split at the largest power of two.
    if (width % 2 === 1) level.copyWithin((width >> 1) * HASH_BYTES, (width - 1) * HASH_BYTES, width * HASH_BYTES);
  }
  return level.subarray(0, HASH_BYTES);
}

interface Level {
  /** Tiles of this level that are full and gone. */
  full: number;
  width: number;
  readonly hashes: Buffer;
}

/** Takes a full tile; `hashes` is only lent and changes after the call. */
type TileSink = (level: number, index: number, hashes: Uint8Array) => void;

/**
 * An RFC 6962 tree that grows by appending and remembers its right edge only: for each level the tile that is not yet
 * full, at most 8 KiB. Full tiles go to the sink as they fill.
 */
export class Tree {
  readonly #levels: Level[] = [];
  readonly #sink: TileSink;
  #size = 0;

  constructor(sink: TileSink) {
    this.#sink = sink;
  }

  /** The tree of `size` entries, from the tiles at its right edge. Other tiles are not read. */
  static restore(size: number, tileOf: (tile: Tile) => Uint8Array, sink: TileSink): Tree {
    const tree = new Tree(sink);
    tree.#size = size;
    for (const tile of edgeTiles(size)) {
      const level = tree.#level(tile.level);
      level.full = tile.index;
      level.width = tile.width;
      if (tile.width > 0) level.hashes.set(tileOf(tile).subarray(0, tile.width * HASH_BYTES));
    }
    return tree;
  }

  get size(): number {
    return this.#size;
  }

  append(entry: Uint8Array): void {
    const bottom = this.#level(0);
    leafHashInto(bottom.hashes, bottom.width * HASH_BYTES, entry);
    this.#size++;
    this.#grown(0, bottom);
  }

  /** RFC 6962 Merkle tree hash of all entries so far. */
  root(): Buffer {
    let carry: Buffer | undefined;
    for (const level of this.#levels) {
      if (level.width === 0) continue;
      if (carry === undefined) carry = foldHashes(level.hashes, level.width);
      else
        carry = foldHashes(Buffer.concat([level.hashes.subarray(0, level.width * HASH_BYTES), carry]), level.width + 1);
    }
    return carry ?? sha256(Buffer.alloc(0));
  }

  /** The tiles at the right edge that are not full. `hashes` is only lent. */
  *edge(): Generator<Tile & { hashes: Uint8Array }> {
    for (const [level, { full, width, hashes }] of this.#levels.entries()) {
      if (width > 0) yield { level, index: full, width, hashes: hashes.subarray(0, width * HASH_BYTES) };
    }
  }

  #level(number: number): Level {
    for (let next = this.#levels.length; next <= number; next++) {
      this.#levels.push({ full: 0, width: 0, hashes: Buffer.alloc(TILE_WIDTH * HASH_BYTES) });
    }
    const level = this.#levels[number];
    if (level === undefined) throw new WritError('WRIT_INTERNAL', 'A tree has no such level.');
    return level;
  }

  #grown(number: number, level: Level): void {
    level.width++;
    if (level.width < TILE_WIDTH) return;
    this.#sink(number, level.full, level.hashes);
    level.full++;
    level.width = 0;
    const above = this.#level(number + 1);
    above.hashes.set(foldHashes(level.hashes, TILE_WIDTH), above.width * HASH_BYTES);
    this.#grown(number + 1, above);
  }
}
