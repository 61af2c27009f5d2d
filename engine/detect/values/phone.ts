import parsePhoneNumber, { type CountryCode } from 'libphonenumber-js/max';
import type { Context, Found } from '../types.ts';
import { closes, isDigit, isWord } from './chars.ts';
import { lastCue, thingCue, wordsBefore } from './cues.ts';
import { isBesideSomebody } from './phone-beside.ts';
import { type Chain, nextChain } from './phone-chain.ts';
import { type NationalForm, nationalForms } from './phone-regions.ts';
import { phoneCue } from './phone-words.ts';

/** The digits a number may have: E.164 has at most 15, and an exit code comes before them. */
const MAX_DIGITS = 17;
const MAX_GROUPS = 9;
/** As numbers are written in their country; dots stand between pairs alone, for they stand in decimals and versions too. */
const DIALLED = /^(?:[\d ()-]+|0\d(?:\.\d\d){4})$/;
/** Of the regions of a document, how many are likely enough for a number that nothing announces. */
const LIKELY = 2;

/** Finds phone numbers: international ones where they stand, national ones by cue, or by form in a document of their region. */
export function findPhones(text: string, context: Context): Found[] {
  const found: Found[] = [];
  let from = 0;
  for (let chain = nextChain(text, from); chain !== undefined; chain = nextChain(text, from)) {
    from = chain.end;
    inChain(text, chain, context, found);
  }
  return found;
}

function inChain(text: string, chain: Chain, context: Context, found: Found[]): void {
  const { groups } = chain;
  for (let first = 0; first < groups.length; ) {
    const hit = from(text, chain, first, context);
    if (hit === undefined) {
      first++;
      continue;
    }
    found.push(hit.found);
    first = hit.next;
  }
}

function from(text: string, chain: Chain, first: number, context: Context): { found: Found; next: number } | undefined {
  const group = chain.groups[first];
  if (group === undefined) return undefined;
  const { start } = group;
  const signed = text.charCodeAt(start) === 43;
  const exit = !signed && text.startsWith('00', start);
  if (first > 0 && !signed && text.charCodeAt(start - 1) !== 32 && text[start] !== '(') return undefined;
  if (start > 0 && !signed && (isWord(text.charCodeAt(start - 1)) || '#@-./'.includes(text[start - 1] ?? '')))
    return undefined;

  let last = first;
  let digits = 0;
  for (let i = first; i < chain.groups.length && i < first + MAX_GROUPS; i++) {
    const length = chain.groups[i]?.digits ?? 0;
    if (digits + length > MAX_DIGITS || (i > first && text[chain.groups[i]?.start ?? 0] === '+')) break;
    digits += length;
    last = i;
  }
  if (digits < 7) return undefined;
  // One group of more than thirteen digits is no number that is dialled in a country.
  if (!signed && group.digits > 13 + (exit ? 4 : 0)) return undefined;
  // Most groups of digits are dates, and no beginning of one has as many digits as a number.
  if (!signed && !exit && isDateAt(text, start)) return undefined;
  const words = wordsBefore(text, start, context);
  const cueAt = lastCue(phoneCue, words);
  const dialled = signed || exit || text[start] === '0' || text[start] === '(';
  const thingAt = lastCue(thingCue, words);
  const cued = cueAt >= 0 && cueAt >= thingAt;
  const beside = !cued && thingAt < 0 && isBesideSomebody(text, start);
  if (!dialled && !cued && !beside && context.regions.length === 0) return undefined;

  for (let i = last; i >= first; i--) {
    const end = chain.groups[i]?.end ?? start;
    if (digits < 7) return undefined;
    if (closes(text, end)) {
      const confidence = judge(
        text.slice(start, end),
        digits,
        i - first + 1,
        { cued, thing: thingAt >= 0, beside, line: isLine(text, start, end) },
        context,
      );
      if (confidence > 0) {
        return {
          found: {
            start,
            end,
            type: 'PHONE',
            detector: signed || exit ? 'phone.international' : 'phone.national',
            confidence,
          },
          next: i + 1,
        };
      }
    }
    digits -= chain.groups[i]?.digits ?? 0;
  }
  return undefined;
}

function judge(
  written: string,
  digits: number,
  groups: number,
  { cued, thing, beside, line }: { cued: boolean; thing: boolean; beside: boolean; line: boolean },
  context: Context,
): number {
  const compact = compactOf(written);
  if (compact.startsWith('+') || compact.startsWith('00')) {
    const number = compact.startsWith('+') ? compact : `+${compact.slice(2)}`;
    const parsed = parsePhoneNumber(number);
    if (parsed?.isValid() === true) {
      if (cued) return 0.95;
      return compact.startsWith('+') ? 0.9 : groups > 1 ? 0.8 : 0;
    }
    // Ranges are opened before tables of them are.
    if (digits < 9 || parsed?.isPossible() !== true) return 0;
    return compact.startsWith('+') || cued || (groups > 1 && !thing) ? 0.6 : 0;
  }
  if (digits > 13) return 0;
  const trunk = compact.startsWith('0');
  if (cued) {
    if (isNational(compact, context.regions, true)) return 0.85;
    return trunk && groups > 2 && digits > 8 && digits < 12 ? 0.6 : 0;
  }
  if (thing || written.includes('/')) return 0;
  if (beside && digits > 7 && (trunk ? digits > 8 : groups > 1) && isNational(compact, context.regions, true))
    return 0.6;
  // Without a cue: in groups as numbers are dialled, or in a document of its region.
  if (trunk && groups > 2 && DIALLED.test(written)) return isNational(compact, context.regions, true) ? 0.55 : 0;
  if (line && trunk && groups > 1 && digits > 8 && isNational(compact, context.regions, true)) return 0.5;
  return groups > (trunk ? 1 : 2) && isNational(compact, context.regions, false) ? 0.55 : 0;
}

/** Whether a number has a line of its own in a text of several, as below a signature. */
function isLine(text: string, start: number, end: number): boolean {
  if (start === 0 || text.charCodeAt(start - 1) !== 10) return false;
  return end === text.length || text.charCodeAt(end) === 10 || text.charCodeAt(end) === 13;
}

/** A trunk prefix in brackets after a country code is not dialled: `+44 (0)20`. */
function compactOf(written: string): string {
  const dialled = written.startsWith('+') || written.startsWith('00') ? written.replace('(0)', '') : written;
  return (dialled.startsWith('+') ? '+' : '') + dialled.replace(/\D/g, '');
}

const DATE = /(?:(?:19|20)\d{2}[-./ ]\d{1,2}[-./ ]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})(?!\d|[-./]\d)/y;

function isDateAt(text: string, start: number): boolean {
  DATE.lastIndex = start;
  return DATE.test(text);
}

function isNational(compact: string, regions: readonly string[], anywhere: boolean): boolean {
  // The likeliest first: each look at a plan costs.
  for (let i = 0; i < regions.length && (anywhere || i < LIKELY); i++) {
    for (const form of formsOf.get(regions[i] ?? '') ?? []) if (fits(compact, form)) return true;
  }
  if (!anywhere) return false;
  for (const form of nationalForms) if (!regions.includes(form.region) && fits(compact, form)) return true;
  return false;
}

const formsOf: ReadonlyMap<string, readonly NationalForm[]> = Map.groupBy(nationalForms, ({ region }) => region);

function fits(compact: string, { region, trunk, min, max }: NationalForm): boolean {
  const length = compact.length - trunk.length;
  if (length < min || length > max || !compact.startsWith(trunk)) return false;
  if (trunk === '' && region !== 'IT' && !isNonZero(compact)) return false;
  return isValidIn(compact, region);
}

function isNonZero(compact: string): boolean {
  const code = compact.charCodeAt(0);
  return isDigit(code) && code !== 48;
}

function isValidIn(compact: string, region: CountryCode): boolean {
  const parsed = parsePhoneNumber(compact, { defaultCountry: region, extract: false });
  return parsed?.isValid() === true;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [DIALLED, /\D/g, DATE];
