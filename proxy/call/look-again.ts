import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { readsResults, resultFacts } from '../../engine/policy/result-facts.ts';
import type { Decision } from '../../engine/policy/types.ts';
import type { Call } from './types.ts';

/** Whether policy looks at what came back: some rule for the server reads results, and the message asked for content. */
export function looksAgain({ policy, input, message }: Call): boolean {
  if (message.kind !== 'request' || withoutContent.has(message.method)) return false;
  return readsResults(policy.build, input.server.name);
}

/** What their results say is about the server or, for tools, decided one by one. */
const withoutContent = new Set([
  ...['initialize', 'ping', 'server/discover', 'logging/setLevel', 'subscriptions/listen'],
  ...['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list', 'tasks/list'],
]);

/** Where what came of a call stands in the result of a message about its task; undefined where there is none of it yet. */
function answerIn(method: string, result: JsonObject): Json | undefined {
  if (method === 'tasks/get') return result.result;
  return method === 'tasks/cancel' || method === 'tasks/update' ? undefined : result;
}

/**
 * The second look: policy judges what came of a call by the facts the catalogue names; `method` is that of the message it came in
 * answer to. Only servers with a rule that reads the result pay for it, and it can only tighten. Undefined where no rule
 * looks. Throws WRIT_POLICY_* or WRIT_UPSTREAM_INVALID.
 */
export function lookAgain(
  call: Call,
  method: string,
  result: Json,
  numbers: NumberTexts,
  bytes: number,
): Decision | undefined {
  if (!looksAgain(call)) return undefined;
  const answer = isObject(result) ? answerIn(method, result) : result;
  if (answer === undefined) return undefined;
  if (!isObject(answer)) throw new WritError('WRIT_UPSTREAM_INVALID', 'Its result is no object.');
  const { policy, input } = call;
  const facts = resultFacts(policy.catalogue, input, answer, bytes, numbers);
  return policy.decideResult({ ...input, result: facts }).decision;
}
