import { ALSO_WORD, ENTITY, GIVEN, known, knownName, PARTICLE, PLAIN, WEAK } from './name-book.ts';
import { foldedWord, type Prose, word } from './text.ts';
import { CAPITAL, COMMA, LINE, LOWER, MIXED, SPACE } from './words.ts';

/** A list of people: `Present: Anna Example, Jan Example and ...`. `end` is the index after the last name, -1 outside. */
export interface List {
  end: number;
}

/** `@Anna Example`: a capitalised word behind the sign that speaks to somebody. */
export function isMention(prose: Prose, index: number): boolean {
  if (prose.kind[index] !== MIXED) return false;
  const start = prose.start[index] ?? 0;
  if (prose.text.charCodeAt(start - 1) !== 0x40 || (start > 1 && !/[\s(,;:]/.test(prose.text[start - 2] ?? '')))
    return false;
  return (knownName(foldedWord(prose, index)) & GIVEN) !== 0 && /^\p{Lu}[\p{L}'’-]{1,40}$/u.test(word(prose, index));
}

/** `Anna Example y Luis Example`: a small word between two full names, the second of which begins with a given name. */
export function beginsAnother(prose: Prose, index: number, end: number, members: number): boolean {
  if (members < 2 || end !== index + 1 || !/^[yei]$/.test(foldedWord(prose, index))) return false;
  const isFull = end + 1 < prose.count && prose.before[end + 1] === SPACE && prose.kind[end + 1] === CAPITAL;
  return isFull && (knownName(foldedWord(prose, end)) & GIVEN) !== 0;
}

/** Whether a run goes on with a list of people: a comma, a semicolon or a word for `and` stands before it. */
export function goesOnWith(prose: Prose, end: number, head: number): boolean {
  if (end < 0 || end > head || head > end + 1) return false;
  if (end < head && !(known(foldedWord(prose, end)) & (WEAK | PARTICLE))) return false;
  const between = prose.text.slice(prose.end[end - 1], prose.start[head]);
  return between.length < 8 && /^\s?(?:[,;&+]\s?)?(?:\p{Ll}{1,3}\s)?$/u.test(between) && between.trim() !== '';
}

/** Whether a run stands alone between quotes, or between the bars, tabs or semicolons of a table. */
export function isFramed(prose: Prose, head: number, last: number): boolean {
  const left = prose.text[(prose.start[head] ?? 0) - 1] ?? '';
  const right = prose.text[prose.end[last] ?? 0] ?? '';
  return /["'„“”»|;>\t]/.test(left) && /["'“”«|;<\t]/.test(right);
}

/** Whether an address follows: `Anna Example, 3 Mill Lane`. */
export function isAddressed(prose: Prose, index: number, taken: Uint8Array): boolean {
  const gap = prose.before[index];
  return taken[index] === 1 && (gap === COMMA || gap === LINE || gap === SPACE);
}

/** Whether the word after a run makes it a body, a place or a product: `Anna Freud Institute`, `Ernst Young GmbH`. */
export function endsEntity(prose: Prose, index: number): boolean {
  if (index >= prose.count || prose.before[index] !== SPACE) {
    return /^ & [A-ZÀ-Þ]/.test(prose.text.slice(prose.end[index - 1], (prose.end[index - 1] ?? 0) + 4));
  }
  // `Anna Example's laptop`
  if (/['’]s$/.test(word(prose, index - 1))) return false;
  const bits = known(foldedWord(prose, index));
  if (!(bits & ENTITY)) return false;
  return prose.kind[index] !== LOWER || !(bits & (PARTICLE | ALSO_WORD | PLAIN));
}
