import { Buffer } from 'node:buffer';
import { WritError } from '../../engine/errors.ts';
import { plainNumbers } from '../../engine/json/numbers.ts';
import { parse } from '../../engine/json/parse.ts';
import { serialize } from '../../engine/json/serialize.ts';
import type { JsonDocument } from '../../engine/json/types.ts';
import { Masking } from '../../engine/masking/masking.ts';
import type { MaskContext } from '../../engine/masking/types.ts';

/** What is masked as one: a document of JSON, or a text. */
export interface MaskRecord {
  readonly kind: 'text' | 'json';
  readonly text: string;
  /** Where it is from, for messages: `Line 3 of notes.jsonl`. */
  readonly from: string;
  /** Counted from 1. */
  readonly line: number;
}

export interface MaskedRecord {
  readonly text: string;
  readonly isChanged: boolean;
  readonly before: JsonDocument;
  readonly after: JsonDocument;
}

/** Of one record, in octets. */
export const largest = 4_194_304;

/** Masks one record as the gateway masks a message. Throws WRIT_RECORD_TOO_LARGE, WRIT_RECORD_INVALID and WRIT_MASK_FAILED. */
export function maskRecord(record: MaskRecord, context: MaskContext): MaskedRecord {
  const before = documentOf(record);
  const masking = new Masking('result', context);
  const reading = record.kind === 'json' ? masking.document(before) : masking.words(before.value, before.numbers);
  masking.settle();
  const after = { value: masking.show(reading) ?? null, numbers: before.numbers };
  if (record.kind === 'text') {
    const text = typeof after.value === 'string' ? after.value : '';
    return { text, isChanged: text !== record.text, before, after };
  }
  const text = serialize(after);
  if (text === serialize(before)) return { text: record.text, isChanged: false, before, after };
  const indent = /^\s*[{[]\s*\n( +)/.exec(record.text)?.[1]?.length ?? 0;
  const isPlain = indent > 0 && after.numbers === plainNumbers;
  return { text: isPlain ? JSON.stringify(after.value, null, indent) : text, isChanged: true, before, after };
}

/** The error names the place of the record and repeats nothing of it. */
function documentOf({ kind, text, from }: MaskRecord): JsonDocument {
  const bytes = Buffer.from(text);
  if (bytes.length > largest) throw new WritError('WRIT_RECORD_TOO_LARGE', `${from}.`);
  if (kind === 'text') return { value: text, numbers: plainNumbers };
  try {
    return parse(bytes, { direction: 'to-client', maxBytes: largest });
  } catch (cause) {
    if (!(cause instanceof WritError)) throw cause;
    const what = cause.message.replace(/^The body /, '');
    throw new WritError('WRIT_RECORD_INVALID', `${from}${what === cause.message ? ':' : ''} ${what}`);
  }
}
