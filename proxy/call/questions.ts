import { WritError } from '../../engine/errors.ts';
import { plainNumbers } from '../../engine/json/numbers.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { withMember, withoutMembers } from '../../engine/json/with-member.ts';
import { withCode } from '../../engine/masking/mask-error.ts';
import type { Asking } from '../mcp/message.ts';
import { refusalReply } from '../mcp/replies.ts';
import type { Gateway } from '../types.ts';
import { decideAside, toClient } from './aside.ts';
import type { Incoming } from './incoming.ts';
import { memoryOf } from './mask-context.ts';
import { changed, hiding, maskedWords, type Release, type Response } from './released.ts';
import { sealState } from './rounds.ts';
import type { OpenCall } from './types.ts';

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
  { call, decision }: Open,
  method: string,
  params: JsonObject,
  numbers: NumberTexts,
): Promise<{ params: Json } | { denied: Release }> {
  const document = { value: { jsonrpc: '2.0', method, params }, numbers };
  const message: Asking = { kind: 'notification', method, params, document };
  const hidden = hiding(call, decision) !== 'nothing';
  const aside = await decideAside(gateway, toClient(call, message, call.bytes), hidden);
  if (aside.kind === 'refused') {
    if (aside.decision === null) throw aside.error ?? new WritError('WRIT_POLICY_FAILED');
    const { body } = refusalReply(call.message, call.era, call.id, { ...aside.decision, effect: 'deny' }, null);
    return { denied: { kind: 'denied', body, value: JSON.parse(body), rules: aside.decision.rules } };
  }
  await aside.record.completed();
  const seen = aside.outgoing.document.value;
  const asked = aside.outgoing.document !== document && isObject(seen) ? (seen.params ?? null) : params;
  if (!hidden || !isObject(asked)) return { params: asked };
  return { params: await wordsOf(gateway, { call, decision }, asked, numbers, method) };
}

type Open = Pick<OpenCall, 'call' | 'decision'>;

/** Words of the server in a call whose answer is masked. @throws WritError WRIT_MASK_FAILED */
async function wordsOf(
  gateway: Gateway,
  { call, decision }: Open,
  words: JsonObject,
  numbers: NumberTexts,
  method?: string,
): Promise<JsonObject> {
  const { document, denied } = await maskedWords(gateway, call, decision, { value: words, numbers }, method);
  if (denied.length > 0 || !isObject(document.value))
    throw new WritError('WRIT_MASK_FAILED', 'A question holds what policy does not show.');
  return document.value;
}

/** The names of questions, which their answers will have: they may say nothing that is masked. */
async function refuseNames(gateway: Gateway, open: Open, names: readonly string[]): Promise<void> {
  const words = Object.fromEntries(names.map((name, index) => [String(index), name]));
  const shown = await wordsOf(gateway, open, words, plainNumbers);
  if (names.some((name, index) => shown[String(index)] !== name))
    throw new WritError('WRIT_MASK_FAILED', 'The name of a question says what is masked.');
}

/** The questions of a result (2026-07-28, "Multi Round-Trip Requests"), with a requestState of the gateway's own around the server's. */
async function ofResult(gateway: Gateway, open: Open, envelope: JsonObject, result: JsonObject, numbers: NumberTexts) {
  const { call, decision } = open;
  const hidden = hiding(call, decision) === 'masked';
  const { inputRequests = {} } = result;
  if (!isObject(inputRequests)) throw invalid('Its inputRequests are no object.');
  if (Object.keys(inputRequests).length > mostQuestions) throw invalid(`It asks more than ${mostQuestions} questions.`);
  const methods: JsonObject = Object.create(null);
  if (hidden) await refuseNames(gateway, open, Object.keys(inputRequests));
  let asked = inputRequests;
  for (const [key, request] of Object.entries(inputRequests)) {
    if (!isObject(request) || typeof request.method !== 'string') throw invalid('A question of it has no method.');
    const given = isObject(request.params) ? request.params : {};
    const passed = await question(gateway, open, request.method, given, numbers);
    if ('denied' in passed) return passed.denied;
    methods[key] = request.method;
    if (passed.params === given) continue;
    const shown = hidden ? { method: request.method } : request;
    asked = withMember(asked, key, withMember(shown, 'params', passed.params, numbers), numbers);
  }
  const others = ['inputRequests', 'requestState', 'resultType'];
  const around = hidden
    ? { ...(await wordsOf(gateway, open, withoutMembers(result, others, numbers), numbers)), ...typeOf(result) }
    : result;
  let shown = asked === inputRequests && !hidden ? result : withMember(around, 'inputRequests', asked, numbers);
  if (call.original === undefined)
    shown = withMember(shown, 'requestState', sealState(gateway, call, result.requestState, methods), numbers);
  else call.server.tasks.ask(call.message.params.taskId, methods);
  const { memory } = call;
  if (!memoryOf(call).isEmpty)
    call.server.memories.keep(call.input.call.hash, memory, memory.toClient.size + memory.toServer.size);
  const about = hidden ? { jsonrpc: '2.0', id: envelope.id ?? null } : envelope;
  return changed({ value: withMember(about, 'result', shown, numbers), numbers }, [], 0, []);
}

function typeOf({ resultType }: JsonObject): JsonObject {
  return resultType === 'input_required' || resultType === 'complete' ? { resultType } : {};
}

/** The elicitations of an error. They are asked about as what they stand for, and shown all or none. */
async function ofError(gateway: Gateway, open: Open, envelope: JsonObject, error: JsonObject, numbers: NumberTexts) {
  const { call, decision } = open;
  const data = isObject(error.data) ? error.data : {};
  const elicitations = Array.isArray(data.elicitations) ? data.elicitations : [];
  if (elicitations.length > mostQuestions) throw invalid(`It asks more than ${mostQuestions} questions.`);
  const asked: Json[] = [];
  for (const elicitation of elicitations) {
    if (!isObject(elicitation)) throw invalid('An elicitation of it is no object.');
    const passed = await question(gateway, open, 'elicitation/create', elicitation, numbers);
    if ('denied' in passed) return passed.denied;
    asked.push(passed.params);
  }
  if (hiding(call, decision) === 'masked') {
    const around = await wordsOf(
      gateway,
      open,
      withMember(error, 'data', withoutMembers(data, ['elicitations'], numbers), numbers),
      numbers,
    );
    const said = isObject(around.data) ? around.data : {};
    const masked = withMember(withCode(around), 'data', withMember(said, 'elicitations', asked, numbers), numbers);
    return changed({ value: { jsonrpc: '2.0', id: envelope.id ?? null, error: masked }, numbers }, [], 0, []);
  }
  const shown = withMember(error, 'data', withMember(data, 'elicitations', asked, numbers), numbers);
  return changed({ value: withMember(envelope, 'error', shown, numbers), numbers }, [], 0, []);
}

/**
 * A server that asks before it answers. Policy decides each question as a message to the client, on record by itself; one that is
 * refused refuses the whole. Where something of the answer is hidden questions are masked as well; where masks do not vouch for
 * free words nothing is asked.
 */
export async function releaseQuestions(
  gateway: Gateway,
  { call, decision }: OpenCall,
  incoming: Incoming,
  response: Response,
): Promise<Release> {
  const { value: envelope, numbers } = incoming.message.document;
  if (!isObject(envelope)) throw invalid('Its answer is no object.');
  if (hiding(call, decision) === 'all')
    throw new WritError('WRIT_MASK_FAILED', 'The server asks a question in a call whose answer is masked.');
  if (isObject(response.error)) return ofError(gateway, { call, decision }, envelope, response.error, numbers);
  if (!isObject(response.result)) throw invalid('Its result is no object.');
  if (call.era === 'legacy')
    throw new WritError('WRIT_UPSTREAM_INVALID', 'It answers in several rounds, which its version does not know.');
  return ofResult(gateway, { call, decision }, envelope, response.result, numbers);
}
