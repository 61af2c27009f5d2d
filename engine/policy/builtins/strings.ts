import { firstIndex } from '../../first-index.ts';
import { int64 } from './integers.ts';
import { collection, NoAnswer, text } from './operands.ts';
import type { Builtin, Builtins, Charge, Term } from './term.ts';

const anyMatch =
  (turn: (part: string) => string): Builtin =>
  ([search, base], charge) =>
    startsWithAny(texts(search).map(turn), texts(base).map(turn), charge);

export const strings: Builtins = {
  'strings.any_prefix_match': anyMatch((part) => part),
  // Only whole strings are compared, so it does no harm that surrogate pairs are turned round as well.
  'strings.any_suffix_match': anyMatch((part) => part.split('').reverse().join('')),
  'strings.count': ([operand, search]) => {
    const [base, part] = [text(operand), text(search)];
    // Go finds an empty string before each character and at the end.
    return part === '' ? [...base].length + 1 : distinct(occurrences(base, part), part.length).length;
  },
  'strings.split_n': ([operand, delimiter, limit]) => {
    const parts = split(text(operand), text(delimiter));
    const count = Number(int64(limit));
    return count >= 0 ? parts.slice(0, count) : parts.slice(Math.max(parts.length + count, 0));
  },
  indexof_n: ([operand, search]) => {
    const [base, part] = [text(operand), text(search)];
    if (part === '') throw new NoAnswer();
    return inCharacters(base, occurrences(base, part));
  },
};

/** One string, or all of an array or set. */
function texts(operand: Term | undefined): string[] {
  return typeof operand === 'string' ? [operand] : [...collection(operand)].map(text);
}

/** In order, strings that start alike stand together, right behind what they start with. */
function startsWithAny(whole: string[], prefixes: readonly string[], charge: Charge): boolean {
  const characters = whole.join('').length + prefixes.join('').length;
  charge((characters + whole.length + prefixes.length) * Math.ceil(Math.log2(whole.length + 2)));
  whole.sort();
  const from = (prefix: string) => whole[firstIndex(whole.length, (index) => (whole[index] ?? '') >= prefix)];
  return prefixes.some((prefix) => from(prefix)?.startsWith(prefix) === true);
}

function split(base: string, delimiter: string): string[] {
  if (delimiter === '') return [...base];
  const parts: string[] = [];
  let from = 0;
  for (const at of distinct(occurrences(base, delimiter), delimiter.length)) {
    parts.push(base.slice(from, at));
    from = at + delimiter.length;
  }
  return [...parts, base.slice(from)];
}

/**
 * Where `part`, which is not empty, begins in `base`, overlaps included (Knuth, Morris and Pratt: in one pass over each,
 * where indexOf can take as many as there are characters).
 */
function occurrences(base: string, part: string): number[] {
  const borders = [0];
  for (let at = 1, matched = 0; at < part.length; at++) {
    while (matched > 0 && part[at] !== part[matched]) matched = borders[matched - 1] ?? 0;
    if (part[at] === part[matched]) matched++;
    borders.push(matched);
  }
  const found: number[] = [];
  for (let at = 0, matched = 0; at < base.length; at++) {
    while (matched > 0 && base[at] !== part[matched]) matched = borders[matched - 1] ?? 0;
    if (base[at] === part[matched]) matched++;
    if (matched < part.length) continue;
    found.push(at + 1 - part.length);
    matched = borders[matched - 1] ?? 0;
  }
  return found;
}

/** Those of the occurrences that do not overlap an earlier one. */
function distinct(found: readonly number[], length: number): number[] {
  let free = 0;
  return found.filter((at) => {
    if (at < free) return false;
    free = at + length;
    return true;
  });
}

/** Positions counted in code points instead of UTF-16 code units. */
function inCharacters(base: string, found: readonly number[]): number[] {
  let [units, characters] = [0, 0];
  return found.map((at) => {
    for (; units < at; characters++) units += (base.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
    return characters;
  });
}
