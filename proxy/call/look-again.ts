import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type NumberTexts } from '../../engine/json/types.ts';
import { readsResults, resultFacts } from '../../engine/policy/result-facts.ts';
import type { Decision } from '../../engine/policy/types.ts';
import type { Call } from './types.ts';

/** Whether policy looks at what a tool answered: some rule for its server reads results. */
export function looksAgain({ policy, input }: Call): boolean {
  return input.call.tool !== undefined && readsResults(policy.build, input.server.name);
}

/**
 * The second look: policy judges the result by the facts the catalogue names. Only servers with a rule that reads the
 * result pay for it, and it can only tighten. Undefined where no rule looks. Throws WRIT_POLICY_* or
 * WRIT_UPSTREAM_INVALID.
 */
export function lookAgain(call: Call, result: Json, numbers: NumberTexts, bytes: number): Decision | undefined {
  if (!looksAgain(call)) return undefined;
  if (!isObject(result)) throw new WritError('WRIT_UPSTREAM_INVALID', 'Its tools/call result is no object.');
  const { policy, input } = call;
  const facts = resultFacts(policy.catalogue, input, result, bytes, numbers);
  return policy.decideResult({ ...input, result: facts }).decision;
}
