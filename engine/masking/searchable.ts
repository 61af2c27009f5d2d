import { matchesOf } from '../detect/matches.ts';

/** A text as it is searched. */
export interface Searchable {
  readonly folded: string;
  /** Where each unit of `folded` stands in the text, and where the text ends; undefined where all stand at their own place. */
  readonly places?: readonly number[];
}

/** Without letter case and without escapes, of whatever JSON within JSON they are: one form for all ways to write a value. */
export function searchable(text: string): Searchable {
  const folded = fold(text);
  if (!folded.includes('\\')) return { folded };
  const places: number[] = [];
  let plain = '';
  let at = 0;
  let start = 0;
  const take = (units: string) => {
    for (let index = 0; index < units.length; index++) places.push(index === 0 ? start : at + index);
    plain += units;
    at += units.length;
    if (units !== '') start = at;
  };
  for (const match of matchesOf(escapes, folded)) {
    const [whole, unit, letter = ''] = match;
    take(folded.slice(at, match.index));
    at = match.index + whole.length;
    const character = unit === undefined ? controls[letter] : String.fromCharCode(Number.parseInt(unit, 16));
    // Backslashes alone go with what they escape.
    if (character === undefined) continue;
    places.push(start);
    plain += character;
    start = at;
  }
  take(folded.slice(at));
  places.push(text.length);
  return { folded: fold(plain), places };
}

/** Backslashes that escape a character, as often as JSON is inside JSON, or that stand for themselves. */
const escapes = /\\+(?:u([0-9a-f]{4})|([bfnrt]))?/g;
const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * Lower case, unit for unit, so that places in the folded text are places in the text. Only U+0130 grows in lower
 * case, and only sigma has a form that depends on what follows.
 */
export function fold(text: string): string {
  let folded = text.toLowerCase();
  if (folded.length !== text.length) folded = text.replaceAll('\u0130', 'i').toLowerCase();
  return folded.includes('\u03c2') ? folded.replaceAll('\u03c2', '\u03c3') : folded;
}
