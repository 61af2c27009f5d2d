import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { withMember } from '../../engine/json/with-member.ts';
import type { Asking } from '../mcp/message.ts';
import { refusalReply } from '../mcp/replies.ts';
import type { Gateway } from '../types.ts';
import { decideAside, toClient } from './aside.ts';
import type { Incoming } from './incoming.ts';
import { changed, hides, type Release, type Response } from './released.ts';
import { sealState } from './rounds.ts';
import type { Call, OpenCall, Outgoing } from './types.ts';

/** Questions that a server may ask in one answer; each takes a decision and entries of its own. */
const mostQuestions = 32;
/** 2025-11-25, "URL Mode Elicitation": an error by which a server asks for something to be done elsewhere first. */
const urlElicitationRequired = -32042;

/** Whether an error asks its client to have something done at an address. */
export function asksElsewhere(error: JsonObject): boolean {
  return error.code === urlElicitationRequired && isObject(error.data) && Array.isArray(error.data.elicitations);
}

function invalid(detail: string): WritError {
  return new WritError('WRIT_UPSTREAM_INVALID', detail);
}

/** Asks policy about one question; returns it as the client may see it, or the answer of a refusal. */
async function question(
  gateway: Gateway,
  call: Call,
  method: string,
  params: JsonObject,
  numbers: NumberTexts,
): Promise<{ params: Json } | { denied: Release }> {
  const document = { value: { jsonrpc: '2.0', method, params }, numbers };
  const message: Asking = { kind: 'notification', method, params, document };
  const aside = await decideAside(gateway, toClient(call, message, call.bytes));
  if (aside.kind === 'refused') {
    if (aside.decision === null) throw aside.error ?? new WritError('WRIT_POLICY_FAILED');
    const { body } = refusalReply(call.message, call.era, call.id, { ...aside.decision, effect: 'deny' }, null);
    return { denied: { kind: 'denied', body, value: JSON.parse(body), rules: aside.decision.rules } };
  }
  await aside.record.completed();
  return { params: seen(aside.outgoing, params) };
}

function seen({ document, applied }: Outgoing, params: JsonObject): Json {
  return applied.length > 0 && isObject(document.value) ? (document.value.params ?? null) : params;
}

/** The questions of a result (2026-07-28, "Multi Round-Trip Requests"), with a requestState of the gateway's own around the server's. */
async function ofResult(gateway: Gateway, call: Call, envelope: JsonObject, result: JsonObject, numbers: NumberTexts) {
  const { inputRequests = {} } = result;
  if (!isObject(inputRequests)) throw invalid('Its inputRequests are no object.');
  if (Object.keys(inputRequests).length > mostQuestions) throw invalid(`It asks more than ${mostQuestions} questions.`);
  const methods: JsonObject = Object.create(null);
  let asked = inputRequests;
  for (const [key, request] of Object.entries(inputRequests)) {
    if (!isObject(request) || typeof request.method !== 'string') throw invalid('A question of it has no method.');
    const given = isObject(request.params) ? request.params : {};
    const passed = await question(gateway, call, request.method, given, numbers);
    if ('denied' in passed) return passed.denied;
    methods[key] = request.method;
    if (passed.params !== given)
      asked = withMember(asked, key, withMember(request, 'params', passed.params, numbers), numbers);
  }
  let shown = asked === inputRequests ? result : withMember(result, 'inputRequests', asked, numbers);
  if (call.original === undefined)
    shown = withMember(shown, 'requestState', sealState(gateway, call, result.requestState, methods), numbers);
  else call.server.tasks.ask(call.message.params.taskId, methods);
  return changed({ value: withMember(envelope, 'result', shown, numbers), numbers }, [], 0, []);
}

/** The elicitations of an error. They are asked about as what they stand for, and shown all or none. */
async function ofError(gateway: Gateway, call: Call, envelope: JsonObject, error: JsonObject, numbers: NumberTexts) {
  const data = isObject(error.data) ? error.data : {};
  const elicitations = Array.isArray(data.elicitations) ? data.elicitations : [];
  if (elicitations.length > mostQuestions) throw invalid(`It asks more than ${mostQuestions} questions.`);
  const asked: Json[] = [];
  for (const elicitation of elicitations) {
    if (!isObject(elicitation)) throw invalid('An elicitation of it is no object.');
    const passed = await question(gateway, call, 'elicitation/create', elicitation, numbers);
    if ('denied' in passed) return passed.denied;
    asked.push(passed.params);
  }
  const shown = withMember(error, 'data', withMember(data, 'elicitations', asked, numbers), numbers);
  return changed({ value: withMember(envelope, 'error', shown, numbers), numbers }, [], 0, []);
}

/**
 * A server that asks before it answers. Policy decides each question as a message to the client, on record by itself; one that is
 * refused refuses the whole. Where something of the answer is hidden nothing is asked: nobody knows where a question says it.
 */
export async function releaseQuestions(
  gateway: Gateway,
  { call, decision }: OpenCall,
  incoming: Incoming,
  response: Response,
): Promise<Release> {
  const { value: envelope, numbers } = incoming.message.document;
  if (!isObject(envelope)) throw invalid('Its answer is no object.');
  if (hides(call, decision))
    throw new WritError('WRIT_MASK_FAILED', 'The server asks a question in a call whose answer is masked.');
  if (isObject(response.error)) return ofError(gateway, call, envelope, response.error, numbers);
  if (!isObject(response.result)) throw invalid('Its result is no object.');
  if (call.era === 'legacy')
    throw new WritError('WRIT_UPSTREAM_INVALID', 'It answers in several rounds, which its version does not know.');
  return ofResult(gateway, call, envelope, response.result, numbers);
}
