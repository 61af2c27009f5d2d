import { WritError } from '../errors.ts';
import { isObject, type JsonObject, type NumberTexts } from '../json/types.ts';
import { isBoolean, isNumber, type Kinds, oneOf } from './known-members.ts';
import type { Masking, Shown } from './masking.ts';
import { readMembers } from './members.ts';

/**
 * The result of completion/complete: its values are texts into which no path leads, so they are shown only where masks
 * vouch for free words.
 */
export function maskCompletion(value: JsonObject, numbers: NumberTexts, masking: Masking): Shown {
  const { completion } = value;
  if (!isObject(completion) || !Array.isArray(completion.values))
    throw new WritError('WRIT_MASK_FAILED', 'The result is not that of a completion.');
  const values = masking.vouch ? masking.words(completion.values, numbers) : undefined;
  const within = readMembers(completion, ofCompletion, masking, numbers, ['values']);
  const others = readMembers(value, about, masking, numbers, ['completion']);
  masking.settle();
  const [inner, outer] = [within(), others()];
  const shown = values === undefined ? [] : (masking.show(values) ?? []);
  return {
    value: { ...outer.value, completion: Object.assign(inner.value, { values: shown }) },
    withheld: (values === undefined ? completion.values.length : 0) + inner.withheld + outer.withheld,
  };
}

const about: Kinds = new Map([['resultType', oneOf('complete')]]);
const ofCompletion: Kinds = new Map([
  ['total', isNumber],
  ['hasMore', isBoolean],
]);
