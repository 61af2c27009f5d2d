import { serialize } from '../../engine/json/serialize.ts';
import type { Json, JsonDocument, JsonObject } from '../../engine/json/types.ts';
import type { AppliedMask } from '../../engine/masking/types.ts';
import type { Decision, MaskField } from '../../engine/policy/types.ts';
import type { Message } from '../mcp/message.ts';
import type { Incoming } from './incoming.ts';
import { looksAgain } from './look-again.ts';
import { sessionListen } from './methods.ts';
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
  /** Not passed, nothing said in its place; by these rules, where policy had a say. */
  | { kind: 'withheld'; rules: string[] }
  /** Policy refuses the answer; `body` says so. */
  | { kind: 'denied'; body: string; value: Json; rules: string[] };

export type Response = Message & { kind: 'response' };

export function shown({ raw, message }: Incoming): Release {
  return { kind: 'shown', body: raw, ...message.document, applied: [], withheld: 0, rules: [] };
}

export function changed(document: JsonDocument, applied: AppliedMask[], withheld: number, rules: string[]): Release {
  return { kind: 'shown', body: serialize(document), ...document, applied, withheld, rules };
}

/** A message with nothing beside its result or error: no mask looks into what else a server may put there. */
export function alone({ id }: Response, outcome: JsonObject, numbers: JsonDocument['numbers']): JsonDocument {
  return { value: { jsonrpc: '2.0', id, ...outcome }, numbers };
}

/** Members of a message beside jsonrpc, its id, and its result or error. */
export const besides = (envelope: JsonObject) => Object.keys(envelope).filter((key) => key !== 'id').length - 2;

export const outbound = (masks: readonly MaskField[]) => masks.filter(({ on }) => on !== 'arguments');

/** Whether something of the answer is hidden, or still could be: then no free text of the server is shown on the way. */
export function hides(call: Call, decision: Decision): boolean {
  return outbound(decision.mask_fields).length > 0 || looksAgain(call) || replaysHidden(call);
}

/** On a stream that is listened to a server may speak of any call of the session, and say again what it said on another. */
function replaysHidden({ message, resumes, server, session }: Call): boolean {
  if (message.method !== sessionListen) return false;
  const conversation = server.conversations.find(session.key);
  const unknown = conversation === undefined && (resumes !== undefined || session.upstream !== null);
  return unknown || (resumes?.hidden ?? false) || (conversation?.hidden ?? false);
}
