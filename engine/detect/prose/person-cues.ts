import { introductions, mentions } from './cue-words.ts';
import { fold } from './fold.ts';
import { AFTER, CLOSING, GREETING, KIN, known, LABEL, ROLE, TITLE, WEAK } from './name-book.ts';
import { foldedWord, type Prose } from './text.ts';
import { BLANK_LINE, COMMA, DOT, LINE, LOWER, OTHER, SPACE } from './words.ts';

/** How strongly the words around say that a name stands here. */
export const NO_CUE = 0;
/** Some word and a colon: what follows is a value, of a person or not. */
export const COLON_CUE = 0.5;
export const WEAK_CUE = 1;
export const ROLE_CUE = 2;
export const GREETING_CUE = 3;
export const KIN_CUE = 4;
export const SIGNATURE_CUE = 5;
export const INTRODUCTION_CUE = 6;
export const TITLE_CUE = 7;

const phrases = phrasesOf(introductions);
const mentioned = phrasesOf(mentions);

function phrasesOf(list: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(Object.entries(list).map(([last, firsts]) => [fold(last), new Set(firsts.split(' '))]));
}

/** Words that join a role and a name: `Ansprechpartner ist ...`. */
const copulas: ReadonlySet<string> = new Set([
  'is',
  'was',
  'ist',
  'war',
  'est',
  'es',
  'era',
  'e',
  'is',
  'ar',
  'er',
  'on',
  'jest',
]);
/** Verbs before one that says what somebody did: `was born`, `has moved`. */
const auxiliaries: ReadonlySet<string> = new Set(
  'was is has had have did will would wurde wird hat ist a est sera ha fue ha e fu foi werd heeft jest zostal blev har er on'.split(
    ' ',
  ),
);

/** Abbreviations for `in the name of`, `in care of`, `to the attention of`, `on behalf of`. */
const onBehalf = /(?:t\.n\.v\.|t\.a\.v\.|z\. ?Hd\.|i\. ?A\.|i\. ?V\.|c\/o|p\.p\.|À l'att\.|F\.A\.O\.|[Aa]\.[Aa]\.) $/;

/** The cue before word `index`. */
export function cueBefore(prose: Prose, index: number): number {
  if (index === 0) return NO_CUE;
  const gap = prose.before[index] ?? OTHER;
  const start = prose.start[index] ?? 0;
  // `the policyholder, Ann Example,`
  if (gap === COMMA && prose.kind[index - 1] === LOWER && known(foldedWord(prose, index - 1)) & ROLE) return ROLE_CUE;
  // Cells of a table do not speak of each other.
  if (gap === SPACE && prose.text.charCodeAt(start - 1) === 9) return NO_CUE;
  if (gap === COMMA || gap === LINE || gap === BLANK_LINE) return closes(prose, index) ? SIGNATURE_CUE : NO_CUE;
  const bits = known(foldedWord(prose, index - 1));
  if ((gap === DOT || gap === OTHER) && onBehalf.test(prose.text.slice(Math.max(0, start - 12), start)))
    return ROLE_CUE;
  if (gap === DOT)
    return bits & TITLE && (prose.end[index - 1] ?? 0) - (prose.start[index - 1] ?? 0) < 7
      ? TITLE_CUE
      : prose.text[prose.start[index - 1] ?? 0] === 'D' && isLetterAlone(prose, index - 1)
        ? ROLE_CUE
        : NO_CUE;
  if (gap === OTHER) {
    if (!isLabel(prose, index)) return NO_CUE;
    return bits & (ROLE | TITLE | KIN | LABEL) ? ROLE_CUE : COLON_CUE;
  }
  if (speaks(prose, index - 1, phrases)) return INTRODUCTION_CUE;
  if (bits & TITLE) return TITLE_CUE;
  if (bits & KIN) return KIN_CUE;
  if (bits & ROLE) return ROLE_CUE;
  if (bits & GREETING) return GREETING_CUE;
  if (speaks(prose, index - 1, mentioned)) return prose.before[index + 1] === SPACE ? ROLE_CUE : WEAK_CUE;
  if (copulas.has(foldedWord(prose, index - 1)) && known(foldedWord(prose, index - 2)) & (ROLE | KIN)) return ROLE_CUE;
  return bits & WEAK ? WEAK_CUE : NO_CUE;
}

/** `D. Anna ...`: the Spanish title. */
function isLetterAlone(prose: Prose, index: number): boolean {
  return (prose.end[index] ?? 0) - (prose.start[index] ?? 0) === 1;
}

/** Whether only a colon, and space, stands between a word and the one before it. */
export function isLabel(prose: Prose, index: number): boolean {
  const between = prose.text.slice(prose.end[index - 1], prose.start[index]);
  return between.length < 8 && /^\*{0,2}\s?[:=]\*{0,2}\s{0,3}["'„“«]?$/.test(between);
}

function speaks(prose: Prose, last: number, among: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const firsts = among.get(foldedWord(prose, last));
  if (firsts === undefined) return false;
  if (firsts.has('*')) return true;
  for (let index = last - 1; index >= 0 && index >= last - 3; index -= 1) {
    if (firsts.has(foldedWord(prose, index))) return true;
  }
  return false;
}

/** A closing of a letter on the line before: `Kind regards,` and then the name. */
function closes(prose: Prose, index: number): boolean {
  const gap = prose.before[index];
  if (gap !== LINE && gap !== BLANK_LINE && gap !== COMMA) return false;
  if (!(known(foldedWord(prose, index - 1)) & CLOSING)) return false;
  // a closing is short: it begins a line or a sentence within four words
  for (let back = index - 1; back >= 0 && back > index - 6; back -= 1) {
    const before = prose.before[back];
    if (back === 0 || before === LINE || before === BLANK_LINE || before === DOT || before === OTHER) return true;
  }
  return false;
}

/** Whether what follows word `index - 1` says that a name stood there: a verb, a label of an id, an address in `<>`. */
export function cueAfter(prose: Prose, index: number): boolean {
  const from = prose.end[index - 1] ?? 0;
  const next = prose.text.slice(from, from + 60);
  if (/^ ?[<([]\s?(?:mailto:)?[^\s<>@()]{1,40}@/.test(next)) return true;
  if (/^ ?\((?:date of birth|d\.?o\.?b|born|geb|né|nat[oa]|nacid|nascid|ur\.|född|født|synt)/i.test(next)) return true;
  if (index >= prose.count) return false;
  const gap = prose.before[index];
  const bits = known(foldedWord(prose, index));
  if (gap === SPACE && auxiliaries.has(foldedWord(prose, index)) && known(foldedWord(prose, index + 1)) & AFTER)
    return true;
  if (!(bits & AFTER)) return false;
  if (gap === SPACE) return prose.kind[index] === LOWER || !(bits & WEAK);
  return gap === COMMA || (gap === OTHER && /^ ?[(;*–—-]/.test(next));
}
