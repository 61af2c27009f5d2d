import type { JsonObject } from '../json/types.ts';
import type { MaskField, Strategy } from '../policy/types.ts';
import { strongest } from './strategies/index.ts';
import type { Credit } from './tally.ts';

/** A mask. */
export interface Rule {
  readonly field: MaskField;
  /** The masks of a node on which this one lies alone. */
  readonly alone: RuleSet;
  /** As `alone`, of what is found to be of a category. */
  of(category: string): RuleSet;
}

/** Counts the sets that are made of the masks of one list: documents decide which lie together. */
export interface Family {
  sets: number;
}

export function ruleOf(field: MaskField, family: Family): Rule {
  const { rule, strategy, category } = field;
  const byCategory = new Map<string | null, RuleSet>();
  const of = (found: string | null): RuleSet => {
    const known = byCategory.get(found);
    if (known !== undefined) return known;
    const made = new RuleSet([field], [{ rule, strategy, category: found }], family);
    byCategory.set(found, made);
    return made;
  };
  return { field, alone: of(category), of };
}

/** The masks that lie on a node together. The same masks are the same set, so each is weighed once. */
export class RuleSet {
  readonly credits: readonly Credit[];
  /** The mask that all of them come to. */
  readonly strategy: Strategy;
  readonly options: JsonObject;
  readonly category: string | null;
  readonly #fields: readonly MaskField[];
  readonly #family: Family;
  #larger: Map<RuleSet, RuleSet> | undefined;

  constructor(fields: readonly MaskField[], credits: readonly Credit[], family: Family) {
    this.#fields = fields;
    this.#family = family;
    family.sets++;
    this.credits = credits;
    this.category = credits.find(({ category }) => category !== null)?.category ?? null;
    const strategy = strongest(fields.map((field) => field.strategy));
    const [options, ...others] = fields.filter((field) => field.strategy === strategy).map(optionsOf);
    // Two ways to keep something by one strategy would say more than either.
    const same = others.every((other) => JSON.stringify(other) === JSON.stringify(options));
    this.strategy = same ? strategy : 'redact';
    this.options = same && options !== undefined ? options : {};
  }

  /** Whether objects and arrays keep their form, and what is masked are the leaves below. */
  get isDeep(): boolean {
    return this.strategy !== 'drop' && this.strategy !== 'null' && this.strategy !== 'redact';
  }

  with(rule: Rule, category?: string): RuleSet {
    return this.and(category === undefined ? rule.alone : rule.of(category));
  }

  and(other: RuleSet): RuleSet {
    if (other === this) return this;
    const known = this.#larger?.get(other);
    if (known !== undefined) return known;
    const added = other.#fields.flatMap((field, index) => (this.#fields.includes(field) ? [] : [index]));
    const made =
      added.length === 0
        ? this
        : new RuleSet(
            [...this.#fields, ...pick(other.#fields, added)],
            [...this.credits, ...pick(other.credits, added)],
            this.#family,
          );
    this.#larger ??= new Map();
    this.#larger.set(other, made);
    return made;
  }
}

function pick<T>(list: readonly T[], indexes: readonly number[]): T[] {
  return list.filter((_, index) => indexes.includes(index));
}

function optionsOf({ options }: MaskField): JsonObject {
  const { except: _, ...own } = options;
  return own;
}
