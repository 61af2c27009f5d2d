import { categoryOf } from '../detect/categories.ts';
import type { Key } from '../detect/document/walk-leaves.ts';
import type { Container } from '../json/path.ts';
import type { Json, JsonObject, NumberTexts } from '../json/types.ts';
import type { Own } from './find/owns.ts';
import { fourDigits } from './literals.ts';
import type { Place } from './places.ts';
import { at, keysOf, ofNode, type Reading, type Verdict } from './read.ts';
import type { RuleSet } from './rule-set.ts';
import { type Replaceable, redacted, replacement, schemaAt } from './strategies/index.ts';
import type { Credit } from './tally.ts';
import type { MaskContext } from './types.ts';

/** Where masked values are put. */
export interface Remember {
  add(value: string, instead: string, credits: readonly Credit[]): void;
  /** A value of which it is not known whether it can be found: short ones cannot. */
  incomplete(): void;
}

/** Decides what becomes of each node that masks bear on. Masked values are put into `remember`. */
export function judge(reading: Reading, remember: Remember, context: MaskContext): void {
  const { marks, verdicts, part, found } = reading;
  const schemas = reading.schema === undefined ? undefined : new Schemas(reading.schema, part.root);
  for (const [holder, marked] of marks) {
    for (const [key, set] of marked) {
      const value = at(holder, key);
      // Containers are left to their leaves, and null has nothing to keep or to hide.
      if (set.isDeep && typeof value === 'object') continue;
      const type = (found && ofNode(found.types, holder, key)) ?? null;
      const of = { value, text: part.numbers.get(holder)?.get(key), type, schema: schemas?.at(holder, key) };
      const shown = shownOf(of, set, context);
      verdicts.push({ holder, key, set, shown });
      if (type !== null && typeof value === 'string' && !isDistinct(value)) continue;
      const instead = typeof shown === 'string' || typeof shown === 'number' ? String(shown) : redacted;
      rememberAll({ holder, key, set, shown }, instead, part.numbers, remember);
    }
  }
}

interface Node {
  value: Json;
  text: string | undefined;
  type: Replaceable['type'];
  schema: JsonObject | undefined;
}

function shownOf({ value, text, type, schema }: Node, set: RuleSet, context: MaskContext): Json | undefined {
  const category = set.category ?? (type === null ? null : categoryOf(type));
  // What stands for an object is what would for a text.
  const leaf = typeof value === 'object' ? '' : value;
  const of: Replaceable = { value: leaf, type, category, whole: true };
  if (text !== undefined) of.text = text;
  if (schema !== undefined) of.schema = schema;
  return replacement(of, set, context);
}

/** What is shown in place of a part of a text. */
export function placeOf({ start, end, set, type, value, notice }: Own, context: MaskContext): Place {
  const category = set.category ?? (type === null ? null : categoryOf(type));
  const shown = notice ?? replacement({ value, type, category, whole: false }, set, context);
  return { start, end, instead: shown === undefined ? redacted : String(shown), credits: set.credits };
}

/** Whether a value can be told from words by its form, so that it can be looked for within them. */
export function isDistinct(value: string): boolean {
  return value.length >= 6 && /[^\p{L}\p{M}]/u.test(value);
}

/** Of a masked node, all strings and the numbers of four digits or more: fewer would be found everywhere. */
function rememberAll({ holder, key, set }: Verdict, instead: string, numbers: NumberTexts, remember: Remember): void {
  const value = at(holder, key);
  if (typeof value === 'string') {
    remember.add(value, instead, set.credits);
  } else if (typeof value === 'number') {
    const text = numbers.get(holder)?.get(key) ?? String(value);
    if (fourDigits.test(text)) remember.add(text, instead, set.credits);
    else remember.incomplete();
  } else if (typeof value === 'boolean') {
    remember.incomplete();
  } else if (value !== null) {
    for (const below of keysOf(value))
      rememberAll({ holder: value, key: below, set, shown: null }, instead, numbers, remember);
  }
}

/** The schema of each node of a document. */
class Schemas {
  readonly #root: [Json];
  readonly #schema: JsonObject;
  readonly #nodes = new Map<Container, JsonObject>();

  constructor(schema: JsonObject, root: [Json]) {
    this.#root = root;
    this.#schema = schema;
    this.#add(root[0], schema);
  }

  at(holder: Container, key: Key): JsonObject | undefined {
    return holder === this.#root ? this.#schema : schemaAt(this.#nodes.get(holder), key);
  }

  #add(value: Json, schema: JsonObject | undefined): void {
    if (typeof value !== 'object' || value === null || schema === undefined) return;
    this.#nodes.set(value, schema);
    for (const key of keysOf(value)) {
      const below = at(value, key);
      if (typeof below === 'object') this.#add(below, schemaAt(schema, key));
    }
  }
}
