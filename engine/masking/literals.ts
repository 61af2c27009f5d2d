import { WritError } from '../errors.ts';
import type { RuleSet } from './rules.ts';
import { redacted } from './strategies.ts';

/** What stands in for a masked value where it recurs, and the masks that ask for it. */
interface Literal {
  readonly text: string;
  readonly set: RuleSet;
}

/** Values shorter than this would hit too much by chance; they are removed only where they are all of a text. */
const shortest = 4;

/** Characters one message may have compared: a bound on work for texts made to nearly match everywhere. */
const budget = 50_000_000;

/**
 * The masked values of one message, to find wherever else they recur in it. Letter case is ignored, and the escaped
 * forms in which a value stands inside JSON within text are known.
 */
export class Literals {
  readonly #short = new Map<string, Literal>();
  readonly #long = new Map<string, Literal>();
  /** Lengths of the long literals, longest first, by their first four characters. */
  readonly #lengths = new Map<string, number[]>();
  readonly #filter = new StartFilter();
  #budget = budget;

  /** Whether every masked value can be found within other text. Short ones cannot: they would be found by chance. */
  complete = true;

  get isEmpty(): boolean {
    return this.#short.size === 0 && this.#long.size === 0;
  }

  /** Remembers a masked value, and the text that is shown in its place. */
  add(value: string, text: string, set: RuleSet): void {
    const trimmed = value.trim();
    const folded = fold(trimmed);
    const literals = folded.length < shortest ? this.#short : this.#long;
    const known = literals.get(folded);
    if (known?.text === text || folded === '') return;
    // One value masked in two ways is shown in neither.
    const literal = { text: known === undefined ? text : redacted, set };
    literals.set(folded, literal);
    if (literals === this.#short) {
      this.complete = false;
      return;
    }
    this.#enter(folded);
    if (plain.test(folded)) return;
    const escaped = JSON.stringify(trimmed).slice(1, -1);
    for (const form of [fold(escaped), fold(escaped.replace(/[^ -~]/g, escapeUnit))]) {
      this.#long.set(form, literal);
      this.#enter(form);
    }
  }

  /** The text without the masked values in it; the same string when there are none. `times` is how often it is shown. */
  remove(text: string, times: number): string {
    if (text.length < shortest && this.#short.size === 0) return text;
    const folded = fold(text);
    const whole = this.#short.size > 0 ? this.#short.get(folded.trim()) : undefined;
    if (whole === undefined) return this.#removeLong(text, folded, times);
    whole.set.count(times);
    return whole.text;
  }

  /** What stands in for a text that is a masked value of four characters or more as a whole. */
  replaceWhole(text: string, times: number): string | undefined {
    const literal = this.#long.get(fold(text));
    literal?.set.count(times);
    return literal?.text;
  }

  /** Places that overlap are taken out together, so that no end of a value stays behind. */
  #removeLong(text: string, folded: string, times: number): string {
    let kept = '';
    let keptTo = 0;
    let start = -1;
    let end = -1;
    let instead = '';
    const { bits, shift } = this.#filter;
    let gram = 0;
    for (let at = 0; at < folded.length; at++) {
      gram = (gram << 8) | (folded.charCodeAt(at) & 0xff);
      const hash = Math.imul(gram, multiplier) >>> shift;
      if (((bits[hash >>> 5] as number) & (1 << (hash & 31))) === 0 || at < shortest - 1) continue;
      const from = at - shortest + 1;
      const to = from + this.#longestAt(folded, from);
      const literal = this.#long.get(folded.slice(from, to));
      if (literal === undefined) continue;
      literal.set.count(times);
      if (from >= end) {
        if (start >= 0) kept += text.slice(keptTo, start) + instead;
        keptTo = Math.max(end, 0);
        start = from;
        end = to;
        instead = literal.text;
      } else if (to > end) {
        end = to;
        instead = redacted;
      }
    }
    return start < 0 ? text : kept + text.slice(keptTo, start) + instead + text.slice(end);
  }

  #longestAt(folded: string, from: number): number {
    for (const length of this.#lengths.get(folded.slice(from, from + shortest)) ?? []) {
      this.#budget -= length;
      if (this.#budget < 0) throw new WritError('WRIT_MASK_FAILED', 'Too much text resembles masked values.');
      if (from + length <= folded.length && this.#long.has(folded.slice(from, from + length))) return length;
    }
    return 0;
  }

  #enter(folded: string): void {
    const start = folded.slice(0, shortest);
    const lengths = this.#lengths.get(start);
    if (lengths === undefined) {
      this.#lengths.set(start, [folded.length]);
      this.#filter.add(start);
    } else if (!lengths.includes(folded.length)) {
      lengths.push(folded.length);
      lengths.sort((left, right) => right - left);
    }
  }
}

/**
 * Says of most places in a text at once that no literal starts there: a bit for each hash of four characters, of which
 * the low bytes count. It grows so that it stays mostly empty. (A typed array of 64 bytes is the largest that V8 keeps
 * among its ordinary objects; a larger one costs a microsecond to make.)
 */
class StartFilter {
  bits = new Uint32Array(16);
  /** Of a hash of 32 bits, how many to leave out to have a place in `bits`. */
  shift = 32 - 9;
  readonly #grams: number[] = [];

  add(start: string): void {
    let gram = 0;
    for (let at = 0; at < shortest; at++) gram = (gram << 8) | (start.charCodeAt(at) & 0xff);
    this.#grams.push(gram);
    if (this.#grams.length * 16 > this.bits.length * 32) {
      this.bits = new Uint32Array(this.bits.length * 4);
      this.shift -= 2;
      for (const known of this.#grams) this.#set(known);
    } else {
      this.#set(gram);
    }
  }

  #set(gram: number): void {
    const hash = Math.imul(gram, multiplier) >>> this.shift;
    this.bits[hash >>> 5] = (this.bits[hash >>> 5] as number) | (1 << (hash & 31));
  }
}

/** Of multiplicative hashing: 2^32 over the golden ratio, odd. */
const multiplier = 0x9e3779b1;

/** Printable ASCII that JSON writes as it is. */
const plain = /^[ !#-[\]-~]*$/;

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Lower case, unit for unit, so that places in the folded text are places in the text. Only U+0130 grows in lower
 * case, and only sigma has a form that depends on what follows.
 */
function fold(text: string): string {
  let folded = text.toLowerCase();
  if (folded.length !== text.length) folded = text.replaceAll('\u0130', 'i').toLowerCase();
  return folded.includes('\u03c2') ? folded.replaceAll('\u03c2', '\u03c3') : folded;
}
