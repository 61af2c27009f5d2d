import { replaced, type View } from './view.ts';

/** Domains that end texts written backwards begin with, and those of texts in ROT13 end with. */
const tops = 'com|org|net|edu|gov|info|eu|uk|de|fr|es|pt|it|nl|be|pl|se|io|app|dev|test|invalid|example';
const backwards = (text: string) => [...text].reverse().join('');
const turnedTop = new RegExp(`(?<![a-z0-9])(?:${backwards(tops)})\\.[a-z0-9._-]{1,64}@`, 'i');
const rotated = (text: string) => text.replace(/[a-z]+/gi, rot13);
/** `.fr` is `.se` in ROT13: such an address is found as it is written, and most are what they seem. */
const telling = tops.replace(/\|(?:fr|se)(?=\|)/g, '');
const rotatedTop = new RegExp(`@[a-z0-9._-]{1,64}\\.(?:${rotated(telling)})(?![a-z0-9])`, 'i');

/** A text written from its end, where an address in it is. */
export function reversed(view: View): View | undefined {
  return turnedTop.test(view.text) ? turned(view) : undefined;
}

/** ROT13, where an address is in it. */
export function rot13Text(view: View): View | undefined {
  return rotatedTop.test(view.text) ? replaced(view, /[a-z]{1,256}/gi, ([word]) => rotated(word), 'ROT13') : undefined;
}

/** Other ways to write a value that is known: they are looked for beside it, and cost less than to turn every text. */
export function turnedSpellings(value: string): string[] {
  return [...new Set([backwards(value), rotated(value)])].filter((each) => each !== value);
}

function turned(view: View): View {
  const { length } = view.text;
  return {
    // Unit for unit; a pair of surrogates that is torn is no part of an address.
    text: view.text.split('').reverse().join(''),
    how: view.how === '' ? 'reversed' : `${view.how}, reversed`,
    changes: [...view.changes, view.place(0, length)],
    place: (start, end) => view.place(length - end, length - start),
  };
}

function rot13(letters: string): string {
  let turned = '';
  for (let at = 0; at < letters.length; at++) {
    const code = letters.charCodeAt(at);
    turned += String.fromCharCode((code & 31) <= 13 ? code + 13 : code - 13);
  }
  return turned;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [turnedTop, rotatedTop];
