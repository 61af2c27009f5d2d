import { Buffer } from 'node:buffer';
import { WritError } from '../../engine/errors.ts';
import { type FileLine, named, readLines } from '../read-lines.ts';
import { largest, type MaskRecord } from './mask-record.ts';

export const forms = ['text', 'json', 'jsonl'] as const;
export type Form = (typeof forms)[number];

export interface ReadOptions {
  /** Undefined to tell by the first line. */
  as: Form | undefined;
  /** A text is one record, and not each of its lines; undefined for one whose name says that it is a table. */
  whole: boolean | undefined;
}

/**
 * The records of a file, `-` for standard input, as they are read. Throws WRIT_FILE_UNREADABLE, WRIT_RECORD_INVALID and
 * WRIT_RECORD_TOO_LARGE; nothing that was read is repeated.
 */
export async function* readRecords(
  path: string,
  { as, whole = /\.(?:csv|tsv|md)$/i.test(path) }: ReadOptions,
): AsyncGenerator<MaskRecord> {
  const file = named(path);
  let kind: MaskRecord['kind'] = 'text';
  let gathered: Uint8Array[] = [];
  let size = 0;
  for await (const { number, bytes, form } of toldLines(path, as)) {
    kind = form === 'text' ? 'text' : 'json';
    if (form === 'jsonl' || (form === 'text' && !whole)) {
      yield recordOf(bytes, kind, `Line ${number} of ${file}`, number);
      continue;
    }
    size += bytes.length + 1;
    if (size > largest + 1) throw new WritError('WRIT_RECORD_TOO_LARGE', `The whole of ${file}.`);
    if (gathered.length > 0) gathered.push(newline);
    gathered.push(bytes);
  }
  if (gathered.length === 0) return;
  const bytes = Buffer.concat(gathered);
  gathered = [];
  yield recordOf(bytes, kind, `The whole of ${file}`, 1);
}

/** The lines of a file, and what it is. Blank lines before all others tell nothing, and wait for one that does. */
async function* toldLines(path: string, as: Form | undefined): AsyncGenerator<FileLine & { form: Form }> {
  let form = as;
  const blank: FileLine[] = [];
  for await (const line of readLines(path)) {
    const unmarked = line.number === 1 ? withoutMark(line.bytes) : line.bytes;
    if (form === undefined && blank.length < mostBlank && /^\s*$/.test(unmarked.toString('latin1'))) {
      blank.push(line);
      continue;
    }
    form ??= formOf(unmarked, path);
    for (const each of blank.splice(0)) yield { ...each, form };
    yield { number: line.number, bytes: form === 'text' ? line.bytes : unmarked, form };
  }
  for (const each of blank) yield { ...each, form: 'text' };
}

/** Enough for any file that a person wrote; they are held. */
const mostBlank = 1_000;

/** Without the byte order mark that some programs put before JSON. */
function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
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

/**
 * A first line that is a document is one of many; one that begins a document is of one. Where it is neither, a name that says
 * JSON is believed: a broken file is refused rather than read as text, where no name of a field is known.
 */
function formOf(line: Buffer, path: string): Form {
  const text = line.toString('utf8').trim();
  const name = /\.(jsonl|ndjson|json)$/i.exec(path)?.[1]?.toLowerCase();
  const byName = name === undefined ? 'text' : name === 'json' ? 'json' : 'jsonl';
  if (!/^[{[]/.test(text)) return byName;
  try {
    JSON.parse(text);
    return 'jsonl';
  } catch {
    return /^[{[]+$/.test(text) || /^[{[].*[,{[:]$/.test(text) ? 'json' : byName;
  }
}
