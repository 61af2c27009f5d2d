import type { Readable } from 'node:stream';
import { IdScan } from './id-scan.ts';

/** One line of input: its bytes, or what could be learnt of one beyond the limit. */
export type Line =
  | { kind: 'line'; bytes: Buffer }
  | {
      kind: 'too-large';
      /** Ids of the requests in it, as JSON text; none where it is no request. */
      id: string | undefined;
    };

/**
 * Cuts a stream into lines, which is how stdio carries messages; empty ones are passed over. No more than one line up to
 * `limit` bytes is held, and the stream waits while nobody takes the next. A last line without a newline counts.
 */
export async function* linesOf(input: Readable, limit: number): AsyncGenerator<Line> {
  let held: Buffer[] = [];
  let size = 0;
  let scan: IdScan | undefined;
  const hold = (piece: Buffer): void => {
    size += piece.length;
    if (scan === undefined && size > limit) {
      scan = new IdScan();
      for (const each of held) scan.feed(each);
      held = [];
    }
    if (scan === undefined) held.push(piece);
    else scan.feed(piece);
  };
  const finish = (): Line | undefined => {
    const line: Line =
      scan === undefined ? { kind: 'line', bytes: trimmed(Buffer.concat(held)) } : { kind: 'too-large', id: scan.id };
    held = [];
    size = 0;
    scan = undefined;
    return line.kind === 'line' && line.bytes.length === 0 ? undefined : line;
  };
  for await (const chunk of input as AsyncIterable<Buffer>) {
    let from = 0;
    for (let at = chunk.indexOf(newline); at >= 0; at = chunk.indexOf(newline, from)) {
      hold(chunk.subarray(from, at));
      from = at + 1;
      const line = finish();
      if (line !== undefined) yield line;
    }
    if (from < chunk.length) hold(chunk.subarray(from));
  }
  const last = finish();
  if (last !== undefined) yield last;
}

function trimmed(line: Buffer): Buffer {
  let end = line.length;
  while (end > 0 && isSpace(line[end - 1])) end--;
  let from = 0;
  while (from < end && isSpace(line[from])) from++;
  return line.subarray(from, end);
}

const newline = 10;
const isSpace = (byte: number | undefined) => byte === 32 || byte === 9 || byte === 13;
