import { WritError } from '../errors.ts';
import { isObject, type Json, type JsonObject } from './types.ts';

/** JSON as it came: bytes of a body, or text of an event. */
export type JsonText = string | Uint8Array;

/**
 * JSON text with one member set, every other byte of it left as it is. `value` is what `text` says, read by the strict
 * parser: it tells where to look, so that what lies behind is not read again. Objects on the way that are not there are made
 * as the first member of the one they belong to; what is there in place of an object is replaced.
 *
 * @param path at least one key, the outermost first
 * @param member the member's value, as JSON text
 */
export function spliceMember(text: JsonText, value: JsonObject, path: readonly string[], member: string): JsonText {
  const source = typeof text === 'string' ? new TextSource(text) : new ByteSource(text);
  let object = value;
  let at = skipSpace(source, 0);
  for (const [depth, key] of path.entries()) {
    const below = path.slice(depth + 1).reduceRight((inner, name) => `{${JSON.stringify(name)}:${inner}}`, member);
    if (!Object.hasOwn(object, key)) {
      const comma = isEmpty(object) ? '' : ',';
      return source.replace(at + 1, at + 1, `${JSON.stringify(key)}:${below}${comma}`);
    }
    at = findValue(source, at, key);
    const child: Json | undefined = object[key];
    if (depth === path.length - 1 || !isObject(child)) return source.replace(at, skipValue(source, at), below);
    object = child;
  }
  return text;
}

interface Source {
  readonly length: number;
  /** Byte or UTF-16 unit; all that has a meaning in JSON is ASCII, and the same in both. */
  code(at: number): number;
  /** Of the next quotation mark; -1 where there is none. */
  quoteFrom(at: number): number;
  slice(from: number, to: number): string;
  replace(from: number, to: number, by: string): JsonText;
}

class TextSource implements Source {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  get length() {
    return this.#text.length;
  }

  code(at: number) {
    return this.#text.charCodeAt(at);
  }

  quoteFrom(at: number) {
    return this.#text.indexOf('"', at);
  }

  slice(from: number, to: number) {
    return this.#text.slice(from, to);
  }

  replace(from: number, to: number, by: string) {
    return this.#text.slice(0, from) + by + this.#text.slice(to);
  }
}

class ByteSource implements Source {
  readonly #bytes: Buffer;

  constructor({ buffer, byteOffset, length }: Uint8Array) {
    this.#bytes = Buffer.from(buffer, byteOffset, length);
  }

  get length() {
    return this.#bytes.length;
  }

  code(at: number) {
    return this.#bytes[at] ?? Number.NaN;
  }

  quoteFrom(at: number) {
    return this.#bytes.indexOf(QUOTE, at);
  }

  slice(from: number, to: number) {
    return this.#bytes.toString('utf8', from, to);
  }

  replace(from: number, to: number, by: string) {
    return Buffer.concat([this.#bytes.subarray(0, from), Buffer.from(by), this.#bytes.subarray(to)]);
  }
}

function isEmpty(object: JsonObject): boolean {
  for (const _ in object) return false;
  return true;
}

/** Where the value of a member of the object at `at` begins. */
function findValue(source: Source, at: number, key: string): number {
  for (let next = at + 1; next < source.length; ) {
    const name = skipSpace(source, next);
    const end = skipString(source, name);
    const value = skipSpace(source, skipSpace(source, end) + 1);
    if (JSON.parse(source.slice(name, end)) === key) return value;
    next = skipSpace(source, skipValue(source, value)) + 1;
  }
  throw new WritError('WRIT_INTERNAL', 'A member is not in the text it was read from.');
}

function skipSpace(source: Source, from: number): number {
  let at = from;
  for (let code = source.code(at); code === 0x20 || (code >= 0x09 && code <= 0x0d); code = source.code(at)) at++;
  return at;
}

/** Past the string that begins at `from`. */
function skipString(source: Source, from: number): number {
  for (let at = source.quoteFrom(from + 1); at >= 0; at = source.quoteFrom(at + 1)) {
    let first = at;
    while (source.code(first - 1) === BACKSLASH) first--;
    // Backslashes pair up from the left; one left over escapes the mark.
    if ((at - first) % 2 === 0) return at + 1;
  }
  return source.length;
}

/** Past the value that begins at `from`. */
function skipValue(source: Source, from: number): number {
  const first = source.code(from);
  if (first === QUOTE) return skipString(source, from);
  if (isOpening(first)) return skipContainer(source, from);
  // Of a number or a word the end is only seen by what comes after it.
  let at = from;
  for (let code = first; code > 0x20 && code !== COMMA && !isClosing(code); code = source.code(at)) at++;
  return at;
}

function skipContainer(source: Source, from: number): number {
  let depth = 0;
  for (let at = from; at < source.length; ) {
    const code = source.code(at);
    if (isOpening(code)) depth++;
    else if (isClosing(code) && --depth === 0) return at + 1;
    at = code === QUOTE ? skipString(source, at) : at + 1;
  }
  return source.length;
}

const isOpening = (code: number) => code === OPEN_BRACE || code === OPEN_BRACKET;
const isClosing = (code: number) => code === CLOSE_BRACE || code === CLOSE_BRACKET;

const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
