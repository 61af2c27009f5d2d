import { asWritError, WritError } from '../../engine/errors.ts';
import { serialize } from '../../engine/json/serialize.ts';
import { isObject } from '../../engine/json/types.ts';
import { withMember } from '../../engine/json/with-member.ts';
import { maskArguments } from '../../engine/masking/mask-arguments.ts';
import type { Decision } from '../../engine/policy/types.ts';
import { refusalReply } from '../mcp/replies.ts';
import type { Gateway } from '../types.ts';
import type { Call, Next, Outgoing, Ruling } from './types.ts';

/** Masks what policy hides from the server. Unmasked messages go on as the bytes received. */
function transform(gateway: Gateway, call: Call, decision: Decision): Outgoing {
  const asked: Outgoing = { kind: 'forward', decision, body: call.bytes, arguments: call.arguments, applied: [] };
  const inbound = decision.mask_fields.filter(({ on }) => on !== 'result');
  if (inbound.length === 0 || call.arguments === null) return asked;
  const { value, numbers } = call.message.document;
  const hash = (text: string) => gateway.recorder.hmac(call.caller.tenant, 'mask', text);
  const { document, applied } = maskArguments({ value: call.arguments, numbers }, { masks: inbound, hash });
  if (applied.length === 0) return asked;
  // Mirrored arguments repeat a value in a header (2026-07-28); which ones is in the tool's schema, not read yet.
  if (Object.keys(call.headers).some((name) => name.startsWith('mcp-param-')))
    throw new WritError('WRIT_MASK_FAILED', 'A masked argument may be repeated in an Mcp-Param header.');
  if (!isObject(value) || !isObject(document.value)) throw new WritError('WRIT_MASK_FAILED');
  const params = withMember(call.message.params, 'arguments', document.value, document.numbers);
  const body = serialize({ value: withMember(value, 'params', params, document.numbers), numbers: document.numbers });
  return { kind: 'forward', decision, body, arguments: document.value, applied };
}

/** Turns a ruling into what leaves the gateway next. Never throws: what cannot be masked is a failure to record. */
export function prepare(gateway: Gateway, call: Call, ruling: Ruling): Next {
  if (ruling.kind === 'failed') return { kind: 'fail', error: ruling.error };
  const { decision } = ruling.evaluation;
  if (decision.effect !== 'allow') {
    return { kind: 'answer', reply: refusalReply(call.message, call.era, call.id, decision, ruling.pending) };
  }
  try {
    return transform(gateway, call, decision);
  } catch (cause) {
    return { kind: 'fail', error: asWritError(cause, 'WRIT_MASK_FAILED') };
  }
}
