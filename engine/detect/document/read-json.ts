import { closeList, deepest, type Frame, listIn, noteMember, noteString, objectIn, rootFrame } from './frames.ts';
import type { Group, Leaf } from './leaves.ts';
import { Places } from './places.ts';

/** A key that is like this is only a name. */
const plainKey = /^[A-Za-z_$][A-Za-z_$\d-]{0,60}$/;
const numberAt = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

/**
 * Reads a text that is a JSON document, and JSON in its strings, and adds its leaves to `leaves`. False, and nothing added, where it
 * is none. Neither depth nor repeated keys stop it: what is there is looked at. The work is in proportion to the text.
 */
export function readJson(
  text: string,
  places: Places,
  leaves: Leaf[],
  above?: Group,
  field?: string,
  depth = 0,
): boolean {
  const before = leaves.length;
  if (new Reader(text, places, leaves, depth).read(above, field)) return true;
  leaves.length = before;
  return false;
}

/** Whether a text may be a JSON document that holds others. */
export function maybeJson(text: string): boolean {
  if (text.length < 2) return false;
  let from = 0;
  while (from < text.length && text.charCodeAt(from) <= 32) from++;
  let to = text.length - 1;
  while (to > from && text.charCodeAt(to) <= 32) to--;
  const [first, last] = [text.charCodeAt(from), text.charCodeAt(to)];
  return (first === 123 && last === 125) || (first === 91 && last === 93) || (first === 34 && last === 34 && to > from);
}

class Reader {
  readonly #text: string;
  readonly #places: Places;
  readonly #leaves: Leaf[];
  readonly #depth: number;
  #at = 0;
  /** Of the string that was read last: where its characters are not where its text has them. */
  #breaks: number[] = [];

  constructor(text: string, places: Places, leaves: Leaf[], depth: number) {
    this.#text = text;
    this.#places = places;
    this.#leaves = leaves;
    this.#depth = depth;
  }

  read(above: Group | undefined, field: string | undefined): boolean {
    const stack: Frame[] = [];
    const root = rootFrame(above, field);
    let frame = root;
    for (;;) {
      // A value is due.
      const code = this.#skip();
      if (code === 123 || code === 91) {
        this.#at++;
        stack.push(frame);
        frame = code === 123 ? objectIn(frame) : listIn(frame, !frame.isObject && stack.length > 1);
        if (this.#skip() === code + 2) {
          this.#at++;
          // Closed right away; what follows is seen below.
        } else if (frame.isObject) {
          if (!this.#key(frame)) return false;
          continue;
        } else continue;
        frame = close(frame, stack);
      } else if (code === 34) {
        if (!this.#string(frame)) return false;
      } else if (!this.#scalar(frame)) return false;

      // A value has ended.
      for (;;) {
        if (stack.length === 0) return this.#skip() === -1;
        const next = this.#skip();
        this.#at++;
        if (next === 44) {
          if (frame.isObject && !this.#key(frame)) return false;
          frame.index++;
          break;
        }
        if (next !== (frame.isObject ? 125 : 93)) return false;
        frame = close(frame, stack);
      }
    }
  }

  /** The next character that is no white space, or -1. */
  #skip(): number {
    let code = this.#text.charCodeAt(this.#at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = this.#text.charCodeAt(++this.#at);
    return Number.isNaN(code) ? -1 : code;
  }

  #key(frame: Frame): boolean {
    if (this.#skip() !== 34) return false;
    const from = this.#at + 1;
    const key = this.#quoted();
    if (key === undefined || this.#skip() !== 58) return false;
    this.#at++;
    frame.field = key;
    if (!plainKey.test(key)) this.#add(key, from, 'key', frame);
    return true;
  }

  #string(frame: Frame): boolean {
    const from = this.#at + 1;
    const value = this.#quoted();
    if (value === undefined) return false;
    noteString(frame, value);
    if (this.#depth < deepest && maybeJson(value)) {
      const inner = new Places(from, this.#places, this.#breaks);
      if (readJson(value, inner, this.#leaves, frame.group, frame.field, this.#depth + 1)) return true;
    }
    this.#add(value, from, 'string', frame);
    return true;
  }

  #scalar(frame: Frame): boolean {
    const from = this.#at;
    numberAt.lastIndex = from;
    const number = numberAt.exec(this.#text)?.[0];
    if (number !== undefined) {
      this.#at += number.length;
      this.#breaks = [];
      this.#add(number, from, 'number', frame);
      return true;
    }
    for (const word of ['true', 'false', 'null']) {
      if (!this.#text.startsWith(word, from)) continue;
      this.#at += word.length;
      return true;
    }
    return false;
  }

  #add(text: string, from: number, kind: Leaf['kind'], frame: Frame): void {
    if (kind !== 'key') noteMember(frame, text);
    const places = new Places(from, this.#places, this.#breaks);
    const field = kind === 'key' ? undefined : frame.field;
    this.#leaves.push({ text, places, kind, field, group: frame.group, column: frame.isRow ? frame.index : -1 });
  }

  /** The string that begins here, and the place behind it; undefined where it does not end. */
  #quoted(): string | undefined {
    const text = this.#text;
    const from = this.#at + 1;
    const parts: string[] = [];
    const breaks: number[] = [];
    let [start, length] = [from, 0];
    for (let at = from; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 34) {
        this.#at = at + 1;
        this.#breaks = breaks;
        const last = text.slice(start, at);
        return parts.length === 0 ? last : parts.join('') + last;
      }
      if (code !== 92) continue;
      const letter = text[at + 1] ?? '';
      const unicode = letter === 'u' ? text.slice(at + 2, at + 6) : '';
      const decoded =
        letter === 'u'
          ? hex.test(unicode)
            ? String.fromCharCode(Number.parseInt(unicode, 16))
            : undefined
          : escapes.get(letter);
      if (decoded === undefined) return undefined;
      parts.push(text.slice(start, at), decoded);
      length += at - start + 1;
      at += letter === 'u' ? 5 : 1;
      start = at + 1;
      breaks.push(length, start - from - length);
    }
    return undefined;
  }
}

const hex = /^[\da-fA-F]{4}$/;
const escapes = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }),
);
/** The frame around one that ends. */
function close(frame: Frame, stack: Frame[]): Frame {
  const outer = stack.pop() ?? frame;
  closeList(frame, outer, frame.index + 1);
  return outer;
}
