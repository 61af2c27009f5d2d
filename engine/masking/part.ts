import { Buffer } from 'node:buffer';
import { WritError } from '../errors.ts';
import { plainNumbers } from '../json/numbers.ts';
import { parse } from '../json/parse.ts';
import type { Json, JsonDocument, JsonObject, NumberTexts } from '../json/types.ts';

/** A copy of one document within a message, to be masked in place: its value is `root[0]`. */
export interface Part {
  readonly root: [Json];
  readonly numbers: NumberTexts;
}

/**
 * Copies a document, so that what was received stays as it is. Number texts of the copies stand beside those of the
 * originals in the same table: they belong to the container that holds the number.
 */
export function partOf({ value, numbers }: JsonDocument): Part {
  return { root: [copy(value, numbers)], numbers };
}

function copy(value: Json, numbers: NumberTexts): Json {
  if (typeof value !== 'object' || value === null) return value;
  const texts = numbers === plainNumbers ? undefined : numbers.get(value);
  const copied = Array.isArray(value) ? value.slice() : copyMembers(value);
  if (texts !== undefined) numbers.set(copied, new Map(texts));
  if (Array.isArray(copied)) {
    for (let index = 0; index < copied.length; index++) {
      const item = copied[index] as Json;
      if (typeof item === 'object' && item !== null) copied[index] = copy(item, numbers);
    }
  } else {
    for (const key of Object.keys(copied)) {
      const item = copied[key] as Json;
      if (typeof item === 'object' && item !== null) copied[key] = copy(item, numbers);
    }
  }
  return copied;
}

/**
 * Objects as JSON.stringify writes them fastest, which are ordinary ones. Only where a member is named `__proto__` must
 * there be no prototype, for assigning to that name would set it.
 */
function copyMembers(object: JsonObject): JsonObject {
  const copied = { ...object };
  return Object.hasOwn(copied, '__proto__') ? Object.setPrototypeOf(copied, null) : copied;
}

/** The document that a text is, if every careful reader would read the same; undefined for all other texts. */
export function strictJson(text: string): JsonDocument | undefined {
  const bytes = Buffer.from(text);
  try {
    return parse(bytes, { direction: 'to-client', maxBytes: bytes.length });
  } catch (error) {
    if (error instanceof WritError) return undefined;
    throw error;
  }
}
