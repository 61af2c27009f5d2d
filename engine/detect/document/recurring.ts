import type { DetectedType, Found } from '../types.ts';

/** A node of the tree of known values: the next word of a value, and what the value is if it ends here. */
interface Node {
  next: Map<string, Node> | undefined;
  type: DetectedType | undefined;
  /** Of a value of one word: as it is written, for it counts in no other case. */
  exact: string | undefined;
}

/** Values of more words are looked for by their beginning alone, which is as telling. */
const words = 16;
/** What may stand between two words of a value. */
const widest = 3;

/**
 * Values that were found somewhere in a document, to find wherever else they recur: whole words, letter case ignored, with
 * any signs between the words. The work is in proportion to the text, however many values there are.
 */
export class Recurring {
  readonly #root: Node = { next: undefined, type: undefined, exact: undefined };
  /** By first character and length of first words: most words of a text are none of these. */
  readonly #firsts = new Set<number>();
  /** Values that are known already, as they were written. */
  readonly #seen = new Set<string>();
  #size = 0;

  /** Characters of all values that are known. */
  get size(): number {
    return this.#size;
  }

  /** Remembers a value, if it is long enough not to be met by chance. */
  add(value: string, type: DetectedType): void {
    if (this.#seen.has(value)) return;
    this.#seen.add(value);
    this.#size += value.length;
    const parts = wordsOf(value);
    this.#enter(value, parts, type);
    // In lists the family name comes first.
    const last = parts.at(-1);
    if (type === 'PERSON' && last !== undefined && parts.length > 1 && parts.length < 5) {
      this.#enter(value, [last, ...parts.slice(0, -1)], type);
    }
  }

  #enter(value: string, parts: readonly { start: number; end: number }[], type: DetectedType): void {
    const letters = parts.reduce((sum, { start, end }) => sum + end - start, 0);
    if (letters < shortest(type, parts.length)) return;
    if (type === 'PERSON' && parts.length === 1 && !/^\p{Lu}\p{Ll}{3}/u.test(value)) return;
    let node = this.#root;
    const [first] = parts;
    if (first !== undefined) this.#firsts.add(firstOf(value, first.start, first.end));
    for (const { start, end } of parts.slice(0, words)) {
      const word = value.slice(start, end).toLowerCase();
      node.next ??= new Map();
      const next: Node = node.next.get(word) ?? { next: undefined, type: undefined, exact: undefined };
      node.next.set(word, next);
      node = next;
    }
    node.type ??= type;
    if (parts.length === 1 && type === 'PERSON') node.exact ??= value.trim();
  }

  /** Every place of a text where one of the values is; the longest where several are. */
  find(text: string): Found[] {
    const found: Found[] = [];
    if (this.#firsts.size === 0) return found;
    for (let at = wordStart(text, 0); at < text.length; ) {
      const end = wordEnd(text, at);
      const hit = this.#firsts.has(firstOf(text, at, end)) ? this.#longest(text, at, end) : undefined;
      if (hit !== undefined) found.push(hit);
      at = wordStart(text, hit?.end ?? end);
    }
    return found;
  }

  #longest(text: string, start: number, firstEnd: number): Found | undefined {
    let node = this.#root.next?.get(text.slice(start, firstEnd).toLowerCase());
    let end = firstEnd;
    let hit: Found | undefined;
    while (node !== undefined) {
      if (node.type !== undefined && (node.exact === undefined || node.exact === text.slice(start, end))) {
        hit = { start, end, type: node.type, detector: 'recurring', confidence: 0.85 };
      }
      const next = wordStart(text, end);
      if (node.next === undefined || next - end > widest || next >= text.length) break;
      end = wordEnd(text, next);
      node = node.next.get(text.slice(next, end).toLowerCase());
    }
    return hit;
  }
}

function shortest(type: DetectedType, count: number): number {
  if (type === 'PERSON') return count === 1 ? 4 : 5;
  return type === 'ADDRESS' || type === 'DATE_OF_BIRTH' || type === 'SECRET' ? 8 : 6;
}

function wordsOf(value: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let at = wordStart(value, 0); at < value.length; ) {
    const end = wordEnd(value, at);
    found.push({ start: at, end });
    at = wordStart(value, end);
  }
  return found;
}

/** Letters and digits; of those beyond ASCII, all but signs and white space. */
function isWord(code: number): boolean {
  if (code < 128) return (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
  return code > 0xbf && (code < 0x2000 || code > 0x206f) && (code < 0x3000 || code > 0x3003);
}

function wordStart(text: string, from: number): number {
  let at = from;
  while (at < text.length && !isWord(text.charCodeAt(at))) at++;
  return at;
}

function wordEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && isWord(text.charCodeAt(at))) at++;
  return at;
}

/** Letters of ASCII in either case are one; others are left to the tree. */
function firstOf(text: string, start: number, end: number): number {
  const code = text.charCodeAt(start);
  return (code < 128 ? code | 32 : 0) * 1024 + Math.min(end - start, 1023);
}
