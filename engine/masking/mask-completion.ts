import { WritError } from '../errors.ts';
import { isObject, type JsonObject, type NumberTexts } from '../json/types.ts';
import { isBoolean, isNumber, type Kinds, keepMembers, oneOf } from './known-members.ts';
import type { Shown } from './masking.ts';

/** The result of completion/complete: its values are texts into which no path leads, so none of them is shown. */
export function maskCompletion(value: JsonObject, numbers: NumberTexts): Shown {
  const { completion } = value;
  if (!isObject(completion) || !Array.isArray(completion.values))
    throw new WritError('WRIT_MASK_FAILED', 'The result is not that of a completion.');
  const counts = keepMembers(completion, ofCompletion, numbers);
  const document = keepMembers(value, about);
  const others = Object.keys(value).length - Object.keys(document).length - 1;
  const within = Object.keys(completion).length - Object.keys(counts).length - 1;
  return {
    value: { ...document, completion: Object.assign(counts, { values: [] }) },
    withheld: completion.values.length + within + others,
  };
}

const about: Kinds = new Map([['resultType', oneOf('complete')]]);
const ofCompletion: Kinds = new Map([
  ['total', isNumber],
  ['hasMore', isBoolean],
]);
