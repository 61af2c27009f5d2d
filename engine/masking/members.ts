import type { Json, JsonObject, NumberTexts } from '../json/types.ts';
import { withoutMembers } from '../json/with-member.ts';
import { type Kinds, keepMembers } from './known-members.ts';
import type { Masking, Shown } from './masking.ts';

/**
 * Members of an object that say nothing of anyone, as their kinds show, and the others: shown, masked, where masks vouch
 * for free words, and left out where they do not. `apart` are those that are shown by other means.
 */
export function readMembers(
  object: JsonObject,
  kinds: Kinds,
  masking: Masking,
  numbers: NumberTexts,
  apart: readonly string[] = [],
): () => Shown {
  const kept = keepMembers(object, kinds, numbers);
  let count = 0;
  for (const name of Object.keys(object)) if (!Object.hasOwn(kept, name) && !apart.includes(name)) count++;
  if (count === 0 || !masking.vouch) return () => ({ value: kept, withheld: count });
  const others = withoutMembers(object, [...Object.keys(kept), ...apart], numbers);
  const words = masking.words(others, numbers);
  return () => ({ value: joinedMembers(kept, masking.show(words), numbers), withheld: 0 });
}

/** Puts members into an object, with the texts of their numbers. */
export function joinedMembers(object: JsonObject, added: Json | undefined, numbers: NumberTexts): JsonObject {
  if (typeof added !== 'object' || added === null || Array.isArray(added)) return object;
  if (Object.keys(added).length === 0) return object;
  const texts = new Map([...(numbers.get(object) ?? []), ...(numbers.get(added) ?? [])]);
  Object.assign(object, added);
  if (texts.size > 0) numbers.set(object, texts);
  return object;
}
