import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Digest } from '../../engine/audit/entry.ts';
import { parseEntry } from '../../engine/audit/parse-entry.ts';
import { parseEntryBundle, TILE_WIDTH, tilePath } from '../../engine/audit/tiles.ts';
import { asWritError } from '../../engine/errors.ts';
import type { Recovered } from './recover.ts';
import { entryTime, isKeyEntry } from './wal-format.ts';

/** Entries that are in the tiles and that no checkpoint covers yet: from `from` up to, not including, `to`. */
function* unpublished(directory: string, from: number, to: number): Generator<Uint8Array> {
  for (let at = from; at < to; ) {
    const index = Math.floor(at / TILE_WIDTH);
    const width = Math.min(TILE_WIDTH, to - index * TILE_WIDTH);
    const partial = join(directory, tilePath('entries', index, width));
    try {
      const bytes = readFileSync(existsSync(partial) ? partial : join(directory, tilePath('entries', index)));
      yield* parseEntryBundle(bytes).slice(at - index * TILE_WIDTH, width);
    } catch (cause) {
      throw asWritError(cause, 'WRIT_AUDIT_CORRUPT', 'A bundle of entries cannot be read.');
    }
    at = (index + 1) * TILE_WIDTH;
  }
}

/** Whether a `key` entry that no checkpoint covers brings this key in. Throws WRIT_AUDIT_CORRUPT. */
export function bringsIn(key: Digest, directory: string, from: number, to: number, recovered: Recovered): boolean {
  const entries = [...unpublished(directory, from, to)].filter(isKeyEntry);
  return [...entries, ...recovered.keys].map(parseEntry).some((entry) => entry.kind === 'key' && entry.key === key);
}

/** For how many milliseconds the oldest entry has waited that no checkpoint covers; 0 where none does. */
export function waiting(directory: string, from: number, to: number, recovered: Recovered): number {
  const [oldest] = from < to ? unpublished(directory, from, to) : [];
  const time = oldest === undefined ? recovered.first : entryTime(oldest);
  return time === undefined ? 0 : Math.max(0, Date.now() - Date.parse(time));
}
