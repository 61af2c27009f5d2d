import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { principalOf } from '../session/session.ts';
import type { Gateway } from '../types.ts';
import type { Call } from './types.ts';

/** A person may take a while to answer; a state that is older is nobody's any more. */
const roundMs = 3_600_000;

/** 2026-07-28, "Multi Round-Trip Requests": the methods that may take several rounds. */
export const inRounds: ReadonlySet<string> = new Set(['tools/call', 'prompts/get', 'resources/read']);

/**
 * The requestState a client gets: the server's own, sealed with whose call it belongs to, what the call asks, and which questions
 * are open. A client cannot read it, change it, give it to another, or come with answers to what it was not asked.
 */
export function sealState(gateway: Gateway, call: Call, state: Json | undefined, methods: JsonObject): string {
  const expires = Date.parse(call.input.now) + roundMs;
  const mine = [call.server.name, principalOf(call.caller), call.input.call.hash ?? '', expires];
  return gateway.sealer.seal('request-state', [...mine, methods, ...(state === undefined ? [] : [state])]);
}

/** What a further round of a call goes on from; undefined for a first one. Throws WRIT_REQUEST_STATE_INVALID. */
export function roundOf(gateway: Gateway, call: Call): Call['round'] {
  const { requestState, inputResponses, taskId } = call.message.params;
  if (requestState === undefined && inputResponses === undefined) return undefined;
  // The tasks extension: the task itself is the state between the rounds.
  if (call.message.method === 'tasks/update' && requestState === undefined)
    return answering({ state: undefined, methods: call.server.tasks.questionsOf(taskId) }, inputResponses);
  // A server that keeps no state has nothing to be given back, so an answer is then what its form says.
  if (requestState === undefined && call.era === 'modern')
    return answering({ state: undefined, methods: byForm(inputResponses) }, inputResponses);
  if (call.era === 'legacy' || !inRounds.has(call.message.method))
    throw new WritError('WRIT_MESSAGE_UNSUPPORTED', 'Its method is not one that is answered in several rounds.');
  const opened = typeof requestState === 'string' ? gateway.sealer.open('request-state', requestState) : undefined;
  if (!Array.isArray(opened)) throw new WritError('WRIT_REQUEST_STATE_INVALID');
  const [server, principal, hash, expires, methods, state] = opened;
  const same = server === call.server.name && principal === principalOf(call.caller) && hash === call.input.call.hash;
  if (!same || typeof expires !== 'number' || expires < Date.parse(call.input.now) || !isObject(methods))
    throw new WritError('WRIT_REQUEST_STATE_INVALID');
  return answering({ state, methods }, inputResponses);
}

/** The member by which the result of each request of a server is told. What has none of them answers nothing. */
const forms: [member: string, method: string][] = [
  ['action', 'elicitation/create'],
  ['roots', 'roots/list'],
  ['role', 'sampling/createMessage'],
];

/** The method that each answer answers, as far as it says. Policy decides it under that name. */
function byForm(answers: Json | undefined): JsonObject {
  const methods: JsonObject = Object.create(null);
  for (const [key, answer] of Object.entries(isObject(answers) ? answers : {})) {
    const told = isObject(answer) ? forms.filter(([member]) => Object.hasOwn(answer, member)) : [];
    // An answer to two questions would be decided as one of them.
    if (told.length === 1 && told[0] !== undefined) methods[key] = told[0][1];
  }
  return methods;
}

function answering(round: { state: Json | undefined; methods: JsonObject }, answers: Json = {}): Call['round'] {
  if (isObject(answers)) return round;
  throw new WritError('WRIT_PARAMS_INVALID', 'params.inputResponses must be an object.');
}

/** The answers that a further round brings to what was asked, each with the method of that. What answers nothing is left out. */
export function answersOf({ message, round }: Call): { key: string; method: string; answer: Json }[] {
  const { inputResponses } = message.params;
  if (round === undefined || !isObject(inputResponses)) return [];
  return Object.entries(inputResponses)
    .filter(([key]) => Object.hasOwn(round.methods, key))
    .map(([key, answer]) => ({ key, method: String(round.methods[key]), answer }));
}
