import { WritError } from '../errors.ts';
import type { Range } from './proof.ts';
import { TILE_WIDTH } from './tiles.ts';
import { foldHashes, HASH_BYTES, nodeHash } from './tree.ts';
import { type LogReader, readTile } from './walk.ts';

/**
 * Merkle tree hash of a range of entries, of the kind that proofs are made of, from the tiles of a log of `size` entries.
 * Reads a tile for each level; throws WRIT_AUDIT_CORRUPT where one is not there.
 */
export async function rangeRoot(reader: LogReader, size: number, [from, to]: Range): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let at = from; at < to; ) {
    const part = await subtree(reader, size, at, to - at);
    parts.push(part.root);
    at += part.width;
  }
  // The parts shrink to the right, as RFC 6962 splits: the last two go together first.
  return parts.reduceRight((right, left) => nodeHash(left, right));
}

/** The largest full subtree that begins at `at` and spans at most `most` entries. */
async function subtree(reader: LogReader, size: number, at: number, most: number) {
  // Of the tile at `level`, each hash stands for `span` entries.
  let [level, span] = [0, 1];
  while (span * TILE_WIDTH <= most && at % (span * TILE_WIDTH) === 0) [level, span] = [level + 1, span * TILE_WIDTH];
  let count = 1;
  while (span * count * 2 <= most && at % (span * count * 2) === 0) count *= 2;
  const first = at / span;
  const index = Math.floor(first / TILE_WIDTH);
  const width = Math.min(TILE_WIDTH, Math.floor(size / span) - index * TILE_WIDTH);
  const file = await readTile(reader, level, index, width, refuse);
  const hashes = file?.bytes.subarray((first % TILE_WIDTH) * HASH_BYTES, ((first % TILE_WIDTH) + count) * HASH_BYTES);
  if (hashes?.length !== count * HASH_BYTES) throw new WritError('WRIT_AUDIT_CORRUPT', 'A tile is cut short.');
  return { root: foldHashes(hashes, count), width: span * count };
}

function refuse(_code: string, at: string, message: string): never {
  throw new WritError('WRIT_AUDIT_CORRUPT', `${message} (${at})`);
}
