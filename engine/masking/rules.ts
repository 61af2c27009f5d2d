import { WritError } from '../errors.ts';
import { compilePath, type Path } from '../json/path.ts';
import type { MaskField, Strategy } from '../policy/types.ts';
import { strongest } from './strategies.ts';
import type { AppliedMask } from './types.ts';

/** A mask with its path compiled, and how often it was applied to the message at hand. */
export interface Rule {
  readonly field: MaskField;
  readonly path: Path;
  /** The masks of a node on which this one lies alone. */
  readonly alone: RuleSet;
  count: number;
}

/** The masks that lie on a node together. The same masks are the same set, so each is weighed once. */
export class RuleSet {
  readonly rules: readonly Rule[];
  readonly strategy: Strategy;
  #larger: Map<Rule, RuleSet> | undefined;

  constructor(rules: readonly Rule[], strategy: Strategy) {
    this.rules = rules;
    this.strategy = strategy;
  }

  with(rule: Rule): RuleSet {
    if (this.rules.includes(rule)) return this;
    this.#larger ??= new Map();
    const known = this.#larger.get(rule);
    if (known !== undefined) return known;
    const rules = [...this.rules, rule];
    const made = new RuleSet(rules, strongest(rules.map(({ field }) => field.strategy)));
    this.#larger.set(rule, made);
    return made;
  }

  count(times: number): void {
    for (const rule of this.rules) rule.count += times;
  }
}

/**
 * The masks that bear on one side of a call, compiled.
 * @throws WritError WRIT_MASK_PATH, WRIT_MASK_FAILED for a strategy or an option nobody knows
 */
export function rulesOn(side: 'arguments' | 'result', masks: readonly MaskField[]): Rule[] {
  const rules: Rule[] = [];
  for (const field of masks) {
    if (field.on !== side && field.on !== 'both') continue;
    if (!strategies.has(field.strategy)) throw new WritError('WRIT_MASK_FAILED', `Unknown strategy in ${field.rule}.`);
    for (const option in field.options) {
      throw new WritError('WRIT_MASK_FAILED', `Unknown option ${JSON.stringify(option)} in ${field.rule}.`);
    }
    const alone: Rule[] = [];
    const rule = { field, path: pathOf(field), alone: new RuleSet(alone, field.strategy), count: 0 };
    alone.push(rule);
    rules.push(rule);
  }
  return rules;
}

/** A path may have been made of arguments, so the error names the rule alone. */
function pathOf({ path, rule }: MaskField): Path {
  if (path === undefined) throw new WritError('WRIT_MASK_FAILED', `Nothing finds what ${rule} masks.`);
  try {
    return compilePath(path);
  } catch {
    throw new WritError('WRIT_MASK_PATH', `That of ${rule}.`);
  }
}

const strategies: ReadonlySet<string> = new Set(['redact', 'partial', 'null', 'drop', 'hash']);

/** How often each mask was applied, those of one rule, strategy and category together. */
export function applied(rules: readonly Rule[]): AppliedMask[] {
  const sums: AppliedMask[] = [];
  for (const { field, count } of rules) {
    if (count === 0) continue;
    const { rule, strategy, category } = field;
    const sum = sums.find((other) => other.rule === rule && other.strategy === strategy && other.category === category);
    if (sum === undefined) sums.push({ rule, strategy, category, count });
    else sum.count += count;
  }
  return sums;
}
