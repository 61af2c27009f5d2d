import { WritError } from '../errors.ts';
import { isExact, plainNumbers } from './numbers.ts';
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
  return write(value, numbers, 256);
}

function write(value: Json | undefined, numbers: NumberTexts | undefined, depth: number): string {
  switch (typeof value) {
    case 'string':
      return numbers !== undefined && value.charCodeAt(0) === 0 ? quote(`\0${value}`) : quote(value);
    case 'number':
      // RFC 8785, 3.2.2.3: the number form is that of ECMAScript, where -0 is written 0.
      if (!Number.isFinite(value)) throw new WritError('WRIT_JSON_NUMBER');
      return `${value}`;
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (depth === 0) throw new WritError('WRIT_JSON_DEPTH');
      return Array.isArray(value) ? writeArray(value, numbers, depth - 1) : writeObject(value, numbers, depth - 1);
    default:
      throw new WritError('WRIT_JSON_INVALID', `A value of type ${typeof value} has no JSON form.`);
  }
}

function writeArray(array: Json[], numbers: NumberTexts | undefined, depth: number): string {
  const texts = inexact(array, numbers);
  let text = '[';
  for (let index = 0; index < array.length; index++) {
    if (index > 0) text += ',';
    text += texts?.get(index) ?? write(array[index], numbers, depth);
  }
  return `${text}]`;
}

function writeObject(object: JsonObject, numbers: NumberTexts | undefined, depth: number): string {
  const texts = inexact(object, numbers);
  const { sorted, heads } = shapeOf(Object.keys(object));
  let text = '';
  for (let index = 0; index < sorted.length; index++) {
    const key = sorted[index] as string;
    const item: Json | undefined = object[key];
    if (item === undefined) continue;
    text += (text === '' ? '{' : ',') + heads[index] + (texts?.get(key) ?? write(item, numbers, depth));
  }
  return text === '' ? '{}' : `${text}}`;
}

/** The tagged form of those numbers of a container that are no doubles. */
function inexact(container: object, numbers: NumberTexts | undefined): Map<string | number, string> | undefined {
  if (numbers === undefined || numbers === plainNumbers) return undefined;
  const texts = numbers.get(container);
  if (texts === undefined) return undefined;
  const tagged = new Map<string | number, string>();
  for (const [key, text] of texts) if (!isExact(text)) tagged.set(key, quote(`\0${text}`));
  return tagged;
}

/** Anything but characters that a JSON string holds as they are; surrogates are looked at more closely. */
const special = /[^ !#-[\]-\ud7ff\ue000-\uffff]/;

function quote(text: string): string {
  if (!special.test(text)) return `"${text}"`;
  // RFC 8785, 3.2.2.2: a lone surrogate is an error. Otherwise JSON.stringify escapes exactly as the scheme says.
  if (!text.isWellFormed()) throw new WritError('WRIT_JSON_ENCODING');
  return JSON.stringify(text);
}

/** Keys of an object in the order of RFC 8785, 3.2.3 (UTF-16 code units), and each as it stands before its value. */
interface Shape {
  keys: string[];
  sorted: string[];
  heads: string[];
}

/**
 * Sorting and quoting keys is most of the work, and messages have few shapes: rows of one table, inputs of one schema.
 * Shapes of keys that look like identifiers are remembered, up to a bound, by first key and number of keys.
 */
const shapes = new Map<string, (Shape | undefined)[]>();
const longest = 64;
const identifier = /^[\w$./-]{1,48}$/;

function shapeOf(keys: string[]): Shape {
  const first = keys[0];
  if (first === undefined || keys.length > longest) return makeShape(keys);
  const known = shapes.get(first)?.[keys.length];
  if (known !== undefined && sameKeys(known.keys, keys)) return known;
  const made = makeShape(keys);
  if (keys.every((key) => identifier.test(key))) remember(first, made);
  return made;
}

function remember(first: string, shape: Shape): void {
  let row = shapes.get(first);
  if (row === undefined) {
    if (shapes.size >= 256) shapes.clear();
    row = new Array<Shape | undefined>(longest + 1).fill(undefined);
    shapes.set(first, row);
  }
  row[shape.keys.length] = shape;
}

function makeShape(keys: string[]): Shape {
  const sorted = keys.toSorted();
  return { keys, sorted, heads: sorted.map((key) => `${quote(key)}:`) };
}

function sameKeys(left: readonly string[], right: readonly string[]): boolean {
  for (let index = 0; index < right.length; index++) if (left[index] !== right[index]) return false;
  return true;
}
