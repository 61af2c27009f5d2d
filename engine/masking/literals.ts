import { WritError } from '../errors.ts';
import { magnitude } from '../json/numbers.ts';
import { numbersIn, plainNumber } from './number-spellings.ts';
import type { Place } from './places.ts';
import { fold, type Searchable, searchable } from './searchable.ts';
import { redacted } from './strategies/index.ts';
import type { Credit } from './tally.ts';

/** What stands in for a masked value where it recurs, and the masks that ask for it. */
export type Literal = Pick<Place, 'instead' | 'credits'>;

/** Values shorter than this would hit too much by chance; they are removed only where they are all of a text. */
const shortest = 4;

/** As JSON writes a number; of strings, those that are one. */
const numeric = /^-?\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/;
/** Numbers of fewer would be found everywhere. */
export const fourDigits = /(?:\d\D*){4}/;

/** Characters one message may have compared: a bound on work for texts made to nearly match everywhere. */
const budget = 50_000_000;

/** Characters of values that may be remembered: of a call that goes on for long, no more fit than this. */
const room = 4_194_304;

const none: readonly Place[] = [];

/**
 * The masked values of one call, to find wherever else they recur in what is said of it. Letter case is ignored, and so
 * are the escapes with which a value stands inside JSON within text.
 */
export class Literals {
  readonly #short = new Map<string, Literal>();
  readonly #long = new Map<string, Literal>();
  /** Those of the long ones that are numbers, by magnitude. */
  readonly #numbers = new Map<string, Literal>();
  /** Lengths of the long literals, longest first, by their first four characters. */
  readonly #lengths = new Map<string, number[]>();
  readonly #filter = new StartFilter();
  readonly #credits = new Set<Credit>();
  #budget = budget;
  #room = room;
  /** No text shorter than this holds one. */
  #least = Number.POSITIVE_INFINITY;

  /** Whether every masked value can be found within other text. Short ones cannot: they would be found by chance. */
  complete = true;

  /** Characters remembered. */
  get size(): number {
    return room - this.#room;
  }

  get isEmpty(): boolean {
    return this.#short.size === 0 && this.#long.size === 0;
  }

  /** Begins another message, which may have as many characters compared. */
  begin(): void {
    this.#budget = budget;
    this.#credits.clear();
  }

  /** Whether this mask found a value of the message at hand that could be searched for: null and empty ones cannot. */
  has(credit: Credit): boolean {
    return this.#credits.has(credit);
  }

  /** Remembers a masked value, and the text that is shown in its place. */
  add(value: string, instead: string, credits: readonly Credit[]): void {
    const folded = searchable(value.trim()).folded;
    if (folded === '') return;
    if (numeric.test(folded)) this.#addNumber(folded, instead, credits);
    for (const credit of credits) this.#credits.add(credit);
    const literals = folded.length < shortest ? this.#short : this.#long;
    const known = literals.get(folded);
    if (known?.instead === instead) return;
    if (known === undefined) this.#take(folded.length);
    // One value masked in two ways is shown in neither.
    literals.set(folded, { instead: known === undefined ? instead : redacted, credits });
    if (literals === this.#short) {
      this.complete = false;
      this.#least = 0;
      return;
    }
    this.#least = Math.min(this.#least, folded.length);
    this.#enter(folded);
  }

  /** A number is one value however it is spelled: `123456.0`, `123456`, `123,456.00`. */
  #addNumber(number: string, instead: string, credits: readonly Credit[]): void {
    const plain = plainNumber(number);
    if (!fourDigits.test(plain)) {
      this.complete = false;
      return;
    }
    // Spelled in another way it may be shorter.
    this.#least = Math.min(this.#least, shortest);
    const size = magnitude(plain);
    const known = this.#numbers.get(size);
    const same = known === undefined || known.instead === instead;
    this.#numbers.set(size, { instead: same ? instead : redacted, credits });
    if (plain !== number) this.add(plain, instead, credits);
  }

  /** Every place of a text where a masked value stands. */
  find(text: string): readonly Place[] {
    if (text.length < this.#least) return none;
    const form = searchable(text);
    const whole = this.#short.size > 0 ? this.#short.get(form.folded.trim()) : undefined;
    if (whole !== undefined) return [{ start: 0, end: text.length, ...whole }];
    const long = this.#findLong(form);
    const numbers = this.#findNumbers(text);
    if (numbers.length === 0) return long;
    return [...numbers, ...outside(long, numbers)];
  }

  /** Digits alone are among the long literals, so what is left are the other ways to write a number. */
  #findNumbers(text: string): readonly Place[] {
    if (this.#numbers.size === 0) return none;
    const found = numbersIn(text, (size) => {
      this.#spend(16 + size.length);
      return this.#numbers.get(size);
    });
    return found.map(({ start, end, known }) => ({ start, end, ...known }));
  }

  /** What stands in for a number, of this text, that is a masked value of four digits or more as a whole. */
  ofNumber(text: string): Literal | undefined {
    return this.#long.get(fold(text)) ?? this.#numbers.get(magnitude(text));
  }

  #findLong({ folded, places }: Searchable): readonly Place[] {
    let found: Place[] | undefined;
    for (let from = this.#filter.next(folded, 0); from >= 0; from = this.#filter.next(folded, from + 1)) {
      const to = from + this.#longestAt(folded, from);
      const literal = this.#long.get(folded.slice(from, to));
      if (literal === undefined) continue;
      found ??= [];
      found.push({ start: places?.[from] ?? from, end: places?.[to] ?? to, ...literal });
    }
    return found ?? none;
  }

  #longestAt(folded: string, from: number): number {
    for (const length of this.#lengths.get(folded.slice(from, from + shortest)) ?? []) {
      this.#spend(length);
      if (from + length <= folded.length && this.#long.has(folded.slice(from, from + length))) return length;
    }
    return 0;
  }

  #spend(characters: number): void {
    this.#budget -= characters;
    if (this.#budget < 0) throw new WritError('WRIT_MASK_FAILED', 'Too much text resembles masked values.');
  }

  #take(characters: number): void {
    this.#room -= characters;
    if (this.#room < 0) throw new WritError('WRIT_MASK_FAILED', 'Too many masked values to remember.');
  }

  #enter(folded: string): void {
    const start = folded.slice(0, shortest);
    const lengths = this.#lengths.get(start);
    if (lengths === undefined) {
      this.#lengths.set(start, [folded.length]);
      this.#filter.add(start);
      return;
    }
    const at = lengths.findIndex((length) => length <= folded.length);
    if (lengths[at] !== folded.length) lengths.splice(at < 0 ? lengths.length : at, 0, folded.length);
  }
}

/** Those that are in none of the others; both are in order, and the others do not overlap. */
function outside(places: readonly Place[], others: readonly Place[]): Place[] {
  let at = 0;
  return places.filter(({ start, end }) => {
    while (at < others.length && (others[at]?.end ?? 0) <= start) at++;
    const other = others[at];
    return other === undefined || other.start > start || other.end < end;
  });
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

  /** The next place where a literal may start, -1 where there is none. Most time is spent here, so that nothing else is done. */
  next(text: string, from: number): number {
    const { bits, shift } = this;
    let gram = 0;
    for (let at = from; at < text.length; at++) {
      gram = (gram << 8) | (text.charCodeAt(at) & 0xff);
      const hash = Math.imul(gram, multiplier) >>> shift;
      const mayBe = ((bits[hash >>> 5] as number) & (1 << (hash & 31))) !== 0;
      if (mayBe && at - from >= shortest - 1) return at - shortest + 1;
    }
    return -1;
  }

  #set(gram: number): void {
    const hash = Math.imul(gram, multiplier) >>> this.shift;
    this.bits[hash >>> 5] = (this.bits[hash >>> 5] as number) | (1 << (hash & 31));
  }
}

/** Of multiplicative hashing: 2^32 over the golden ratio, odd. */
const multiplier = 0x9e3779b1;
