import { createReadStream } from 'node:fs';
import { WritError } from '../engine/errors.ts';
import { whyUnusable } from '../engine/file-errors.ts';

const newline = 10;
/** Of one line, in bytes. */
const longest = 64 * 1024 * 1024;

/** A line of a file, without its end, and which it is, from 1. */
export interface FileLine {
  number: number;
  bytes: Buffer;
}

/**
 * The lines of a file that a person named, as they are read; `-` is standard input. Only a line feed ends one: a string of JSON may hold what else
 * Unicode calls the end of a line. Throws WRIT_FILE_UNREADABLE with the reason of the system, and WRIT_RECORD_INVALID for a
 * line over 64 MiB.
 */
export async function* readLines(path: string): AsyncGenerator<FileLine> {
  let number = 1;
  let parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunksOf(path)) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      parts.push(chunk.subarray(from, end));
      yield { number: number++, bytes: Buffer.concat(parts) };
      parts = [];
      length = 0;
      from = end + 1;
    }
    if (from === chunk.length) continue;
    parts.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > longest)
      throw new WritError('WRIT_RECORD_INVALID', `Line ${number} of ${named(path)} is over 64 MiB.`);
  }
  if (parts.length > 0) yield { number, bytes: Buffer.concat(parts) };
}

/** For messages. */
export function named(path: string): string {
  return path === '-' ? 'standard input' : path;
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: 1 << 16 });
    for await (const chunk of stream) yield chunk;
  } catch (cause) {
    throw new WritError('WRIT_FILE_UNREADABLE', whyUnusable(named(path), cause), { cause });
  }
}
