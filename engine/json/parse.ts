import { Buffer, isAscii, isUtf8 } from 'node:buffer';
import { WritError } from '../errors.ts';
import type { Direction } from '../policy/types.ts';
import { foldKey } from './fold-key.ts';
import { isExact, plainNumbers } from './numbers.ts';
import { scan } from './scan.ts';
import type { Json, JsonDocument, NumberTexts } from './types.ts';

export interface ParseOptions {
  /** Towards a server what another reader could read otherwise is refused; towards a client it is kept as it came. */
  direction: Direction;
  /** Default 4 MiB. */
  maxBytes?: number;
  /** Containers inside one another, the outermost counted. Default 64. */
  maxDepth?: number;
}

/**
 * Reads one JSON value such that every careful reader would read the same. Refuses what RFC 8259 does, and: bytes that
 * are not UTF-8, a byte order mark, lone surrogates, repeated keys, nesting or size over the limits; towards a server
 * also keys of one object that differ in case alone, and numbers whose decimal value no double shows.
 *
 * The value is JSON.parse's, the fastest parser there is here; `scan` sees what JSON.parse hides, and both must agree.
 *
 * @throws WritError with a WRIT_JSON_* code. No detail repeats what was sent.
 */
export function parse(bytes: Uint8Array, options: ParseOptions): JsonDocument {
  if (bytes.length > (options.maxBytes ?? 4_194_304)) throw new WritError('WRIT_JSON_TOO_LARGE');
  const text = decode(bytes);
  const seen = scan(bytes, options.maxDepth ?? 64);
  const kept = seen.numbers.length > 0;
  const numbers: NumberTexts = kept ? new WeakMap() : plainNumbers;
  const value = kept ? readKeepingNumbers(text, numbers) : read(text);

  const toServer = options.direction === 'to-server';
  // A number that is the whole document has no holder to keep its text by, and no message is one.
  if (kept && (toServer || typeof value === 'number') && !seen.numbers.every(isExact)) {
    throw new WritError('WRIT_JSON_NUMBER');
  }
  const members = settle(value, { foldedKeys: toServer, surrogates: seen.surrogates });
  if (members !== seen.members) throw new WritError('WRIT_JSON_DUPLICATE_KEY');
  return { value, numbers };
}

function decode(bytes: Uint8Array): string {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (isAscii(bytes)) return buffer.toString('latin1');
  if (!isUtf8(bytes)) throw new WritError('WRIT_JSON_ENCODING');
  // RFC 8259, 8.1: no byte order mark is added, and one that is there may be refused.
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) throw new WritError('WRIT_JSON_ENCODING');
  return buffer.toString('utf8');
}

function read(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw invalid(error);
  }
}

type Reviver = (this: object, key: string, value: Json, context: { source?: string }) => Json;
// ECMA-262 has given revivers the source text of primitives since 2025; the library's types do not have it yet.
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => Json;

function readKeepingNumbers(text: string, numbers: NumberTexts): Json {
  try {
    return parseWithSource(text, function (key, value, { source }) {
      if (typeof value === 'number' && source !== undefined && source !== String(value)) {
        const texts = numbers.get(this) ?? new Map<string | number, string>();
        numbers.set(this, texts.set(Array.isArray(this) ? Number(key) : key, source));
      }
      return value;
    });
  } catch (error) {
    throw invalid(error);
  }
}

/** JSON.parse quotes the text in its message, so neither message nor cause is passed on; only the place is. */
function invalid(error: unknown): WritError {
  const place = error instanceof SyntaxError ? / at position (\d+)/.exec(error.message)?.[1] : undefined;
  return new WritError('WRIT_JSON_INVALID', place && `At character ${place}.`);
}

/** Takes the prototype from every object below and counts their members; fewer than were written means a repeated key. */
function settle(value: Json, checks: Checks): number {
  if (typeof value !== 'object' || value === null) {
    if (checks.surrogates && typeof value === 'string') refuseIllFormed(value);
    return 0;
  }
  let children: Json[];
  let members = 0;
  if (Array.isArray(value)) {
    children = value;
  } else {
    children = Object.values(value);
    members = children.length;
    if (checks.foldedKeys && members > 1) refuseFoldedTwins(Object.keys(value));
    if (checks.surrogates) Object.keys(value).forEach(refuseIllFormed);
  }
  for (let index = 0; index < children.length; index++) {
    const child = children[index] as Json;
    if (checks.surrogates || (typeof child === 'object' && child !== null)) members += settle(child, checks);
  }
  if (children !== value) Object.setPrototypeOf(value, null);
  return members;
}

interface Checks {
  foldedKeys: boolean;
  surrogates: boolean;
}

function refuseIllFormed(text: string): void {
  if (!text.isWellFormed()) throw new WritError('WRIT_JSON_ENCODING');
}

function refuseFoldedTwins(keys: readonly string[]): void {
  // Two different keys fold alike only if one of them is not its own fold.
  for (const key of keys) {
    if (ownFold.test(key)) continue;
    if (new Set(keys.map(foldKey)).size !== keys.length) throw new WritError('WRIT_JSON_DUPLICATE_KEY');
    return;
  }
}

/** Printable ASCII without capital letters. */
const ownFold = /^[ -@[-~]*$/;
