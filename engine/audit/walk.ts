import { asWritError } from '../errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { PayloadPage } from './opening-ledger.ts';
import type { ProblemCode } from './report.ts';
import { parseEntryBundle, TILE_WIDTH, type Tile, tilePath } from './tiles.ts';
import { HASH_BYTES, Tree } from './tree.ts';

/** Where a log lies. Paths are relative to its directory, with slashes. */
export interface LogReader {
  /** Undefined where there is no such file; throws where it cannot be read. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** The payload store in the order of the log, where it and its keys are at hand. */
  payloads?(): AsyncIterable<PayloadPage>;
}

type Complain = (code: ProblemCode, at: string, message: string) => void;
type FullTile = Tile & { hashes: Uint8Array };

/**
 * The entries a checkpoint stands for, a bundle at a time, while every tile and at the end the root is computed from them
 * and compared with what is stored. Ends early, having complained, where a bundle cannot be had.
 */
export async function* walkLog(
  reader: LogReader,
  checkpoint: Checkpoint,
  complain: Complain,
): AsyncGenerator<Uint8Array[]> {
  const full: FullTile[] = [];
  const tree = new Tree((level, index, hashes) => {
    full.push({ level, index, width: TILE_WIDTH, hashes: Uint8Array.from(hashes) });
  });
  while (tree.size < checkpoint.size) {
    const entries = await readEntries(reader, tree.size, checkpoint.size, complain);
    if (entries === undefined) return;
    for (const entry of entries) tree.append(entry);
    for (const tile of full.splice(0)) await compareTile(reader, tile, complain);
    yield entries;
  }
  for (const tile of tree.edge()) await compareTile(reader, tile, complain);
  if (!tree.root().equals(checkpoint.root))
    complain('root-mismatch', 'checkpoint', 'The entries do not give this root.');
}

async function readEntries(reader: LogReader, from: number, size: number, complain: Complain) {
  const width = Math.min(TILE_WIDTH, size - from);
  const file = await readTile(reader, 'entries', from / TILE_WIDTH, width, complain);
  if (file === undefined) return undefined;
  try {
    const entries = parseEntryBundle(file.bytes, file.exact ? undefined : width);
    if (entries.length === width) return entries;
    complain('file-malformed', file.path, 'An entry bundle holds another number of entries than its name says.');
    return undefined;
  } catch (cause) {
    complain('file-malformed', file.path, asWritError(cause, 'WRIT_AUDIT_CORRUPT').message);
    return undefined;
  }
}

async function compareTile(reader: LogReader, tile: FullTile, complain: Complain): Promise<void> {
  const file = await readTile(reader, tile.level, tile.index, tile.width, complain);
  if (file === undefined) return;
  const expected = file.exact ? tile.width : TILE_WIDTH;
  if (file.bytes.length !== expected * HASH_BYTES) {
    complain('file-malformed', file.path, 'A tile has the wrong length.');
  } else if (Buffer.compare(file.bytes.subarray(0, tile.width * HASH_BYTES), tile.hashes) !== 0) {
    complain('tile-mismatch', file.path, 'A tile does not hold the hashes of the entries.');
  }
}

/** Partial forms may go once a tile is full, so a log that grew since the checkpoint may have the full one alone. */
export async function readTile(
  reader: LogReader,
  level: number | 'entries',
  index: number,
  width: number,
  complain: Complain,
): Promise<{ path: string; bytes: Uint8Array; exact: boolean } | undefined> {
  for (const exact of [true, false]) {
    const path = tilePath(level, index, exact ? width : TILE_WIDTH);
    const bytes = await reader.read(path);
    if (bytes !== undefined) return { path, bytes, exact: exact || width === TILE_WIDTH };
  }
  complain('file-missing', tilePath(level, index, width), 'A part of the log is missing.');
  return undefined;
}
