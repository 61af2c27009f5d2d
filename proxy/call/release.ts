import { type ErrorCode, WritError } from '../../engine/errors.ts';
import { serialize } from '../../engine/json/serialize.ts';
import { isObject, type Json, type JsonDocument, type JsonObject } from '../../engine/json/types.ts';
import { withMember } from '../../engine/json/with-member.ts';
import { maskError } from '../../engine/masking/mask-error.ts';
import { maskResult } from '../../engine/masking/mask-result.ts';
import type { AppliedMask } from '../../engine/masking/types.ts';
import type { Decision, MaskField } from '../../engine/policy/types.ts';
import { legacyVersion } from '../mcp/era.ts';
import type { Message } from '../mcp/message.ts';
import { withoutReserved } from '../mcp/receipt.ts';
import { refusalReply } from '../mcp/replies.ts';
import type { Gateway } from '../types.ts';
import type { Incoming } from './forward.ts';
import { filterTools } from './list-tools.ts';
import { lookAgain, looksAgain } from './look-again.ts';
import type { Call } from './types.ts';

/** What may be shown of a message that came back. */
export type Release =
  | {
      kind: 'shown';
      body: Uint8Array | string;
      value: Json;
      numbers: JsonDocument['numbers'];
      applied: AppliedMask[];
      withheld: number;
      rules: string[];
    }
  /** Not passed, nothing said in its place. */
  | { kind: 'withheld'; code: ErrorCode }
  /** The second look refuses the result; `body` says so. */
  | { kind: 'denied'; body: string; value: Json; rules: string[] };

type Response = Message & { kind: 'response' };

function shown({ raw, message }: Incoming): Release {
  return { kind: 'shown', body: raw, ...message.document, applied: [], withheld: 0, rules: [] };
}

function changed(document: JsonDocument, applied: AppliedMask[], withheld: number, rules: string[]): Release {
  return { kind: 'shown', body: serialize(document), ...document, applied, withheld, rules };
}

/** A result of a kind that hands over to a later message would carry what nobody has decided. */
function refuseOpenEnded(result: Json): void {
  const type = isObject(result) ? result.resultType : undefined;
  if (type !== undefined && type !== 'complete')
    throw new WritError('WRIT_MESSAGE_UNSUPPORTED', 'The server asks for another round, which is not carried.');
}

function refuseOtherVersion(result: Json): void {
  if (!isObject(result) || result.protocolVersion !== legacyVersion)
    throw new WritError('WRIT_UPSTREAM_INVALID', `The server does not speak MCP ${legacyVersion}.`);
}

function releaseResult(
  gateway: Gateway,
  call: Call,
  decision: Decision,
  incoming: Incoming,
  response: Response,
): Release {
  const { method } = call.message;
  const envelope = response.document.value as JsonObject;
  const { numbers } = response.document;
  const result = response.result ?? null;
  refuseOpenEnded(result);
  if (method === 'initialize') refuseOtherVersion(result);
  if (method === 'tools/list') {
    if (outbound(decision.mask_fields).length > 0)
      throw new WritError('WRIT_MASK_FAILED', 'Masks do not look into lists.');
    const kept = filterTools(call, result, numbers);
    if (kept === result) return shown(incoming);
    return changed({ value: withMember(envelope, 'result', kept, numbers), numbers }, [], 0, []);
  }
  const second = lookAgain(call, result, numbers, Buffer.byteLength(incoming.raw));
  if (second?.effect === 'deny') {
    const { body } = refusalReply(call.message, call.era, call.id, second, null);
    return { kind: 'denied', body, value: JSON.parse(body), rules: second.rules };
  }
  const masks = outbound([...decision.mask_fields, ...(second?.mask_fields ?? [])]);
  if (masks.length === 0) return shown(incoming);
  const masked = maskResult({ value: result, numbers }, { masks, hash: tenantHash(gateway, call) });
  const document = alone(response, { result: masked.document.value }, masked.document.numbers);
  return changed(document, masked.applied, masked.withheld + besides(envelope), second?.rules ?? []);
}

function releaseError(call: Call, masks: readonly MaskField[], incoming: Incoming, response: Response): Release {
  if ((masks.length === 0 && !looksAgain(call)) || response.error === undefined) return shown(incoming);
  const { value: envelope, numbers } = response.document;
  const error = maskError(response.error, call.server.name);
  return changed(alone(response, { error }, numbers), [], 1 + besides(envelope as JsonObject), []);
}

/** A message with nothing beside its result or error: no mask looks into what else a server may put there. */
function alone({ id }: Response, outcome: JsonObject, numbers: JsonDocument['numbers']): JsonDocument {
  return { value: { jsonrpc: '2.0', id, ...outcome }, numbers };
}

/** Members of a message beside jsonrpc, its id, and its result or error. */
const besides = (envelope: JsonObject) => Object.keys(envelope).filter((key) => key !== 'id').length - 2;

const outbound = (masks: readonly MaskField[]) => masks.filter(({ on }) => on !== 'arguments');
const tenantHash = (gateway: Gateway, call: Call) => (value: string) =>
  gateway.recorder.hmac(call.caller.tenant, 'mask', value);

/**
 * Decides what may be shown of one message that came back, and masks it. Requests of the server are not carried; its
 * notifications, and the words of its errors, pass only where nothing is masked and no second look could still mask or
 * refuse, since nobody knows where they hold what is hidden. Names that are the gateway's own are dropped first.
 */
export function release(gateway: Gateway, call: Call, decision: Decision, incoming: Incoming): Release {
  const { message, dropped } = withoutReserved(incoming.message);
  if (dropped === 0) return releaseOwn(gateway, call, decision, incoming);
  const released = releaseOwn(gateway, call, decision, { ...incoming, message, raw: serialize(message.document) });
  return released.kind === 'shown' ? { ...released, withheld: released.withheld + dropped } : released;
}

/** What is left is all the server's own. */
function releaseOwn(gateway: Gateway, call: Call, decision: Decision, incoming: Incoming): Release {
  const { message } = incoming;
  const masks = outbound(decision.mask_fields);
  if (message.kind === 'request') return { kind: 'withheld', code: 'WRIT_MESSAGE_UNSUPPORTED' };
  if (message.kind === 'notification')
    return masks.length === 0 && !looksAgain(call) ? shown(incoming) : { kind: 'withheld', code: 'WRIT_MASK_FAILED' };
  if (message.error !== undefined) return releaseError(call, masks, incoming, message);
  return releaseResult(gateway, call, decision, incoming, message);
}
