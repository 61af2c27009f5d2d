import type { FixturePolicy } from '../../engine/fixtures/types.ts';
import { contractRules, readPacks } from '../../engine/opa/contract/packs.ts';
import type { Analysis } from '../../engine/opa/types.ts';
import type { Decision, Evaluation } from '../../engine/policy/types.ts';
import type { Coverage, RuleCoverage } from './types.ts';

/** Ids of the rules a decision names: those that decided, mask, turn tokens back, withhold, ask for approval or oblige. */
export function rulesOf({ rules, approval, obligations, ...rest }: Decision): string[] {
  const { mask_fields, detokenise = [], withhold = [] } = rest;
  const others = [...mask_fields, ...detokenise, ...withhold, ...approval.requirements, ...obligations];
  return [...rules, ...others.map(({ rule }) => rule)];
}

/** The same policy; the ids of every rule its decisions name come into `seen`. */
export function watched(policy: FixturePolicy, seen: Set<string>): FixturePolicy {
  const note = (evaluation: Evaluation): Evaluation => {
    for (const id of rulesOf(evaluation.decision)) seen.add(id);
    return evaluation;
  };
  return {
    catalogue: policy.catalogue,
    build: policy.build,
    decide: (input) => note(policy.decide(input)),
    decideResult: (input) => note(policy.decideResult(input)),
  };
}

/** Every rule of every pack, and in how many tests of each kind a decision named it. One set of ids a test. */
export function measureRules(
  analysis: Analysis,
  fixtures: readonly ReadonlySet<string>[],
  rego: readonly ReadonlySet<string>[],
): Coverage['rules'] {
  const count = (tests: readonly ReadonlySet<string>[], id: string) => tests.filter((seen) => seen.has(id)).length;
  const packs = readPacks(analysis).map((pack) => {
    const rules = contractRules(pack).map(
      ({ id, rule: { file, row } }): RuleCoverage => ({
        id,
        at: `${file}:${row}`,
        fixtures: count(fixtures, id),
        rego: count(rego, id),
      }),
    );
    return { pack: pack.name, covered: rules.filter(decided).length, total: rules.length, rules };
  });
  const sum = (key: 'covered' | 'total') => packs.reduce((total, pack) => total + pack[key], 0);
  return { covered: sum('covered'), total: sum('total'), packs };
}

export const decided = ({ fixtures, rego }: RuleCoverage): boolean => fixtures + rego > 0;
