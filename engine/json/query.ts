import { isExact } from './numbers.ts';
import { compilePath } from './path.ts';
import type { Json, JsonDocument } from './types.ts';

/**
 * The values an RFC 9535 query selects, in its order. A number that is not exactly a double is given as its source
 * text, so that nobody compares it with what it is not.
 *
 * @throws WritError WRIT_MASK_PATH for an invalid query, WRIT_MASK_FAILED beyond its budget
 */
export function queryValues(path: string, document: JsonDocument): Json[] {
  const values: Json[] = [];
  compilePath(path).select([document.value], (holder, key, value) => {
    const text = typeof value === 'number' ? document.numbers.get(holder)?.get(key) : undefined;
    values.push(text === undefined || isExact(text) ? value : text);
  });
  return values;
}
