import { fold } from '../prose/fold.ts';
import { ALSO_WORD, GIVEN, knownName, PLAIN } from '../prose/name-book.ts';

/** How far before a number somebody stands whose it is, in code units. */
const REACH = 64;
/** An e-mail address, and a few signs or a small word behind it. */
const ADDRESS = /@[\w.-]{2,60}[^\d@\n]{1,16}$/;
/** What may stand between a name and the number. */
const BETWEEN = ' ,:;|-–\n\t(';
const MOST_WORDS = 3;

/** Whether an e-mail address or somebody's name stands right before a number, as in signatures and lists. */
export function isBesideSomebody(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - REACH), start);
  return ADDRESS.test(before) || endsInName(before);
}

function endsInName(before: string): boolean {
  let end = before.length;
  while (end > 0 && BETWEEN.includes(before[end - 1] ?? '')) end--;
  const gap = before.length - end;
  if (gap === 0 || gap > 4) return false;
  const words = before.slice(0, end).split(/[ \n]/).slice(-MOST_WORDS);
  // One capitalised word alone may be anything.
  let capitals = 0;
  let given = false;
  for (let at = words.length - 1; at >= 0; at--) {
    const word = words[at] ?? '';
    if (!/^\p{Lu}/u.test(word)) break;
    capitals++;
    const bits = knownName(fold(word));
    if ((bits & GIVEN) !== 0 && (bits & (ALSO_WORD | PLAIN)) === 0) given = true;
  }
  return given && capitals > 1;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [ADDRESS, /[ \n]/, /^\p{Lu}/u];
