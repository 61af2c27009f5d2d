import { isObject, type Json, type JsonDocument, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { maskNotification } from '../../engine/masking/mask-notification.ts';
import { prospective } from '../../engine/policy/listing.ts';
import type { Decision, PolicyInput } from '../../engine/policy/types.ts';
import type { Message } from '../mcp/message.ts';
import { principalOf } from '../session/session.ts';
import type { Gateway } from '../types.ts';
import { toClient } from './aside.ts';
import { decide } from './decide.ts';
import type { Incoming } from './incoming.ts';
import { then } from './masked.ts';
import { prepare } from './prepare.ts';
import { changed, type Hiding, hiding, maskedWords, type Release, shown } from './released.ts';
import type { Call, Next, OpenCall } from './types.ts';

type Notification = Message & { kind: 'notification' };

const aboutTasks = new Set(['notifications/tasks', 'notifications/tasks/status']);

/** What is hidden of a call. */
interface Hidden {
  level: Hiding;
  call: Call;
  decision: Decision;
}

/**
 * What is hidden of the calls that a notification tells of: the one in the course of which it came and, where it is about a task,
 * the one that began that. Undefined for the task of another.
 */
function hidesIn({ call, decision }: OpenCall, { method, params }: Notification): Hidden[] | undefined {
  const own = { level: hiding(call, decision), call, decision };
  if (!aboutTasks.has(method)) return [own];
  const principal = principalOf(call.caller);
  if (!call.server.tasks.isOf(params.taskId, principal)) return undefined;
  const original: Call = { ...call.server.tasks.callOf(params.taskId, principal), policy: call.policy };
  const ruling = decide(original);
  if (ruling.kind === 'failed' || ruling.evaluation.decision.effect !== 'allow') return undefined;
  const about = ruling.evaluation.decision;
  return [own, { level: hiding(original, about), call: original, decision: about }];
}

/** Of a resource that a caller could not read it does not learn that it changed. */
function mayRead({ policy, input }: Call): boolean {
  const { uri } = input.call;
  if (uri === undefined) return true;
  const asked: PolicyInput = { ...input, call: { ...input.call, direction: 'to-server' } };
  return policy.decide(prospective(asked, 'resources/read', { uri })).decision.effect !== 'deny';
}

/** A notification with nothing beside its params: no mask looks into what else a server may put there. */
function alone({ method }: JsonObject, params: JsonObject, numbers: NumberTexts): JsonDocument {
  return { value: { jsonrpc: '2.0', method: method ?? null, params }, numbers };
}

/** A token is the client's to choose; another would be a word of the server. */
function isItsOwn({ message }: Call, token: Json | undefined): boolean {
  const { _meta } = message.params;
  return token === undefined || (isObject(_meta) && _meta.progressToken === token);
}

/**
 * What a server tells its client is decided by itself, and recorded with the call in the course of which it came. Of a call
 * whose answer is masked only what holds no words of the server passes: nobody knows where they say what is hidden.
 */
export function releaseNotification(
  gateway: Gateway,
  open: OpenCall,
  incoming: Incoming,
  message: Notification,
): Release | Promise<Release> {
  const hidden = hidesIn(open, message);
  if (hidden === undefined) return { kind: 'withheld', rules: [] };
  const call = toClient(open.call, message, Buffer.from(incoming.raw));
  if (!mayRead(call)) return { kind: 'withheld', rules: [] };
  const preparing = prepare(gateway, call, decide(call));
  return then(preparing, (next) => releasePrepared(gateway, open, incoming, message, hidden, next));
}

/** As a decision by itself lets it pass, without what is `hidden`. */
function releasePrepared(
  gateway: Gateway,
  open: OpenCall,
  incoming: Incoming,
  message: Notification,
  hidden: readonly Hidden[],
  next: Next,
): Release | Promise<Release> {
  if (next.kind !== 'forward')
    return { kind: 'withheld', rules: next.kind === 'answer' ? (next.decision?.rules ?? []) : [] };
  const { value, numbers } = message.document;
  if (!isObject(value)) return { kind: 'withheld', rules: [] };
  const isChanged = next.document !== message.document;
  if (hidden.some(({ level }) => level === 'all')) {
    // Masks of its own could only take more away than all of what its words say.
    const params = maskNotification(message.params, message.method, numbers);
    if (params === undefined || isChanged || !isItsOwn(open.call, params.progressToken))
      return { kind: 'withheld', rules: [] };
    return changed(alone(value, params, numbers), [], 1, []);
  }
  const masking = hidden.filter(({ level }) => level === 'masked');
  if (masking.length === 0) return isChanged ? changed(next.document, next.applied, 0, []) : shown(incoming);
  const said = isObject(next.document.value) ? next.document.value.params : undefined;
  const applied = [...next.applied];
  /** What the others of `masking` leave of what one leaves. */
  const masked = (params: Json, [first, ...others]: readonly Hidden[]): Release | Promise<Release> => {
    if (first === undefined) {
      if (!isObject(params) || !isItsOwn(open.call, params.progressToken)) return { kind: 'withheld', rules: [] };
      return changed(alone(value, params, numbers), applied, 0, []);
    }
    const words = { value: params, numbers };
    return then(maskedWords(gateway, first.call, first.decision, words, message.method), (one) => {
      if (one.denied.length > 0) return { kind: 'withheld', rules: one.denied };
      applied.push(...one.applied);
      return masked(one.document.value, others);
    });
  };
  return masked(isObject(said) ? said : {}, masking);
}
