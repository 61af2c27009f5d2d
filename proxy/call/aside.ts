import { randomUUID } from 'node:crypto';
import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { ArgumentNames, namesReadBy } from '../../engine/policy/argument-names.ts';
import type { Decision, Direction, PolicyInput } from '../../engine/policy/types.ts';
import type { Asking } from '../mcp/message.ts';
import type { Reply } from '../mcp/replies.ts';
import type { Gateway } from '../types.ts';
import { decide } from './decide.ts';
import { prepare } from './prepare.ts';
import { type CallRecord, recordDecision } from './record.ts';
import { ownParams } from './target.ts';
import { turnBack, withTokensKept } from './turn-back.ts';
import type { Call, Outgoing, Ruling } from './types.ts';

/** What becomes of a message that belongs to a call and is decided by itself. */
export type Aside =
  | { kind: 'passed'; outgoing: Outgoing; record: CallRecord }
  | { kind: 'refused'; ruling: Ruling; decision: Decision | null; reply: Reply | null; error: WritError | null };

const none: JsonObject = Object.freeze(Object.create(null));

/** Policy's view of a message that came in the course of another: the same caller, client and server, its own method. */
function inputOf(call: Call, id: string, direction: Direction, method: string, said: JsonObject): PolicyInput {
  const uri = method === 'notifications/resources/updated' && typeof said.uri === 'string' ? { uri: said.uri } : {};
  const asked = { id, method, direction, listing: false, arguments: said, ...uri };
  return { ...call.input, call: asked, tool: null, approval: null, result: null };
}

/** Names that differ from those rules read in letter case alone would pass rules unseen. Throws WRIT_ARGUMENT_NAME. */
function refuseTwins({ policy, server }: Call, said: JsonObject): void {
  ArgumentNames.refuseTwins(said, [namesReadBy(policy.build, server.name)]);
}

/** A message of the server to the client of a call, as a call of its own. `bytes` are the message's. */
export function toClient(call: Call, message: Asking, bytes: Uint8Array): Call {
  const said = ownParams(message.params, message.document.numbers);
  const id = randomUUID();
  refuseTwins(call, said);
  const input = inputOf(call, id, 'to-client', message.method, said);
  return { ...asideOf(call), id, message, bytes, arguments: said, place: 'params', input };
}

/** The answer of a client to a request of the server, as a call of its own: the request's method, its result as arguments. */
export function answerTo(
  call: Call,
  method: string,
  document: { value: Json; numbers: NumberTexts },
  answer: Json,
): Call {
  // What is no object has no names that a rule or mask could look at.
  if (!isObject(answer)) throw new WritError('WRIT_PARAMS_INVALID', 'An answer to a server is an object.');
  const said = ownParams(answer, document.numbers);
  const id = randomUUID();
  refuseTwins(call, said);
  const message: Asking = { kind: 'notification', method, params: none, document };
  const input = inputOf(call, id, 'to-server', method, said);
  return { ...asideOf(call), id, message, arguments: said, place: 'result', input };
}

function asideOf({ round: _, original: __, ...call }: Call): Omit<Call, 'round' | 'original'> {
  return call;
}

/**
 * Decides such a message and puts it on record: a decision of its own, and the intent where it may pass. Of one that is masked
 * afterwards, as what it belongs to is `hidden`, the record keeps no words.
 */
export async function decideAside(gateway: Gateway, asked: Call, hidden = false): Promise<Aside> {
  const call = hidden ? { ...asked, hidden } : asked;
  const ruling = decide(call);
  // What goes to a client holds tokens that are to be there.
  const { refused } = call.input.call.direction === 'to-server' ? await turnBack(gateway, call, ruling) : {};
  const next = await withTokensKept(gateway, call, refused ?? (await prepare(gateway, call, ruling)));
  const { record } = await recordDecision(gateway.recorder, call, ruling, next);
  if (next.kind === 'forward') return { kind: 'passed', outgoing: next, record };
  if (next.kind === 'answer')
    return { kind: 'refused', ruling, decision: next.decision, reply: next.reply, error: null };
  const { error } = next;
  return { kind: 'refused', ruling: { kind: 'failed', error }, decision: null, reply: null, error };
}
