import { ENTITY, known, PARTICLE, PLAIN } from './name-book.ts';
import { small } from './street-words.ts';
import { foldedWord, type Prose, word } from './text.ts';
import { CAPITAL, COMMA, DOT, ELISION, LINE, LOWER, MIXED, NUMBER, OTHER, SPACE, UPPER } from './words.ts';

/** Index after a postcode that begins at a word, or the index itself when there is none. */
export function postcodeEnd(prose: Prose, index: number): number {
  if (index >= prose.count) return index;
  // Of words, those with digits alone are looked at.
  const kind = prose.kind[index];
  if (kind !== NUMBER && kind !== MIXED) return index;
  const text = word(prose, index);
  if (kind === MIXED) {
    // D-10115, SE-123 45, LV-1010
    if (/^[A-Z]{1,2}-\d{4,5}$/.test(text)) return index + 1;
    const country = /^[A-Z]{1,2}-\d{3}$/.test(text);
    if (country && /^\d{2}$/.test(near(prose, index + 1))) return index + 2;
    return britishEnd(prose, index, text);
  }
  if (/^(?:\d{2}-\d{3}|\d{4}-\d{3}|\d{4}[A-Z]{2})$/.test(text)) return index + 1;
  if (/^\d{4}$/.test(text)) return /^[A-Z]{2}$/.test(near(prose, index + 1)) ? index + 2 : index + 1;
  if (/^\d{5}(?:-\d{4})?$/.test(text)) return index + 1;
  return /^\d{3}$/.test(text) && /^\d{2}$/.test(near(prose, index + 1)) ? index + 2 : index;
}

/** British postcodes and Irish Eircodes, whole or in two words. */
export function britishEnd(prose: Prose, index: number, text: string): number {
  if (/^(?:[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}|[AC-Z]\d[\dW][A-Z\d]{4})$/.test(text)) return index + 1;
  const rest = near(prose, index + 1);
  if (/^[A-Z]{1,2}\d[A-Z\d]?$/.test(text) && /^\d[A-Z]{2}$/.test(rest)) return index + 2;
  return /^[AC-Z]\d[\dW]$/.test(text) && /^[A-Z\d]{4}$/.test(rest) ? index + 2 : index;
}

function near(prose: Prose, index: number): string {
  return index < prose.count && prose.before[index] === SPACE ? word(prose, index) : '';
}

/** Index after the name of a town that begins at a word, or the index itself. */
export function townEnd(prose: Prose, from: number): number {
  if (from >= prose.count) return from;
  let end = from;
  for (let index = from; index < prose.count && index < from + 6; index += 1) {
    const gap = prose.before[index];
    if (index > from && gap !== SPACE && gap !== ELISION && !(gap === DOT && isSaint(prose, index - 1))) break;
    const kind = prose.kind[index];
    if (kind === CAPITAL || kind === UPPER) {
      if (index > from && startsOther(prose, index)) break;
      end = index + 1;
    } else if (kind === LOWER && /^s-\p{Lu}/u.test(word(prose, index))) end = index + 1;
    // `MassonVille`: two names in one word
    else if (kind === MIXED && /^\p{Lu}\p{Ll}{1,30}\p{Lu}\p{Ll}{1,30}$/u.test(word(prose, index))) end = index + 1;
    else if (kind !== LOWER || index === from || !small.has(foldedWord(prose, index))) break;
  }
  return end;
}

/** Whether a capitalised word after a town begins something else; not after a small word (`Zell am See`). */
function startsOther(prose: Prose, index: number): boolean {
  const folded = foldedWord(prose, index);
  const bits = known(folded);
  if (!(bits & PLAIN) || bits & (ENTITY | PARTICLE) || prose.kind[index - 1] === LOWER) return false;
  // `Cascina Nuova`, `Vila Nova`: new towns, where nothing comes that would be new
  const isNew = /^(?:nuov[aio]|nuev[ao]|nov[ao]|neu|nieuw|nowy|nowa|ny|uusi)$/.test(folded);
  return !isNew || (index + 1 < prose.count && prose.before[index + 1] === SPACE && prose.kind[index + 1] === CAPITAL);
}

function isSaint(prose: Prose, index: number): boolean {
  return /^(?:St|Ste|Bad|Sta|Sto|Hl|Co)$/.test(word(prose, index));
}

/** Whether a word may go on an address: after a space, a comma or a new line, or a comma that ends a line. */
export function goesOn(prose: Prose, index: number): boolean {
  if (index >= prose.count) return false;
  const gap = prose.before[index];
  if (gap === SPACE || gap === COMMA || gap === LINE) return true;
  if (gap !== OTHER && gap !== DOT) return false;
  return /^(?:\s{0,2}[,;|]\s{0,3}| [-–—·] |\.,\s?)$/.test(prose.text.slice(prose.end[index - 1], prose.start[index]));
}

/** Whether a word stands behind the one before it in one cell: a space or a comma between, no tab. */
export function standsBehind(prose: Prose, index: number): boolean {
  const gap = prose.before[index];
  return gap === COMMA || (gap === SPACE && prose.text.charCodeAt((prose.start[index] ?? 0) - 1) !== 0x09);
}
