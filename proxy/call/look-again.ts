import { isObject, type Json, type NumberTexts } from '../../engine/json/types.ts';
import { readsResults, resultFacts } from '../../engine/policy/result-facts.ts';
import type { Decision } from '../../engine/policy/types.ts';
import type { Call } from './types.ts';

/**
 * The second look: policy judges the result by the facts the catalogue names. Only servers with a rule that reads the
 * result pay for it, and it can only tighten. Undefined where no rule looks. Throws WRIT_POLICY_*.
 */
export function lookAgain(
  { policy, input }: Call,
  result: Json,
  numbers: NumberTexts,
  bytes: number,
): Decision | undefined {
  if (input.call.tool === undefined || !readsResults(policy.build, input.server.name)) return undefined;
  if (!isObject(result)) return undefined;
  const facts = resultFacts(policy.catalogue, input, result, bytes, numbers);
  return policy.decideResult({ ...input, result: facts }).decision;
}
