import { Buffer } from 'node:buffer';
import { WritError } from '../errors.ts';
import { isExact, plainNumbers } from './numbers.ts';
import { TextWriter } from './text-writer.ts';
import type { Json, JsonObject, NumberTexts } from './types.ts';

/**
 * RFC 8785 (JSON Canonicalization Scheme) of a value.
 *
 * With `numbers`, the number texts of a parsed document, the form is RFC 8785 of the value after this replacement: a
 * number whose text is not exactly a double becomes the string U+0000 followed by that text, and a string that starts
 * with U+0000 gets another U+0000 in front. So different documents never have one form, and `9007199254740993` is not
 * taken for `9007199254740992`. Commitments to what a server sent use it; what a policy sees is plain RFC 8785.
 *
 * @throws WritError WRIT_JSON_NUMBER for NaN and infinities, WRIT_JSON_ENCODING for lone surrogates, WRIT_JSON_DEPTH
 *   beyond 256 levels (or for a value that contains itself), WRIT_JSON_INVALID for what is not JSON. Members that are
 *   undefined are left out, as JSON.stringify leaves them out.
 */
export function canonical(value: Json, numbers?: NumberTexts): string {
  return canonicalBytes(value, numbers).toString();
}

/** As `canonical`, in UTF-8; lent until the next canonical form is made. */
export function canonicalBytes(value: Json, numbers?: NumberTexts): Buffer {
  out.begin();
  write(value, numbers, 256);
  return out.view();
}

const out = new TextWriter();

function write(value: Json | undefined, numbers: NumberTexts | undefined, depth: number): void {
  switch (typeof value) {
    case 'string':
      out.string(numbers !== undefined && value.charCodeAt(0) === 0 ? `\0${value}` : value);
      break;
    case 'number':
      // RFC 8785, 3.2.2.3: the number form is that of ECMAScript, where -0 is written 0.
      if (!Number.isFinite(value)) throw new WritError('WRIT_JSON_NUMBER');
      out.ascii(`${value}`);
      break;
    case 'boolean':
      out.ascii(value ? 'true' : 'false');
      break;
    case 'object':
      if (value === null) out.ascii('null');
      else if (depth === 0) throw new WritError('WRIT_JSON_DEPTH');
      else if (Array.isArray(value)) writeArray(value, numbers, depth - 1);
      else writeObject(value, numbers, depth - 1);
      break;
    default:
      throw new WritError('WRIT_JSON_INVALID', `A value of type ${typeof value} has no JSON form.`);
  }
}

function writeArray(array: Json[], numbers: NumberTexts | undefined, depth: number): void {
  const texts = inexact(array, numbers);
  const start = out.length;
  if (array.length === 0) out.byte(OPEN_BRACKET);
  for (let index = 0; index < array.length; index++) {
    out.byte(COMMA);
    const text = texts?.get(index);
    if (text === undefined) write(array[index], numbers, depth);
    else out.string(text);
  }
  out.replace(start, OPEN_BRACKET);
  out.byte(CLOSE_BRACKET);
}

function writeObject(object: JsonObject, numbers: NumberTexts | undefined, depth: number): void {
  const texts = inexact(object, numbers);
  const { sorted, heads } = shapeOf(Object.keys(object));
  const start = out.length;
  for (let index = 0; index < sorted.length; index++) {
    const key = sorted[index] as string;
    const item: Json | undefined = object[key];
    if (item === undefined) continue;
    const head = heads?.[index];
    if (head === undefined) writeHead(key);
    else out.bytes(head);
    const text = texts?.get(key);
    if (text === undefined) write(item, numbers, depth);
    else out.string(text);
  }
  // In front of the first member, too, there is a comma.
  if (out.length === start) out.byte(OPEN_BRACE);
  else out.replace(start, OPEN_BRACE);
  out.byte(CLOSE_BRACE);
}

function writeHead(key: string): void {
  out.byte(COMMA);
  out.string(key);
  out.byte(COLON);
}

/** The tagged form of those numbers of a container that are no doubles. */
function inexact(container: object, numbers: NumberTexts | undefined): Map<string | number, string> | undefined {
  if (numbers === undefined || numbers === plainNumbers) return undefined;
  const texts = numbers.get(container);
  if (texts === undefined) return undefined;
  const tagged = new Map<string | number, string>();
  for (const [key, text] of texts) if (!isExact(text)) tagged.set(key, `\0${text}`);
  return tagged;
}

/** Keys of an object in the order of RFC 8785, 3.2.3 (UTF-16 code units), and, once it has come again, each as it stands between values. */
interface Shape {
  keys: string[];
  sorted: string[];
  heads?: Uint8Array[];
}

/**
 * Sorting and quoting keys is most of the work, and messages have few shapes: rows of one table, inputs of one schema.
 * Shapes of keys that look like identifiers are remembered, up to a bound, by first key.
 */
const shapes = new Map<string, Shape[]>();
const mostKeys = 64;
const mostOfOneKey = 8;
const identifier = /^[\w$./-]{1,48}$/;

function shapeOf(keys: string[]): Shape {
  const first = keys[0];
  if (first === undefined || keys.length > mostKeys) return makeShape(keys);
  const known = shapes.get(first);
  for (const shape of known ?? []) {
    if (!sameKeys(shape.keys, keys)) continue;
    shape.heads ??= shape.sorted.map((key) => Uint8Array.from(Buffer.from(`,"${key}":`)));
    return shape;
  }
  const made = makeShape(keys);
  if (keys.every((key) => identifier.test(key))) remember(first, made);
  return made;
}

function remember(first: string, shape: Shape): void {
  const known = shapes.get(first) ?? [];
  if (known.length === 0 && shapes.size >= 256) shapes.clear();
  if (known.length >= mostOfOneKey) known.length = 0;
  known.push(shape);
  shapes.set(first, known);
}

function makeShape(keys: string[]): Shape {
  return { keys, sorted: keys.toSorted() };
}

function sameKeys(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < right.length; index++) if (left[index] !== right[index]) return false;
  return true;
}

const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
