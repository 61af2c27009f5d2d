import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseCheckpoint } from '../../engine/audit/checkpoint.ts';
import { isSignedBy, type Note, parseNote } from '../../engine/audit/note.ts';
import { type Tile, tilePath } from '../../engine/audit/tiles.ts';
import { Tree } from '../../engine/audit/tree.ts';
import { keysAt, type TrustedKey } from '../../engine/audit/trust.ts';
import { asWritError, WritError } from '../../engine/errors.ts';
import type { Integrated } from './integrated.ts';
import type { Rotation } from './trust-file.ts';

/** The checkpoint that readers of a log have. */
export interface Published {
  readonly text: string;
  readonly size: number;
  /** Whether it is the first by a key that was to follow the last one of trust.json. */
  readonly byNext: boolean;
}

/**
 * Makes sure that going on from `state` cannot contradict the checkpoint that is published: a log must never sign two trees
 * that do not fit each other, also where a backup brought old files back. Undefined where nothing is published. Throws
 * WRIT_AUDIT_CORRUPT.
 */
export function checkPublished(
  directory: string,
  state: Integrated,
  origin: string,
  trust: readonly TrustedKey[],
  rotation: Rotation | undefined,
): Published | undefined {
  const path = join(directory, 'checkpoint');
  if (!existsSync(path)) return undefined;
  const note = parseNote(readFileSync(path));
  const published = parseCheckpoint(note.text);
  if (published.origin !== origin) throw corrupt('is of another log');
  const byNext = rotation !== undefined && isFirstBy(rotation, note, trust, origin);
  const keys = keysAt(trust, published.size).map((key) => isSignedBy(note, key, origin));
  if (!byNext && (keys.length === 0 || keys.includes(false))) throw corrupt('is not signed by the key of this log');
  if (published.size > state.size) throw corrupt('is ahead of the log: integrated.json is old');
  const tree = Tree.restore(
    published.size,
    (tile) => readTile(directory, tile),
    () => {},
  );
  if (!tree.root().equals(published.root)) throw corrupt('does not fit the tiles');
  return { text: note.text, size: published.size, byNext };
}

function isFirstBy({ key, endorsed }: Rotation, note: Note, trust: readonly TrustedKey[], origin: string): boolean {
  const last = trust.at(-1)?.key;
  const endorsedToo = !endorsed || (last !== undefined && isSignedBy(note, last, origin));
  return endorsedToo && isSignedBy(note, key, origin);
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
