import { matchesOf } from '../matches.ts';
import type { Context, Found } from '../types.ts';
import { closes, opens } from './chars.ts';
import { cue, lastCue, wordsBefore } from './cues.ts';
import { vatRules } from './vat-rules.ts';

const PREFIX =
  /\b(?:AT|BE|BG|CHE|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|HR|HU|IE|IT|LT|LU|LV|MT|NL|NO|PL|PT|RO|SE|SI|SK|XI)(?=[ -]?[A-Z\d])/g;
const BODY = /[ -]?[A-Z\d](?:[ .-]?[A-Z\d]){6,13}/y;

const vatCue = cue([
  'vat',
  'ust',
  'uid$',
  'umsatzsteuer',
  'mwst',
  'tva$',
  'btw',
  'iva$',
  'partita iva',
  'p.iva',
  'p. iva',
  'nip',
  'dič',
  'dic$',
  'ic dph',
  'moms',
  'alv$',
  'ddv',
  'pdv',
  'ándv',
  'áfa',
  'adószám',
  'km$',
  'pvn',
  'pvm',
  'kmkr',
  'cif$',
  'nif iva',
  'nif$',
  'αφμ',
  'α.φ.μ',
  'afm$',
  'ддс',
  'tax',
  'intracom',
  'momsreg',
  'y tunnus',
  'mva',
  'oib$',
]);

/** Finds VAT identification numbers with the prefix of their country: by form and check digits. */
export function findVatNumbers(text: string, context: Context): Found[] {
  const found: Found[] = [];
  let reach = 0;
  for (const match of matchesOf(PREFIX, text)) {
    const start = match.index;
    const prefix = match[0];
    if (start < reach || !opens(text, start)) continue;
    BODY.lastIndex = start + prefix.length;
    const body = BODY.exec(text)?.[0];
    const hit = body === undefined ? undefined : longest(text, start, prefix, prefix + body);
    if (hit === undefined) continue;
    const cued = lastCue(vatCue, wordsBefore(text, start, context)) >= 0;
    if (!hit.checked && !cued) continue;
    const confidence = cued ? 0.96 : 0.8;
    reach = hit.end;
    found.push({ start, end: hit.end, type: 'VAT_EU', detector: 'vat', confidence });
  }
  return found;
}

/** The longest beginning of a candidate that is a number of its country. */
function longest(
  text: string,
  start: number,
  prefix: string,
  candidate: string,
): { end: number; checked: boolean } | undefined {
  const rule = vatRules[prefix];
  if (rule === undefined) return undefined;
  for (let length = candidate.length; length > 8; length--) {
    const end = start + length;
    if (!closes(text, end) || /[ .-]/.test(text[end - 1] ?? '')) continue;
    const body = candidate.slice(prefix.length, length).replace(/[ .-]/g, '');
    if (!rule.form.test(body)) continue;
    if (rule.check === undefined) return { end, checked: false };
    if (rule.check(body)) return { end, checked: true };
  }
  return undefined;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [PREFIX, BODY, /[ .-]/g];
