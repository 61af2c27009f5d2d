import { Buffer } from 'node:buffer';
import { WritError } from '../../engine/errors.ts';
import { type FileLine, readLines } from '../read-lines.ts';
import { largest, type MaskRecord } from './mask-record.ts';

export const forms = ['text', 'json', 'jsonl'] as const;
export type Form = (typeof forms)[number];

export interface ReadOptions {
  /** Undefined to tell by the first line. */
  as: Form | undefined;
  /** A text is one record, and not each of its lines. */
  whole: boolean;
}

/**
 * The records of a file, `-` for standard input, as they are read. Throws WRIT_FILE_UNREADABLE, WRIT_RECORD_INVALID and
 * WRIT_RECORD_TOO_LARGE; nothing that was read is repeated.
 */
export async function* readRecords(path: string, { as, whole }: ReadOptions): AsyncGenerator<MaskRecord> {
  const file = path === '-' ? 'standard input' : path;
  let form = as;
  let gathered: FileLine[] = [];
  let size = 0;
  for await (const line of readLines(path)) {
    form ??= formOf(line.bytes);
    if (form === 'jsonl' || (form === 'text' && !whole)) {
      yield recordOf(line.bytes, form === 'text' ? 'text' : 'json', `Line ${line.number} of ${file}`, line.number);
      continue;
    }
    size += line.bytes.length + 1;
    if (size > largest + 1) throw new WritError('WRIT_RECORD_TOO_LARGE', `The whole of ${file}.`);
    gathered.push(line);
  }
  if (gathered.length === 0) return;
  const bytes = Buffer.concat(gathered.flatMap(({ bytes: line }, index) => (index === 0 ? [line] : [newline, line])));
  gathered = [];
  yield recordOf(bytes, form === 'json' ? 'json' : 'text', `The whole of ${file}`, 1);
}

const newline = Buffer.from('\n');
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function recordOf(bytes: Uint8Array, kind: MaskRecord['kind'], from: string, line: number): MaskRecord {
  if (bytes.length > largest) throw new WritError('WRIT_RECORD_TOO_LARGE', `${from}.`);
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    throw new WritError('WRIT_RECORD_INVALID', `${from} is not UTF-8.`);
  }
  return { kind, text, from, line };
}

/** A first line that is a document is one of many; one that begins a document is of one. */
function formOf(line: Buffer): Form {
  const text = line.toString('utf8').trim();
  if (!/^[{[]/.test(text)) return 'text';
  try {
    JSON.parse(text);
    return 'jsonl';
  } catch {
    return /^[{[]+$/.test(text) || /^[{[].*[,{[:]$/.test(text) ? 'json' : 'text';
  }
}
