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

/** A copy of an object without some members; the very object where it has none of them. */
export function withoutMembers(object: JsonObject, names: readonly string[], numbers: NumberTexts): JsonObject {
  if (!names.some((name) => Object.hasOwn(object, name))) return object;
  const copy: JsonObject = { ...object };
  const texts = new Map(numbers.get(object));
  for (const name of names) {
    delete copy[name];
    texts.delete(name);
  }
  if (texts.size > 0) numbers.set(copy, texts);
  return copy;
}
