import type { Key } from '../detect/document/walk-leaves.ts';
import { plainNumbers } from '../json/numbers.ts';
import type { Container } from '../json/path.ts';
import { serialize } from '../json/serialize.ts';
import type { Json, JsonObject, NumberTexts } from '../json/types.ts';
import type { Literals } from './literals.ts';
import { type Place, replacePlaces } from './places.ts';
import { protocolNames } from './protocol-names.ts';
import { ofNode, type Reading } from './read.ts';
import type { Rules } from './rules.ts';
import type { Tally } from './tally.ts';

/** What a part is written with. */
export interface Writing {
  readonly rules: Rules;
  readonly memory: { readonly literals: Literals };
  readonly tally: Tally;
  /** What is found in names of members. */
  readonly names: ReadonlyMap<string, readonly Place[]>;
}

/**
 * Masks a part in place, as its reading wants it, and takes the masked values of the whole call out of every other
 * text and name in it. `times` is how often the part is shown. Returns undefined when all of it is dropped.
 */
export function rewrite(reading: Reading, writing: Writing, times: number): Json | undefined {
  const { root, numbers } = reading.part;
  const thinned = new Set<Json[]>();
  for (const { holder, key, set, shown } of reading.verdicts) {
    writing.tally.count(set.credits, times);
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
  const { literals } = writing.memory;
  if (!literals.isEmpty || reading.found !== undefined)
    sweep(root, { reading, writing, literals, times, names: new Map() });
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
  readonly writing: Writing;
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
        const shown = clean(item, texts?.get(index), container, index, context);
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
      const shown = clean(item, texts?.get(key), container, key, context);
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

function clean(
  item: string | number | boolean,
  text: string | undefined,
  holder: Container,
  key: Key,
  context: Sweep,
): Json {
  if (typeof item === 'boolean') return item;
  const { found } = context.reading;
  if (typeof item === 'number') {
    const [place] = (found && ofNode(found.places, holder, key)) ?? none;
    if (place === undefined) return cleanNumber(item, text, context);
    context.writing.tally.count(place.credits, context.times);
    return place.instead;
  }
  if (found === undefined) return replaced(item, none, context);
  const inner = ofNode(found.inner, holder, key);
  const written = inner === undefined ? item : cleanInner(item, inner, context);
  return replaced(written, ofNode(found.places, holder, key) ?? none, context);
}

const none: readonly Place[] = [];

function cleanNumber(item: number, text: string | undefined, { literals, writing, times }: Sweep): Json {
  const literal = literals.ofNumber(text ?? String(item));
  if (literal === undefined) return item;
  writing.tally.count(literal.credits, times);
  // A number that another number stands for stays one.
  const number = Number(literal.instead);
  return String(number) === literal.instead ? number : literal.instead;
}

/** JSON that is a string: written anew where anything of it is masked. */
function cleanInner(item: string, inner: Reading, { writing, times }: Sweep): string {
  const { tally } = writing;
  const before = tally.changes;
  const value = rewrite(inner, writing, times);
  if (tally.changes === before) return item;
  return value === undefined ? '' : serialize({ value, numbers: inner.part.numbers });
}

/** A text without what is found in it, and without the masked values of the call. */
function replaced(text: string, own: readonly Place[], { literals, writing, times }: Sweep): string {
  const known = literals.find(text);
  if (own.length === 0 && known.length === 0) return text;
  const places = own.length === 0 ? known : [...own, ...known];
  return replacePlaces(text, places, ({ credits }) => writing.tally.count(credits, times));
}

/**
 * Names that a path of some mask spells out are structure and stay: a customer whose plan is called "email" must not
 * take the e-mail addresses out of their place. So are those of the protocol.
 */
function cleanName(key: string, context: Sweep): string {
  const { names, writing, reading } = context;
  const known = names.get(key);
  if (known !== undefined) return known;
  const stays = reading.isProtocol
    ? protocolNames.has(key)
    : writing.rules.paths.some(({ path }) => path.names.includes(key));
  const name = stays ? key : replaced(key, writing.names.get(key) ?? none, context);
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
