import type { Context, Found } from '../types.ts';
import { closes, isDigit, opens } from './chars.ts';
import { cue, lastCue, thingCue, wordsBefore } from './cues.ts';
import { luhn } from './ids/checks.ts';

/** A number in one, or in the groups that are printed on cards. */
const WRITTEN =
  /\d{13,19}|\d{4}[ \u00a0-]\d{6}[ \u00a0-]\d{4,5}|\d{4}[ \u00a0-]\d{4}[ \u00a0-]\d{4}[ \u00a0-]\d{1,4}(?:[ \u00a0-]\d{1,3})?/y;

/** Issuer identification numbers: the range of the leading digits, and the lengths that are issued. */
const issuers: readonly { from: number; to: number; digits: number; lengths: readonly number[] }[] = [
  { from: 4, to: 4, digits: 1, lengths: [13, 16, 19] },
  { from: 51, to: 55, digits: 2, lengths: [16] },
  { from: 2221, to: 2720, digits: 4, lengths: [16] },
  { from: 34, to: 34, digits: 2, lengths: [15] },
  { from: 37, to: 37, digits: 2, lengths: [15] },
  { from: 300, to: 305, digits: 3, lengths: [14, 16, 19] },
  { from: 3095, to: 3095, digits: 4, lengths: [14, 16, 19] },
  { from: 36, to: 36, digits: 2, lengths: [14, 16, 19] },
  { from: 38, to: 39, digits: 2, lengths: [14, 16, 19] },
  { from: 3528, to: 3589, digits: 4, lengths: [16, 17, 18, 19] },
  { from: 6011, to: 6011, digits: 4, lengths: [16, 19] },
  { from: 644, to: 649, digits: 3, lengths: [16, 19] },
  { from: 65, to: 65, digits: 2, lengths: [16, 19] },
  { from: 62, to: 62, digits: 2, lengths: [16, 17, 18, 19] },
  { from: 81, to: 81, digits: 2, lengths: [16, 17, 18, 19] },
  { from: 50, to: 50, digits: 2, lengths: [13, 14, 15, 16, 17, 18, 19] },
  { from: 56, to: 58, digits: 2, lengths: [13, 14, 15, 16, 17, 18, 19] },
  { from: 6304, to: 6304, digits: 4, lengths: [16, 18, 19] },
  { from: 6759, to: 6771, digits: 4, lengths: [13, 14, 15, 16, 17, 18, 19] },
  { from: 2200, to: 2205, digits: 4, lengths: [16, 17, 18, 19] },
  { from: 4571, to: 4571, digits: 4, lengths: [16] },
  { from: 5019, to: 5019, digits: 4, lengths: [16] },
];

const cardCue = cue([
  'card',
  'pan$',
  'visa',
  'mastercard',
  'amex',
  'american express',
  'maestro',
  'diners',
  'discover',
  'credit',
  'debit',
  'cc$',
  'karte',
  'kreditkart',
  'carte',
  'tarjeta',
  'carta',
  'cartão',
  'kaart',
  'karta',
  'karty',
  'kort',
  'kortti',
  'paid',
  'payment',
  'pago',
  'cb$',
]);

/** Finds payment card numbers (ISO/IEC 7812): by issuer, length and Luhn. */
export function findCards(text: string, context: Context): Found[] {
  const found: Found[] = [];
  for (let start = 0, next = 0; start < text.length; start = next + 1) {
    for (next = start; isDigit(text.charCodeAt(next)); next++);
    // One group of four begins what is printed in groups.
    if ((next - start !== 4 && next - start < 13) || !opens(text, start)) continue;
    WRITTEN.lastIndex = start;
    const match = WRITTEN.exec(text)?.[0];
    if (match === undefined) continue;
    const written = trimmed(match);
    const end = start + written.length;
    next = Math.max(next, end);
    if (!closes(text, end)) continue;
    const digits = written.replace(/\D/g, '');
    if (!isIssued(digits) || !luhn(digits)) continue;
    const words = wordsBefore(text, start, context);
    const card = lastCue(cardCue, words);
    const thing = lastCue(thingCue, words);
    // One in ten long numbers of things passes Luhn.
    if (thing > card || (digits.length === 13 && card < 0)) continue;
    found.push({ start, end, type: 'CREDIT_CARD', detector: 'card', confidence: card >= 0 ? 0.97 : 0.85 });
  }
  return found;
}

/** What comes after sixteen digits in groups of four may be the month of expiry: it belongs to the number only if that is one. */
function trimmed(written: string): string {
  const groups = written.split(/[ \u00a0-]/);
  if (groups.length !== 5) return written;
  const digits = groups.join('');
  return isIssued(digits) && luhn(digits) ? written : written.slice(0, written.length - (groups[4]?.length ?? 0) - 1);
}

function isIssued(digits: string): boolean {
  return issuers.some(
    (issuer) =>
      issuer.lengths.includes(digits.length) &&
      Number(digits.slice(0, issuer.digits)) >= issuer.from &&
      Number(digits.slice(0, issuer.digits)) <= issuer.to,
  );
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [WRITTEN, /\D/g, /[ \u00a0-]/];
