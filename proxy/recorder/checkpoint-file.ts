import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCheckpoint } from '../../engine/audit/checkpoint.ts';
import { isSignedBy, parseNote } from '../../engine/audit/note.ts';
import { type Tile, tilePath } from '../../engine/audit/tiles.ts';
import { Tree } from '../../engine/audit/tree.ts';
import type { VerifierKey } from '../../engine/audit/verifier-key.ts';
import { asWritError, WritError } from '../../engine/errors.ts';
import type { Integrated } from './integrated.ts';

/**
 * Makes sure that going on from `state` cannot contradict the checkpoint that is published: a log must never sign two trees
 * that do not fit each other, also where a backup brought old files back. Throws WRIT_AUDIT_CORRUPT.
 */
export function checkPublished(directory: string, state: Integrated, origin: string, key: VerifierKey): void {
  const path = join(directory, 'checkpoint');
  if (!existsSync(path)) return;
  const note = parseNote(readFileSync(path));
  const published = parseCheckpoint(note.text);
  if (published.origin !== origin) throw corrupt('is of another log');
  if (!isSignedBy(note, key, origin)) throw corrupt('is not signed by the key of this log');
  if (published.size > state.size) throw corrupt('is ahead of the log: integrated.json is old');
  const tree = Tree.restore(
    published.size,
    (tile) => readTile(directory, tile),
    () => {},
  );
  if (!tree.root().equals(published.root)) throw corrupt('does not fit the tiles');
}

/** Partial tiles may be gone where the full one is there. */
function readTile(directory: string, { level, index, width }: Tile): Buffer {
  try {
    const partial = join(directory, tilePath(level, index, width));
    return readFileSync(existsSync(partial) ? partial : join(directory, tilePath(level, index)));
  } catch (cause) {
    throw asWritError(cause, 'WRIT_AUDIT_CORRUPT', `${tilePath(level, index, width)} cannot be read.`);
  }
}

const corrupt = (what: string) => new WritError('WRIT_AUDIT_CORRUPT', `The published checkpoint ${what}.`);
