import { matchesOf } from '../detect/matches.ts';
import { isExact, magnitude } from '../json/numbers.ts';

/** Characters that people set between groups of digits. */
const between = ".,'’_ \\u00a0\\u202f";
/** Tried where a run of digits begins alone: at each digit of a long one would take its square. */
const written = new RegExp(
  String.raw`(?<!\d)\d+(?:[${between}]\d+)+(?:[eE][+-]?\d{1,3}(?!\w))?|(?<!\w)\d+[eE][+-]?\d{1,3}(?!\w)`,
  'g',
);

/** Groups of digits of one number; a quadrillion with cents has as many. */
const mostGroups = 7;

/** A number as it is written without sign, exponent or zeros that say nothing: `123456` of `-123456.00` and `1.23456e5`. */
export function plainNumber(text: string): string {
  const unsigned = text.replace(/^-/, '');
  if (isExact(unsigned)) return String(Number(unsigned));
  return /^\d+\.\d+$/.test(unsigned) ? withoutZeros(unsigned) : unsigned;
}

/** A fraction without the zeros at its end. */
function withoutZeros(number: string): string {
  let end = number.length;
  while (number[end - 1] === '0') end--;
  return number.slice(0, number[end - 1] === '.' ? end - 1 : end);
}

/** A number in a text, and what it was found to be. */
export interface WrittenNumber<T> {
  readonly start: number;
  readonly end: number;
  readonly known: T;
}

/**
 * Finds numbers that are written with a fraction, an exponent or groups: `123,456.00`, `1.234.567,5`, `123 456`. `known`
 * is asked for the `magnitude` of each way to read a place, the longest first, and says what it is, if it is any.
 * Bare digits are not looked at.
 */
export function numbersIn<T>(text: string, known: (magnitude: string) => T | undefined): WrittenNumber<T>[] {
  const found: WrittenNumber<T>[] = [];
  for (const { 0: run, index } of matchesOf(written, text)) {
    const [digits = '', exponent] = run.split(/[eE]/);
    if (exponent !== undefined) {
      const whole = /^\d+(?:\.\d+)?$/.test(digits) ? known(magnitude(`${digits}e${exponent}`)) : undefined;
      if (whole !== undefined) {
        found.push({ start: index, end: index + run.length, known: whole });
        continue;
      }
    }
    const parts = digits.split(/(\D)/);
    let start = index;
    for (let at = 0; at < parts.length; ) {
      const [longest, to] = longestAt(parts, at, known);
      const end = parts.slice(at, to).reduce((sum, part) => sum + part.length, start);
      if (longest !== undefined) found.push({ start, end, known: longest });
      [at, start] = [to, end];
    }
  }
  return found;
}

/** What the number is that begins at a group of digits, and behind which part it ends; groups and separators alternate. */
function longestAt<T>(
  parts: readonly string[],
  at: number,
  known: (magnitude: string) => T | undefined,
): [found: T | undefined, end: number] {
  const longest = at % 2 === 0 ? Math.min(parts.length, at + 2 * mostGroups - 1) : at;
  for (let end = longest; end > at + 2; end -= 2) {
    for (const number of readings(parts.slice(at, end))) {
      const found = known(magnitude(number));
      if (found !== undefined) return [found, end];
    }
  }
  return [undefined, at + 1];
}

/** The numbers that groups and their separators may mean: with the last one a fraction, or with thousands alone. */
function readings(parts: readonly string[]): string[] {
  const [whole, point, fraction = ''] = [parts.slice(0, -2), parts.at(-2), parts.at(-1)];
  const numbers: string[] = [];
  const thousands = joined(parts);
  if (thousands !== undefined) numbers.push(thousands);
  const above = whole.includes(point ?? '') ? undefined : joined(whole);
  if (above !== undefined && (point === '.' || point === ',')) numbers.push(`${above}.${fraction}`);
  return numbers;
}

/** Groups of three behind a first one, all with one separator; or one group of any length. */
function joined(parts: readonly string[]): string | undefined {
  const [first = '', separator] = parts;
  if (parts.length === 1) return first;
  if (first.length > 3) return undefined;
  let digits = first;
  for (let index = 1; index < parts.length; index += 2) {
    const group = parts[index + 1] ?? '';
    if (parts[index] !== separator || group.length !== 3) return undefined;
    digits += group;
  }
  return digits;
}
