import { WritError } from '../errors.ts';
import { isObject, type JsonObject, type NumberTexts } from '../json/types.ts';
import { readContents } from './content.ts';
import { isNumber, type Kinds, oneOf } from './known-members.ts';
import type { Masking, Shown } from './masking.ts';
import { readMembers } from './members.ts';

/**
 * The result of resources/read. Texts that are a JSON object or array are masked; other text, and what else there is, only
 * where masks vouch for free words: no structuredContent does.
 */
export function maskResource(
  value: JsonObject,
  numbers: NumberTexts,
  masking: Masking,
  asked: string | undefined,
): Shown {
  const { contents } = value;
  if (!Array.isArray(contents)) throw new WritError('WRIT_MASK_FAILED', 'The result is not that of a resource.');
  const read = contents.map((item) => {
    if (!isObject(item) || typeof item.uri !== 'string')
      throw new WritError('WRIT_MASK_FAILED', 'A content of the resource has no URI.');
    return readContents(item, masking, numbers, asked);
  });
  const others = readMembers(value, about, masking, numbers, ['contents']);
  masking.settle();
  const items = read.map((show) => show());
  const { value: document, withheld } = others();
  return {
    value: Object.assign(document, { contents: items.map((item) => item.value) }),
    withheld: items.reduce((sum, item) => sum + item.withheld, withheld),
  };
}

const about: Kinds = new Map([
  ['resultType', oneOf('complete')],
  ['ttlMs', isNumber],
  ['cacheScope', oneOf('public', 'private')],
]);
