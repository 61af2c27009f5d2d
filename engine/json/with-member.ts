import type { Json, JsonObject, NumberTexts } from './types.ts';

/**
 * A copy of an object with one member set, for which `numbers` knows the texts of the original; the member's own are
 * known by its own containers. The original is not changed.
 */
export function withMember(object: JsonObject, key: string, value: Json, numbers: NumberTexts): JsonObject {
  const copy: JsonObject = { ...object, [key]: value };
  const texts = numbers.get(object);
  if (texts !== undefined) {
    const kept = new Map(texts);
    kept.delete(key);
    numbers.set(copy, kept);
  }
  return copy;
}
