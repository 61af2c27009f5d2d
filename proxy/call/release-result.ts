import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { withMember } from '../../engine/json/with-member.ts';
import { maskResult } from '../../engine/masking/mask-result.ts';
import type { Decision } from '../../engine/policy/types.ts';
import { legacyVersions } from '../mcp/era.ts';
import { refusalReply } from '../mcp/replies.ts';
import type { Gateway } from '../types.ts';
import type { Incoming } from './incoming.ts';
import { filterList, forThisCallerAlone, isList } from './lists.ts';
import { lookAgain } from './look-again.ts';
import { maskContext, memoryOf, outputSchemaOf } from './mask-context.ts';
import { masked, then } from './masked.ts';
import { alone, besides, changed, hiding, outbound, type Release, type Response, shown } from './released.ts';
import { beginTask, ownTasks } from './task-results.ts';
import type { Call, OpenCall } from './types.ts';

function refuseOtherVersion(result: Json): void {
  const version = isObject(result) ? result.protocolVersion : undefined;
  if (typeof version !== 'string' || !legacyVersions.includes(version))
    throw new WritError(
      'WRIT_UPSTREAM_INVALID',
      `The server does not speak a version of ${legacyVersions.join(', ')}.`,
    );
}

/** Kinds of result that carry what nobody has decided are not known here, so they are not shown. */
function refuseUnknown(result: Json): void {
  const type = isObject(result) ? result.resultType : undefined;
  if (type !== undefined && type !== 'complete' && type !== 'task')
    throw new WritError('WRIT_MESSAGE_UNSUPPORTED', 'The server answers with a kind of result that is not known.');
}

/** What the gateway itself changes in a result: lists hold what the caller may use, tasks are the caller's own. */
function ownWords({ call, decision }: OpenCall, result: Json, numbers: NumberTexts): Json {
  const { method } = call.message;
  if (isList(method)) {
    if (hiding(call, decision) === 'all' && outbound(decision.mask_fields).length > 0)
      throw new WritError('WRIT_MASK_FAILED', 'Masks do not look into lists.');
    return filterList(call, method, result, numbers);
  }
  if (method === 'tasks/list') return ownTasks(call, result, numbers);
  return method === 'resources/read' ? forThisCallerAlone(call, result, numbers) : result;
}

/** What an answer is replaced with that policy refuses. */
function refused(call: Call, { rules, ...decision }: Decision): Release {
  const reasons = decision.reasons.filter(({ rule }) => rules.includes(rule));
  const denial: Decision = { ...decision, effect: 'deny', rules, reasons };
  const { body } = refusalReply(call.message, call.era, call.id, denial, null);
  return { kind: 'denied', body, value: JSON.parse(body), rules };
}

/** The call whose content a result holds: that of a task is of the call that began it. */
const about = (call: Call): Call => (call.original === undefined ? call : { ...call.original, policy: call.policy });

/** Shows a result as far as policy lets it: lists filtered, judged by rules that read results, masked. */
export function releaseResult(
  gateway: Gateway,
  open: OpenCall,
  incoming: Incoming,
  response: Response,
): Release | Promise<Release> {
  const { call, decision } = open;
  const { method } = call.message;
  const envelope = response.document.value as JsonObject;
  const { numbers } = response.document;
  const given = response.result ?? null;
  refuseUnknown(given);
  if (method === 'initialize') refuseOtherVersion(given);
  const level = hiding(call, decision);
  const task = beginTask(call, given, level === 'all', numbers);
  if (task !== undefined && level !== 'masked')
    return task === given ? shown(incoming) : changed(alone(response, { result: task }, numbers), [], 1, []);
  const result = ownWords(open, given, numbers);
  const subject = about(call);
  const second = lookAgain(subject, method, result, numbers, Buffer.byteLength(incoming.raw));
  if (second?.effect === 'deny') return refused(call, second);
  const masks = outbound([...decision.mask_fields, ...(second?.mask_fields ?? [])]);
  const withhold = isList(method) ? [] : [...(decision.withhold ?? []), ...(second?.withhold ?? [])];
  const memory = memoryOf(call);
  if (masks.length === 0 && withhold.length === 0 && memory.isEmpty) {
    if (result === given) return shown(incoming);
    return changed({ value: withMember(envelope, 'result', result, numbers), numbers }, [], 0, []);
  }
  const { uri } = subject.input.call;
  const taskOf = call.original?.message.method;
  const outputSchema = outputSchemaOf(subject);
  const context = { ...maskContext(gateway, call, masks, memory, withhold), uri, taskOf, outputSchema };
  const masking = masked(gateway, context, (within) => maskResult({ value: result, numbers }, within, method));
  return then(masking, ({ document, denied, applied, withheld }) => {
    if (denied.length > 0) return refused(call, { ...decision, rules: denied });
    const shown = alone(response, { result: document.value }, document.numbers);
    return changed(shown, applied, withheld + besides(envelope), second?.rules ?? []);
  });
}
