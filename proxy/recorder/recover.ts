import { closeSync, fsyncSync, ftruncateSync, openSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseEntryBundle } from '../../engine/audit/tiles.ts';
import { WritError } from '../../engine/errors.ts';
import { makeDirectory, syncDirectory } from './durable.ts';
import type { Integrated } from './integrated.ts';
import type { Keys } from './keys.ts';
import { SegmentReader } from './segment-reader.ts';
import { entryTime, followCalls, isKeyEntry, readFrame, SEGMENT_HEADER_BYTES, segmentPath } from './wal-format.ts';

/** What the write-ahead log says of the time after the last checkpoint was prepared. */
export interface Recovered {
  /** Frames that are not integrated yet, and the entries in them. */
  frames: number;
  entries: number;
  /** Calls that have an intent and no outcome. */
  open: string[];
  /** Time of the last entry; empty in a log without one. */
  time: string;
  /** Time of the first entry that is not integrated yet. */
  first: string | undefined;
  /** Entries that bring in a signing key, of those not integrated yet. */
  keys: Uint8Array[];
  /** Number of the segment to write next. */
  next: number;
}

/**
 * Reads what the last process left, cuts off a torn end, and removes segments already integrated. Throws
 * WRIT_AUDIT_CORRUPT where more than the end of the last segment is damaged: that is no crash.
 */
export function recover(directory: string, state: Integrated, keys: Keys): Recovered {
  for (const changed of makeDirectory(join(directory, 'wal'))) syncDirectory(changed);
  const { wal } = state;
  const found = readdirSync(join(directory, 'wal')).map((file) => Number.parseInt(file, 10));
  for (const number of found) if (number < wal.segment) rmSync(segmentPath(directory, number));
  const numbers = found.filter((number) => number >= wal.segment).sort((a, b) => a - b);
  const gap = numbers.some((number, index) => number !== wal.segment + index);
  if (gap || (numbers.length === 0 && wal.offset > SEGMENT_HEADER_BYTES)) throw corrupt('is missing');

  const open = new Set(state.open);
  const recovered: Omit<Recovered, 'open'> = {
    frames: 0,
    entries: 0,
    time: state.time,
    first: undefined,
    keys: [],
    next: wal.segment + numbers.length,
  };
  for (const number of numbers) {
    const segment = new SegmentReader(directory, number, number === wal.segment ? wal.offset : 0, keys);
    for (let frame = segment.next(); frame !== undefined; frame = segment.next()) {
      recovered.frames++;
      const entries = parseEntryBundle(frame.entries);
      recovered.entries += entries.length;
      recovered.first ??= timeOf(entries[0]);
      recovered.time = timeOf(entries.at(-1)) ?? recovered.time;
      recovered.keys.push(...entries.filter(isKeyEntry));
      followCalls(frame.events, open);
    }
    const rest = segment.rest();
    segment.close();
    if (segment.key !== undefined && rest.length === 0) continue;
    if (number !== recovered.next - 1 || hasFrame(rest)) throw corrupt('is damaged before its end');
    if (segment.key !== undefined) cutAt(segmentPath(directory, number), segment.position);
    else {
      // Its header was not durable yet, so no append was ever acknowledged in it.
      rmSync(segmentPath(directory, number));
      recovered.next = number;
    }
  }
  return { ...recovered, open: [...open] };
}

/**
 * Whether a sound frame lies anywhere in bytes that do not begin with one. A frame is only written once the one before it
 * is durable: where one follows damage, that damage came later than the write.
 */
function hasFrame(bytes: Buffer): boolean {
  for (let at = 1; at < bytes.length; at++) if (readFrame(bytes, at) !== undefined) return true;
  return false;
}

const timeOf = (entry: Uint8Array | undefined) => entry && entryTime(entry);

function cutAt(path: string, length: number): void {
  const file = openSync(path, 'r+');
  try {
    ftruncateSync(file, length);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

const corrupt = (what: string) => new WritError('WRIT_AUDIT_CORRUPT', `A write-ahead segment ${what}.`);
