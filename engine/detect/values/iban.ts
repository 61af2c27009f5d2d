import { countrySpecs } from 'ibantools';
import type { Context, Found } from '../types.ts';
import { closes, isDigit, isLetter, opens, separator } from './chars.ts';

const lengths = new Map<string, number>();
const forms = new Map<string, RegExp>();
for (const [country, spec] of Object.entries(countrySpecs)) {
  if (spec.IBANRegistry !== true || typeof spec.chars !== 'number') continue;
  lengths.set(country, spec.chars);
  if (typeof spec.bban_regexp === 'string') forms.set(country, new RegExp(spec.bban_regexp));
}

/** Finds IBANs (ISO 13616), in groups or in one: of the length of their country, with its check digits. */
export function findIbans(text: string, _context: Context): Found[] {
  const found: Found[] = [];
  for (let i = 0; i + 14 < text.length; i++) {
    // The check digits come first: they are rarer than letters.
    if (!isDigit(text.charCodeAt(i + 2)) || !isDigit(text.charCodeAt(i + 3))) continue;
    const end = ibanEnd(text, i);
    if (end < 0) continue;
    found.push({ start: i, end, type: 'IBAN', detector: 'iban', confidence: 0.98 });
    i = end - 1;
  }
  return found;
}

function ibanEnd(text: string, start: number): number {
  if (!isLetter(text.charCodeAt(start)) || !isLetter(text.charCodeAt(start + 1))) return -1;
  if (!opens(text, start)) return -1;
  const length = lengths.get(text.slice(start, start + 2).toUpperCase());
  if (length === undefined) return -1;
  let compact = '';
  let i = start;
  for (; i < text.length && compact.length < length; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code) || isLetter(code)) compact += text[i];
    else if (compact.length < 4 || !isGap(text, i)) return -1;
  }
  if (compact.length < length || !closes(text, i)) return -1;
  return isIban(compact.toUpperCase()) ? i : -1;
}

/**
 * The form of its country and ISO 7064 MOD 97-10. Check digits that banks of a country have within are not asked for: a
 * slip in them leaves the number somebody's.
 */
function isIban(compact: string): boolean {
  if (forms.get(compact.slice(0, 2))?.test(compact.slice(4)) === false) return false;
  let rest = 0;
  for (let i = 0; i < compact.length; i++) {
    const code = compact.charCodeAt((i + 4) % compact.length);
    rest = (isDigit(code) ? rest * 10 + code - 48 : rest * 100 + code - 55) % 97;
  }
  return rest === 1;
}

/** One space, hyphen or dot between groups. */
function isGap(text: string, at: number): boolean {
  const sign = separator(text.charCodeAt(at));
  if (sign === '' || sign === '+' || sign === '/') return false;
  const next = text.charCodeAt(at + 1);
  return isDigit(next) || isLetter(next);
}
