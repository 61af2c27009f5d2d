import { WritError } from '../errors.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import type { Entry } from './entry.ts';
import { parseNote } from './note.ts';
import { parseEntry } from './parse-entry.ts';
import { parseEntryBundle, TILE_WIDTH } from './tiles.ts';
import { type LogReader, readTile } from './walk.ts';

/** An entry and its place in the log, read without a look at tree or signature: to be shown, not to be trusted. */
export interface IndexedEntry {
  index: number;
  entry: Entry;
}

/** With its bytes as they are in the log, RFC 8785. */
export interface RawEntry extends IndexedEntry {
  bytes: Uint8Array;
}

/** The checkpoint of a log and its note verbatim. Throws WRIT_AUDIT_CORRUPT where there is none that parses. */
export async function readCheckpoint(reader: LogReader): Promise<Checkpoint & { note: Uint8Array }> {
  const note = await reader.read('checkpoint');
  if (note === undefined) throw new WritError('WRIT_AUDIT_CORRUPT', 'There is no checkpoint.');
  return { ...parseCheckpoint(parseNote(note).text), note };
}

/** The entries from index `from` up to, not including, `to` of a log of `size` entries, a bundle in memory at a time. */
export async function* readEntries(
  reader: LogReader,
  size: number,
  from = 0,
  to = size,
): AsyncGenerator<RawEntry, void, void> {
  for (let bundle = Math.floor(from / TILE_WIDTH); bundle * TILE_WIDTH < to; bundle++) {
    const first = bundle * TILE_WIDTH;
    const all = await readBundle(reader, size, bundle);
    for (let index = Math.max(from, first); index < Math.min(to, first + all.length); index++) {
      yield indexed(index, all[index - first]);
    }
  }
}

/** One entry. Throws WRIT_AUDIT_NO_ENTRY where the log is not that long. */
export async function readEntry(reader: LogReader, size: number, index: number): Promise<RawEntry> {
  if (index >= size) throw new WritError('WRIT_AUDIT_NO_ENTRY', `Its checkpoint covers ${size} entries.`);
  const bundle = await readBundle(reader, size, Math.floor(index / TILE_WIDTH));
  return indexed(index, bundle[index % TILE_WIDTH]);
}

/**
 * The entries of a call in the order of the log. Looks from the end back to the decision, which is the first of them, so
 * that a late call is found at once. Throws WRIT_AUDIT_NO_ENTRY where there is no decision of this call.
 */
export async function readCall(reader: LogReader, size: number, call: string): Promise<RawEntry[]> {
  const found: RawEntry[] = [];
  const name = `"call":${JSON.stringify(call)}`;
  for (let bundle = Math.ceil(size / TILE_WIDTH) - 1; bundle >= 0; bundle--) {
    const all = await readBundle(reader, size, bundle);
    for (let at = all.length - 1; at >= 0; at--) {
      if (!Buffer.from(all[at] ?? []).includes(name)) continue;
      const one = indexed(bundle * TILE_WIDTH + at, all[at]);
      if (!('call' in one.entry) || one.entry.call !== call) continue;
      found.unshift(one);
      if (one.entry.kind === 'decision') return found;
    }
  }
  throw new WritError('WRIT_AUDIT_NO_ENTRY', `Its checkpoint covers ${size} entries, none of which decides this call.`);
}

async function readBundle(reader: LogReader, size: number, bundle: number): Promise<Uint8Array[]> {
  const width = Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH);
  const file = await readTile(reader, 'entries', bundle, width, (_code, at, message) => {
    throw new WritError('WRIT_AUDIT_CORRUPT', `${message} (${at})`);
  });
  // A full bundle may have taken the place of a partial one since the checkpoint was read.
  return parseEntryBundle(file?.bytes ?? Buffer.alloc(0), width);
}

function indexed(index: number, bytes: Uint8Array | undefined): RawEntry {
  if (bytes === undefined) throw new WritError('WRIT_AUDIT_CORRUPT', `Entry ${index} is missing.`);
  return { index, bytes, entry: parseEntry(bytes) };
}
