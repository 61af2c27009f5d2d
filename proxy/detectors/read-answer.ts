import type { DetectedType, Found } from '../../engine/detect/types.ts';
import { WritError } from '../../engine/errors.ts';
import { isObject, type Json } from '../../engine/json/types.ts';

/** Values in one text. */
const mostFound = 10_000;

/** What the entities of Presidio are here. Others, as DATE_TIME, NRP and URL, say too little of anyone, or have no type here. */
const types: ReadonlyMap<string, DetectedType> = new Map([
  ['PERSON', 'PERSON'],
  ['EMAIL_ADDRESS', 'EMAIL'],
  ['PHONE_NUMBER', 'PHONE'],
  ['LOCATION', 'ADDRESS'],
  ['CREDIT_CARD', 'CREDIT_CARD'],
  ['IBAN_CODE', 'IBAN'],
  ['IP_ADDRESS', 'IP_ADDRESS'],
  ['MAC_ADDRESS', 'MAC'],
  ['US_PASSPORT', 'PASSPORT'],
  ['IT_PASSPORT', 'PASSPORT'],
  ['ES_NIF', 'ES_DNI'],
  ['ES_NIE', 'ES_NIE'],
  ['FI_PERSONAL_IDENTITY_CODE', 'FI_HETU'],
  ['IT_FISCAL_CODE', 'IT_CF'],
  ['IT_VAT_CODE', 'VAT_EU'],
  ['PL_PESEL', 'PL_PESEL'],
  ['SE_PERSONNUMMER', 'SE_PNR'],
  ['UK_NHS', 'UK_NHS'],
  ['UK_NINO', 'UK_NINO'],
]);

/**
 * What the analyzer says of a text, with its offsets in code points turned into UTF-16 code units.
 * @throws WritError WRIT_DETECTOR_UNAVAILABLE for what is no list of values within the text
 */
export function readAnswer(body: string, text: string, threshold: number): Found[] {
  const answer = parsed(body);
  if (!Array.isArray(answer) || answer.length > mostFound) throw malformed();
  const { at, length } = codePoints(text);
  return answer.flatMap((each): Found[] => {
    if (!isObject(each)) throw malformed();
    const { entity_type, start, end, score } = each;
    if (typeof entity_type !== 'string' || typeof score !== 'number' || !(score >= 0 && score <= 1)) throw malformed();
    if (typeof start !== 'number' || typeof end !== 'number') throw malformed();
    if (!Number.isInteger(start) || !Number.isInteger(end) || start < 0 || start >= end || end > length)
      throw malformed();
    const type = types.get(entity_type);
    if (type === undefined || score < threshold) return [];
    return [{ start: at(start), end: at(end), type, detector: 'presidio', confidence: score }];
  });
}

function parsed(body: string): Json {
  try {
    return JSON.parse(body);
  } catch {
    throw malformed();
  }
}

function malformed(): WritError {
  return new WritError(
    'WRIT_DETECTOR_UNAVAILABLE',
    'It answered with something that is no list of values in the text.',
  );
}

/** Where each code point of a text begins; `at(length)` is where the text ends. */
function codePoints(text: string): { at(index: number): number; length: number } {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return { at: (index) => index, length: text.length };
  const starts: number[] = [];
  let offset = 0;
  for (const character of text) {
    starts.push(offset);
    offset += character.length;
  }
  return { at: (index) => starts[index] ?? text.length, length: starts.length };
}
