import fc from 'fast-check';
import { compileExamined, type Examined } from '../../../cli/policies.ts';
import { WritError } from '../../../engine/errors.ts';
import { canonical } from '../../../engine/json/canonical.ts';
import type { Json } from '../../../engine/json/types.ts';
import { readBundle } from '../../../engine/policy/bundle.ts';
import { activate, type Policy } from '../../../engine/policy/evaluate.ts';
import { isDecision } from '../../../engine/policy/schemas.ts';
import type { Decision, Effect, Entrypoint, PolicyInput } from '../../../engine/policy/types.ts';
import { inputsOf } from './inputs.ts';
import { Interpreter, type Said } from './interpreter.ts';
import { wordsOf } from './words.ts';

/** What both came to: a decision, or the code with which it is refused that there is none. */
type Outcome = Decision | string;

export interface Difference {
  readonly entrypoint: Entrypoint;
  /** The smallest input found on which they differ. */
  readonly input: PolicyInput;
  readonly topdown: string;
  readonly ours: string;
  /** The answer from the memory of decisions made before. */
  readonly remembered: string;
}

export interface Comparison {
  readonly inputs: number;
  readonly questions: number;
  readonly effects: Record<Entrypoint, Record<Effect, number>>;
  /** How often each rule of the policies had a part in a decision, rules of lib included. */
  readonly rules: ReadonlyMap<string, number>;
  /** Questions that were answered with an error, by its code, alike on both sides. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly difference: Difference | null;
}

export interface ComparisonOptions {
  readonly count: number;
  readonly seed: number;
  /** Inputs to start from beside those that are made of nothing. */
  readonly recorded?: readonly PolicyInput[];
  readonly progress?: (inputs: number) => void;
  /** Changes what topdown said, for a test of this comparison itself. */
  readonly bend?: (said: Said) => Said;
}

/**
 * Asks generated inputs of topdown and of Writ, at both entrypoints, with and without the memory of decisions made before,
 * and stops at the first difference, made as small as it can be. Order of keys means nothing, and that of
 * `data_categories`, which authors may write as a set.
 */
export async function compare(examined: Examined, options: ComparisonOptions): Promise<Comparison> {
  const bundle = readBundle(await compileExamined(examined));
  const fresh = activate(bundle, { remember: false });
  const remembering = activate(bundle);
  await using interpreter = new Interpreter(examined);
  const tally = new Tally(Object.keys(bundle.build.rules));
  let difference: Difference | null = null;
  let shrinking = false;

  const property = fc.asyncProperty(
    inputsOf(wordsOf(examined), bundle.catalogue, options.recorded ?? []),
    async (input) => {
      const text = canonical(input);
      const said = await Promise.all(entrypoints.map((entrypoint) => interpreter.ask(entrypoint, text)));
      for (const [index, entrypoint] of entrypoints.entries()) {
        const expected = outcomeOf(options.bend?.(said[index] ?? {}) ?? said[index] ?? {});
        const [topdown, ours, remembered] = [
          expected,
          decided(fresh, entrypoint, input),
          decided(remembering, entrypoint, input),
        ].map(written);
        if (topdown !== ours || topdown !== remembered) {
          shrinking = true;
          difference = { entrypoint, input, topdown, ours, remembered } as Difference;
          return false;
        }
        if (!shrinking) tally.add(entrypoint, expected);
      }
      if (!shrinking && ++tally.inputs % 500 === 0) options.progress?.(tally.inputs);
      return true;
    },
  );
  await fc.check(property, { numRuns: options.count, seed: options.seed });
  return { ...tally.report(), difference };
}

const entrypoints: readonly Entrypoint[] = ['writ/decision', 'writ/result/decision'];

function decided(policy: Policy, entrypoint: Entrypoint, input: PolicyInput): Outcome {
  try {
    const { decision } = entrypoint === 'writ/decision' ? policy.decide(input) : policy.decideResult(input);
    return decision;
  } catch (cause) {
    if (cause instanceof WritError) return cause.code;
    throw cause;
  }
}

/** What topdown said, judged as Writ judges what its own module says. */
function outcomeOf({ result, error }: Said): Outcome {
  if (error !== undefined) return error === 'eval_conflict_error' ? 'WRIT_POLICY_FAILED' : error;
  if (result === undefined) return 'WRIT_POLICY_UNDEFINED';
  return isDecision(result) ? result : 'WRIT_POLICY_MALFORMED';
}

function written(outcome: Outcome | undefined): string {
  if (outcome === undefined || typeof outcome === 'string') return outcome ?? '';
  const obligations = outcome.obligations.map((each) => ({
    ...each,
    data_categories: each.data_categories.toSorted(),
  }));
  const plain: Json = JSON.parse(JSON.stringify({ ...outcome, obligations }));
  return canonical(plain);
}

class Tally {
  inputs = 0;
  #questions = 0;
  readonly #rules: Map<string, number>;
  readonly #refusals = new Map<string, number>();
  readonly #effects = {
    'writ/decision': { allow: 0, 'require-approval': 0, deny: 0 },
    'writ/result/decision': { allow: 0, 'require-approval': 0, deny: 0 },
  };

  constructor(rules: readonly string[]) {
    this.#rules = new Map(rules.map((rule) => [rule, 0]));
  }

  add(entrypoint: Entrypoint, outcome: Outcome): void {
    this.#questions++;
    if (typeof outcome === 'string') {
      this.#refusals.set(outcome, (this.#refusals.get(outcome) ?? 0) + 1);
      return;
    }
    const { effect, rules, mask_fields, detokenise = [], withhold = [], approval, obligations } = outcome;
    this.#effects[entrypoint][effect]++;
    const named = [mask_fields, detokenise, withhold, approval.requirements, obligations]
      .flat()
      .map(({ rule }) => rule);
    for (const rule of new Set([...rules, ...named])) this.#rules.set(rule, (this.#rules.get(rule) ?? 0) + 1);
  }

  report(): Omit<Comparison, 'difference'> {
    const rules = new Map([...this.#rules].sort());
    return { inputs: this.inputs, questions: this.#questions, effects: this.#effects, rules, refusals: this.#refusals };
  }
}
