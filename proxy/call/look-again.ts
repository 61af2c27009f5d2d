import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type NumberTexts } from '../../engine/json/types.ts';
import { readsResults, resultFacts } from '../../engine/policy/result-facts.ts';
import type { Decision } from '../../engine/policy/types.ts';
import type { Call } from './types.ts';

/** Whether policy looks at what came back: some rule for the server reads results, and the message asked for content. */
export function looksAgain({ policy, input, message }: Call): boolean {
  if (message.kind !== 'request' || withoutContent.has(message.method)) return false;
  return readsResults(policy.build, input.server.name);
}

/** What their results say is about the server or, for tools, decided one by one. */
const withoutContent = new Set(['initialize', 'ping', 'server/discover', 'logging/setLevel', 'tools/list']);

/**
 * The second look: policy judges the result by the facts the catalogue names. Only servers with a rule that reads the
 * result pay for it, and it can only tighten. Undefined where no rule looks. Throws WRIT_POLICY_* or
 * WRIT_UPSTREAM_INVALID.
 */
export function lookAgain(call: Call, result: Json, numbers: NumberTexts, bytes: number): Decision | undefined {
  if (!looksAgain(call)) return undefined;
  if (!isObject(result)) throw new WritError('WRIT_UPSTREAM_INVALID', 'Its result is no object.');
  const { policy, input } = call;
  const facts = resultFacts(policy.catalogue, input, result, bytes, numbers);
  return policy.decideResult({ ...input, result: facts }).decision;
}
