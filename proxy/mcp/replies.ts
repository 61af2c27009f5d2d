import { type ErrorCode, errorKinds, type WritError } from '../../engine/errors.ts';
import type { Json, JsonObject } from '../../engine/json/types.ts';
import type { Decision } from '../../engine/policy/types.ts';
import { type Era, UnsupportedVersion } from './era.ts';
import type { Asking, RequestId } from './message.ts';
import { type Receipt, receiptKey } from './receipt.ts';

/** An answer of the gateway's own: HTTP status and JSON-RPC body. */
export interface Reply {
  status: number;
  body: string;
}

/** JSON-RPC code of a policy refusal: outside the ranges that JSON-RPC and MCP reserve. */
const policyRefusal = -31403;
export const tasksExtension = 'io.modelcontextprotocol/tasks';
const decisionKey = 'writ/decision';

function rpcError(id: RequestId | null, code: number, message: string, data: JsonObject): string {
  return JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, data } });
}

/**
 * A refusal by the protocol or a failure of the gateway. The code to look up is in the data, never only in the text; a
 * client deciding between protocol eras reads these bodies, so there is always one.
 */
export function failureReply(error: WritError, id: RequestId | null, receipt: Receipt | null): Reply {
  const kind = errorKinds[error.code];
  const data: JsonObject = { code: error.code, remedy: kind.remedy, retriable: kind.retriable ?? false };
  if (receipt !== null) Object.assign(data, { call: receipt.call, [receiptKey]: { ...receipt } });
  if (error instanceof UnsupportedVersion) {
    data.supported = [...error.supported];
    data.requested = error.requested;
  }
  // 2026-07-28, MissingRequiredClientCapability: which the client would have to have.
  if (error.code === 'WRIT_TASKS_UNDECLARED') data.requiredCapabilities = { extensions: { [tasksExtension]: {} } };
  // A failed gateway answers a request at 200; a message that awaits no answer must learn of it by the status.
  const unheard = id === null && kind.status === 200;
  const status = unheard ? (kind.retriable ? 503 : 500) : (kind.status ?? 500);
  return { status, body: rpcError(id, kind.rpc ?? -31503, error.message, data) };
}

/** What the caller is told of a decision: rules and reasons, and how to go on. */
function explanation(call: string, decision: Decision, pending: string | null): JsonObject {
  const told: JsonObject = {
    call,
    effect: decision.effect,
    rules: decision.rules,
    reasons: decision.reasons.map(({ rule, message }) => ({ rule, message })),
  };
  if (pending !== null) told.pending = pending;
  return told;
}

function sentence(decision: Decision, pending: string | null): string {
  // Each is a sentence of its own elsewhere.
  const reasons = decision.reasons.map(({ message }) => message.replace(/\.$/, '')).filter((message) => message !== '');
  const why = reasons.length > 0 ? `: ${[...new Set(reasons)].join('; ')}` : '';
  if (decision.effect === 'require-approval') {
    return `This call needs the approval of a person before it is made${why}. Approval pending as ${pending}; repeat the same call once it is given.`;
  }
  return `Policy does not allow this call${why}. Repeating it unchanged will not help. Rules: ${decision.rules.join(', ')}.`;
}

/**
 * A refusal by policy. For tools/call it is a result with isError, because clients show that to the model, which can
 * act on it; other requests get a JSON-RPC error; a notification gets HTTP 403, since it has no other answer.
 */
export function refusalReply(
  message: Asking,
  era: Era,
  call: string,
  decision: Decision,
  pending: string | null,
): Reply {
  const told = explanation(call, decision, pending);
  const text = sentence(decision, pending);
  if (message.kind === 'notification')
    return { status: 403, body: rpcError(null, policyRefusal, text, { [decisionKey]: told }) };
  if (message.method !== 'tools/call')
    return { status: 200, body: rpcError(message.id, policyRefusal, text, { [decisionKey]: told }) };
  const result: { [key: string]: Json } = {
    content: [{ type: 'text', text }],
    isError: true,
    _meta: { [decisionKey]: told },
  };
  if (era === 'modern') result.resultType = 'complete';
  return { status: 200, body: JSON.stringify({ jsonrpc: '2.0', id: message.id, result }) };
}

/** What is wrong with the arguments of a tool, as a result: clients show that to the model, which can correct them (SEP-1303). */
export function faultReply(message: Asking, era: Era, error: WritError): Reply {
  const id = message.kind === 'request' ? message.id : null;
  const text = error.message;
  const result: { [key: string]: Json } = { content: [{ type: 'text', text }], isError: true };
  if (era === 'modern') result.resultType = 'complete';
  return { status: 200, body: JSON.stringify({ jsonrpc: '2.0', id, result }) };
}

/** The error a server gets for a request of its own that is not passed to the client. */
export function serverRequestRefusal(id: RequestId, code: ErrorCode): string {
  return rpcError(id, policyRefusal, errorKinds[code].title, { code });
}
