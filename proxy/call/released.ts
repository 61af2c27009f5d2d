import { serialize } from '../../engine/json/serialize.ts';
import type { Json, JsonDocument, JsonObject } from '../../engine/json/types.ts';
import { maskWords, vouches } from '../../engine/masking/mask-words.ts';
import type { AppliedMask, Masked } from '../../engine/masking/types.ts';
import type { Decision, MaskField } from '../../engine/policy/types.ts';
import type { Message } from '../mcp/message.ts';
import type { Gateway } from '../types.ts';
import type { Incoming } from './incoming.ts';
import { looksAgain } from './look-again.ts';
import { maskContext, memoryOf } from './mask-context.ts';
import { masked } from './masked.ts';
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

/**
 * What becomes of free words of the server: `all` are left out where something of the answer is hidden and nobody knows
 * where they say it, or policy has yet to look; they are shown `masked` where masks vouch for them.
 */
export type Hiding = 'nothing' | 'masked' | 'all';

export function hiding(call: Call, decision: Decision): Hiding {
  if (looksAgain(call) || replaysHidden(call)) return 'all';
  const masks = outbound(decision.mask_fields);
  if (masks.length > 0) return vouched(decision, masks) ? 'masked' : 'all';
  const hidden = !memoryOf(call).isEmpty || (decision.withhold ?? []).some(({ action }) => action !== 'allow');
  return hidden ? 'masked' : 'nothing';
}

/** Whether something of the answer is hidden, or still could be. */
export function hides(call: Call, decision: Decision): boolean {
  return hiding(call, decision) !== 'nothing';
}

/** Decisions are remembered, and so is this of them. */
const known = new WeakMap<Decision, boolean>();

function vouched(decision: Decision, masks: readonly MaskField[]): boolean {
  const before = known.get(decision);
  if (before !== undefined) return before;
  const vouch = vouches(masks);
  known.set(decision, vouch);
  return vouch;
}

/** Free words of the server as they are shown where they are `masked`: params of this method, or others. @throws WritError WRIT_MASK_FAILED, WRIT_DETECTOR_UNAVAILABLE */
export function maskedWords(
  gateway: Gateway,
  call: Call,
  decision: Decision,
  words: JsonDocument,
  method?: string,
): Masked | Promise<Masked> {
  const masks = outbound(decision.mask_fields);
  const context = maskContext(gateway, call, masks, memoryOf(call), decision.withhold);
  return masked(gateway, context, (within) => maskWords(words, within, method));
}

/** On a stream that is listened to a server may speak of any call of the session, and say again what it said on another. */
function replaysHidden({ message, resumes, server, session }: Call): boolean {
  if (message.method !== sessionListen) return false;
  const conversation = server.conversations.find(session.key);
  const unknown = conversation === undefined && (resumes !== undefined || session.upstream !== null);
  return unknown || (resumes?.hidden ?? false) || (conversation?.hidden ?? false);
}
