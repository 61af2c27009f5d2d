import { isArray, isMap, isNumber, isSet, numberText, type RegoNumber, type Term, type TermMap } from './term.ts';

/** Rego's order of all values: null, booleans, numbers, strings by code point, arrays, objects, sets. */
export function compare(left: Term, right: Term): number {
  if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (isArray(left) && isArray(right)) return compareEach(left, right);
  if (isSet(left) && isSet(right)) return compareEach(sorted(left), sorted(right));
  if (isMap(left) && isMap(right)) return compareEach(sortedMembers(left).flat(1), sortedMembers(right).flat(1));
  return kind(left) - kind(right);
}

/** Strings in the order of their UTF-8 bytes, which is that of code points. */
export function compareTexts(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const one = left.charCodeAt(at);
    const other = right.charCodeAt(at);
    if (one === other) continue;
    // A surrogate stands for a code point above all that one code unit can say.
    const surrogates = Number(isSurrogate(one)) - Number(isSurrogate(other));
    return surrogates === 0 ? one - other : surrogates;
  }
  return left.length - right.length;
}

/** A text that two terms share exactly if they are one value in Rego: `1` and `1.0` do. */
export function identity(term: Term): string {
  if (typeof term === 'string') return JSON.stringify(term);
  if (isNumber(term)) {
    const { sign, digits, exponent } = decimal(term);
    return sign === 0 ? '0' : `${sign < 0 ? '-' : ''}${digits}e${exponent}`;
  }
  if (isArray(term)) return `[${term.map(identity).join()}]`;
  if (isSet(term)) return `(${[...new Set([...term].map(identity))].sort().join()})`;
  if (isMap(term))
    return `{${[...term]
      .map(([key, value]) => `${identity(key)}:${identity(value)}`)
      .sort()
      .join()}}`;
  return `${term}`;
}

/** Sets are sorted for each comparison with another; sorted anew each time, sets in sets would take the square of their size. */
const sortedSets = new WeakMap<ReadonlySet<Term>, readonly Term[]>();

/** The members of a set in order. */
export function sorted(set: ReadonlySet<Term>): readonly Term[] {
  const known = sortedSets.get(set);
  if (known !== undefined) return known;
  const made = [...set].sort(compare);
  sortedSets.set(set, made);
  return made;
}

/** The members of an object in the order of their keys. */
export function sortedMembers(map: TermMap): [Term, Term][] {
  return [...map].sort(([left], [right]) => compare(left, right));
}

/** Members of an object by what their keys are in Rego. */
export class Lookup {
  readonly #members: ReadonlyMap<string, Term>;

  constructor(map: TermMap) {
    this.#members = new Map([...map].map(([key, value]) => [identity(key), value]));
  }

  get(key: Term): Term | undefined {
    return this.#members.get(identity(key));
  }
}

function kind(term: Term): number {
  if (term === null) return 0;
  if (typeof term === 'boolean') return 1;
  if (isNumber(term)) return 2;
  if (typeof term === 'string') return 3;
  if (isArray(term)) return 4;
  return isMap(term) ? 5 : 6;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function compareEach(left: readonly Term[], right: readonly Term[]): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const order = compare(left[at] ?? null, right[at] ?? null);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareNumbers(left: RegoNumber, right: RegoNumber): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const one = decimal(left);
  const other = decimal(right);
  if (one.sign !== other.sign || one.sign === 0) return one.sign - other.sign;
  const magnitudes = one.digits.length + one.exponent - (other.digits.length + other.exponent);
  return one.sign * (magnitudes === 0 ? compareTexts(one.digits, other.digits) : magnitudes);
}

/** Sign, significant digits without zeros at either end, and the power of ten of the last digit. */
interface Decimal {
  readonly sign: number;
  readonly digits: string;
  readonly exponent: number;
}

const numberForm = /^(-?)0*(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

function decimal(number: RegoNumber): Decimal {
  const [, minus, whole = '', fraction = '', exponent = '0'] = numberForm.exec(numberText(number)) ?? [];
  const all = whole + fraction;
  let start = 0;
  let end = all.length;
  while (all[start] === '0') start++;
  while (end > start && all[end - 1] === '0') end--;
  if (start === end) return { sign: 0, digits: '', exponent: 0 };
  return {
    sign: minus === '-' ? -1 : 1,
    digits: all.slice(start, end),
    exponent: Number(exponent) - fraction.length + (all.length - end),
  };
}
