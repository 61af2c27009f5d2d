import { plainNumbers } from '../json/numbers.ts';
import type { Container } from '../json/path.ts';
import type { Json, JsonObject, NumberTexts } from '../json/types.ts';
import type { Literals } from './literals.ts';
import type { Reading } from './read.ts';
import type { Rule } from './rules.ts';

/**
 * Masks a part in place, as its reading wants it, and takes the masked values of the whole message out of every other
 * text and name in it. `times` is how often the part is shown. Returns undefined when all of it is dropped.
 */
export function rewrite(reading: Reading, rules: readonly Rule[], literals: Literals, times: number): Json | undefined {
  const { root, numbers } = reading.part;
  const thinned = new Set<Json[]>();
  for (const { holder, key, set, shown } of reading.verdicts) {
    set.count(times);
    textsOf(holder, numbers)?.delete(key);
    if (!Array.isArray(holder)) {
      if (shown === undefined) delete holder[key];
      else holder[key] = shown;
    } else {
      // Indexes stay as they are until nothing refers to them any more.
      holder[Number(key)] = shown === undefined ? dropped : shown;
      if (shown === undefined) thinned.add(holder);
    }
  }
  if (!literals.isEmpty) sweep(root, { reading, rules, literals, times, names: new Map() });
  for (const array of thinned) thin(array, numbers);
  return root[0];
}

/** Stands for an item to drop, by identity. */
const dropped: Json = [];

function thin(array: Json[], numbers: NumberTexts): void {
  const texts = textsOf(array, numbers);
  const moved = new Map<string | number, string>();
  let kept = 0;
  for (const [index, item] of array.entries()) {
    if (item === dropped) continue;
    const text = texts?.get(index);
    if (text !== undefined) moved.set(kept, text);
    array[kept++] = item;
  }
  array.length = kept;
  if (texts !== undefined) numbers.set(array, moved);
}

interface Sweep {
  readonly reading: Reading;
  readonly rules: readonly Rule[];
  readonly literals: Literals;
  readonly times: number;
  /** Names seen and what they become: rows of a table share theirs. */
  readonly names: Map<string, string>;
}

function sweep(container: Container, context: Sweep): void {
  const { marks, part } = context.reading;
  const marked = marks.get(container);
  const texts = textsOf(container, part.numbers);
  if (Array.isArray(container)) {
    for (let index = 0; index < container.length; index++) {
      const item = container[index] as Json;
      if (typeof item === 'object') {
        if (item !== null) sweep(item, context);
      } else if (marked === undefined || !marked.has(index)) {
        const shown = clean(item, texts?.get(index), context);
        if (shown === item) continue;
        container[index] = shown;
        texts?.delete(index);
      }
    }
    return;
  }
  let twins: Map<string, number> | undefined;
  for (const key of Object.keys(container)) {
    const item = container[key] as Json;
    if (typeof item === 'object') {
      if (item !== null) sweep(item, context);
    } else if (marked === undefined || !marked.has(key)) {
      const shown = clean(item, texts?.get(key), context);
      if (shown !== item) {
        container[key] = shown;
        texts?.delete(key);
      }
    }
    const name = cleanName(key, context);
    if (name === key) continue;
    twins ??= new Map();
    rename(container, key, numbered(container, name, twins), texts);
  }
}

function textsOf(container: Container, numbers: NumberTexts): Map<string | number, string> | undefined {
  return numbers === plainNumbers ? undefined : numbers.get(container);
}

function clean(item: string | number | boolean, text: string | undefined, { literals, times }: Sweep): Json {
  if (typeof item === 'string') return literals.remove(item, times);
  if (typeof item === 'number') return literals.replaceNumber(text ?? String(item), times) ?? item;
  return item;
}

/**
 * Names that a path of some mask spells out are structure and stay: a customer whose plan is called "email" must not
 * take the e-mail addresses out of their place.
 */
function cleanName(key: string, { names, literals, rules, times }: Sweep): string {
  const known = names.get(key);
  if (known !== undefined) return known;
  const name = rules.some(({ path }) => path.names.includes(key)) ? key : literals.remove(key, times);
  names.set(key, name);
  return name;
}

/** Two names may become one; neither member takes the place of the other. `twins` has the last number of each name. */
function numbered(object: JsonObject, stem: string, twins: Map<string, number>): string {
  let name = stem;
  let twin = twins.get(stem) ?? 1;
  // Counted on from the last, or many names that become one would take the square of their number in steps.
  while (Object.hasOwn(object, name)) name = `${stem} (${++twin})`;
  twins.set(stem, twin);
  return name;
}

function rename(object: JsonObject, from: string, name: string, texts: Map<string | number, string> | undefined): void {
  const text = texts?.get(from);
  const value = object[from] as Json;
  delete object[from];
  texts?.delete(from);
  object[name] = value;
  if (text !== undefined) texts?.set(name, text);
}
