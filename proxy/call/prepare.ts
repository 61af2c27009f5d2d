import { asWritError, WritError } from '../../engine/errors.ts';
import { serialize } from '../../engine/json/serialize.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { withMember, withoutMembers } from '../../engine/json/with-member.ts';
import { keepMeta } from '../../engine/masking/known-members.ts';
import { maskArguments } from '../../engine/masking/mask-arguments.ts';
import type { Masked } from '../../engine/masking/types.ts';
import type { Decision } from '../../engine/policy/types.ts';
import { faultReply, refusalReply } from '../mcp/replies.ts';
import type { Gateway } from '../types.ts';
import type { MirroredArguments } from '../upstream/tools.ts';
import { mirroringAnew } from './headers.ts';
import { maskContext, memoryOf } from './mask-context.ts';
import { masked, then } from './masked.ts';
import type { Call, Next, Outgoing, Ruling } from './types.ts';

/** What goes with masked parameters: of a server's words about them, only which task or subscription they are about. */
function metaOf({ message, input }: Call, numbers: NumberTexts): Json | undefined {
  const { _meta } = message.params;
  return input.call.direction === 'to-client' ? keepMeta(_meta, numbers) : _meta;
}

/** The message with other arguments, where they stand in it. */
function withArguments(call: Call, masked: JsonObject): JsonObject {
  const { message, place } = call;
  const { value, numbers } = message.document;
  if (!isObject(value)) throw new WritError('WRIT_MASK_FAILED');
  if (place === 'result') return withMember(value, 'result', masked, numbers);
  const _meta = metaOf(call, numbers);
  const params =
    place === 'arguments'
      ? withMember(message.params, 'arguments', masked, numbers)
      : _meta === undefined
        ? masked
        : withMember(masked, '_meta', _meta, numbers);
  return withMember(value, 'params', params, numbers);
}

/** Which headers repeat which arguments, as far as the tool was seen to declare it. */
function mirrorsOf({ server, caller, input }: Call): MirroredArguments | undefined {
  const { tool } = input.call;
  return tool === undefined ? undefined : server.tools.mirrored(tool, caller.tenant);
}

/** A further round as the server knows it: its own state, and the answers as they may go to it. */
function withRound(call: Call, value: JsonObject, answers: JsonObject | null): JsonObject {
  const { numbers } = call.message.document;
  let params = isObject(value.params) ? value.params : call.message.params;
  const state = call.round?.state;
  if (state === undefined) params = withoutMembers(params, ['requestState'], numbers);
  else params = withMember(params, 'requestState', state, numbers);
  if (answers !== null && (Object.keys(answers).length > 0 || call.original !== undefined))
    params = withMember(params, 'inputResponses', answers, numbers);
  else params = withoutMembers(params, ['inputResponses'], numbers);
  return withMember(value, 'params', params, numbers);
}

/** Masks what policy hides from whom the message is for. Unmasked messages go on as the bytes received. */
function transform(
  gateway: Gateway,
  call: Call,
  decision: Decision,
  answers: JsonObject | null,
): Outgoing | Promise<Outgoing> {
  const given = call.arguments;
  const { numbers } = call.message.document;
  const inbound = decision.mask_fields.filter(({ on }) => on !== 'result');
  const memory = call.input.call.direction === 'to-client' ? memoryOf(call) : call.memory.toServer;
  if ((inbound.length === 0 && memory.isEmpty) || given === null) return outgoing(call, decision, answers);
  const context = maskContext(gateway, call, inbound, memory);
  const masking = masked(gateway, context, (within) => maskArguments({ value: given, numbers }, within));
  return then(masking, (done) => outgoing(call, decision, answers, done));
}

/** The message as it goes on, with arguments that were masked. */
function outgoing(call: Call, decision: Decision, answers: JsonObject | null, masked?: Masked): Outgoing {
  const { bytes, message, arguments: given, headers } = call;
  const { document } = message;
  const asked: Outgoing = { kind: 'forward', decision, body: bytes, document, headers, arguments: given, applied: [] };
  const { value, numbers } = document;
  if (!isObject(value)) throw new WritError('WRIT_MASK_FAILED');
  let changed = value;
  if (masked?.changed) {
    if (!isObject(masked.document.value)) throw new WritError('WRIT_MASK_FAILED');
    changed = withArguments(call, masked.document.value);
    asked.arguments = masked.document.value;
    asked.headers = mirroringAnew(call.headers, masked.document.value, mirrorsOf(call));
    asked.applied = masked.applied;
  }
  if (call.round !== undefined) changed = withRound(call, changed, answers);
  if (changed === value) return asked;
  const rewritten = { value: changed, numbers };
  return { ...asked, document: rewritten, body: serialize(rewritten) };
}

/**
 * Turns a ruling into what leaves the gateway next; `answers` are those of a further round, as they may go to the server.
 * Never throws nor rejects: what cannot be masked is a failure to record.
 */
export function prepare(
  gateway: Gateway,
  call: Call,
  ruling: Ruling,
  answers: JsonObject | null = null,
): Next | Promise<Next> {
  if (ruling.kind === 'failed') {
    const { error } = ruling;
    if (error.code !== 'WRIT_ARGUMENTS_INVALID') return { kind: 'fail', error };
    return { kind: 'answer', reply: faultReply(call.message, call.era, error), decision: null };
  }
  const { decision } = ruling.evaluation;
  if (decision.effect !== 'allow') {
    const reply = refusalReply(call.message, call.era, call.id, decision, ruling.pending);
    return { kind: 'answer', reply, decision };
  }
  try {
    const next = transform(gateway, call, decision, answers);
    return next instanceof Promise ? next.catch(failed) : next;
  } catch (cause) {
    return failed(cause);
  }
}

function failed(cause: unknown): Next {
  return { kind: 'fail', error: asWritError(cause, 'WRIT_MASK_FAILED') };
}
