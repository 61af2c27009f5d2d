import type { Found } from '../../engine/detect/types.ts';
import { WritError } from '../../engine/errors.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import { typeOfEntity } from './entities.ts';

/** Values in one text. */
const mostFound = 10_000;

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
    const type = typeOfEntity(entity_type);
    if (type === undefined || score < threshold) return [];
    return [{ start: at(start), end: at(end), type, detector: 'presidio', confidence: score }];
  });
}

/**
 * The entities that the analyzer has recognizers for.
 * @throws WritError WRIT_DETECTOR_UNAVAILABLE for what is no list of names
 */
export function readEntities(body: string): ReadonlySet<unknown> {
  const answer = parsed(body);
  if (!Array.isArray(answer)) throw malformed();
  return new Set(answer);
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
    'It answered with something that is no list of values in the text, or of entities.',
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
