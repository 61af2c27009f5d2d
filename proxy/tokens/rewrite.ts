import type { Container } from '../../engine/json/path.ts';
import type { Json, JsonObject, NumberTexts } from '../../engine/json/types.ts';

/** Other texts by the place where they stand. */
export type Texts = ReadonlyMap<Container, ReadonlyMap<string | number, string>>;

/** A copy of a value with other texts at some places; what has none of them is the very same. Numbers keep their texts. */
export function rewrite(value: Json, texts: Texts, numbers: NumberTexts): Json {
  if (typeof value !== 'object' || value === null) return value;
  const own = texts.get(value);
  let copy: Json[] | JsonObject | undefined;
  const set = (key: string | number, item: Json) => {
    copy ??= copied(value, numbers);
    if (Array.isArray(copy)) copy[Number(key)] = item;
    else copy[key] = item;
  };
  for (const [key, item] of Array.isArray(value) ? value.entries() : Object.entries(value)) {
    const anew = own?.get(key) ?? rewrite(item, texts, numbers);
    if (anew !== item) set(key, anew);
  }
  return copy ?? value;
}

/** Without a prototype, as the parser makes objects: a member may be named `__proto__`. */
function copied(value: Container, numbers: NumberTexts): Json[] | JsonObject {
  const copy = Array.isArray(value) ? value.slice() : Object.assign(Object.create(null), value);
  const known = numbers.get(value);
  if (known !== undefined) numbers.set(copy, known);
  return copy;
}
