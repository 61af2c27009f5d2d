import { WritError } from '../../engine/errors.ts';
import { type JsonText, spliceMember } from '../../engine/json/splice-member.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import { failureReply } from '../../proxy/mcp/replies.ts';

/** The JSON-RPC error for a request, or for what could not be read where `id` is null. */
export function failureLine(error: WritError, id: string | null): JsonText {
  const { body } = failureReply(error, null, null);
  return id === null ? body : withId(body, JSON.parse(body), id);
}

/** An answer with this id, every other byte as it was: what fails before a request is read has no id of its own. */
export function withId(body: JsonText, value: Json, id: string): JsonText {
  return isObject(value) ? spliceMember(body, value, ['id'], id) : body;
}

/** An error of the connection in words of the client's side: it knows a gateway, and no server behind one. */
export function asGatewayError(cause: unknown): WritError {
  if (!(cause instanceof WritError)) return new WritError('WRIT_INTERNAL', undefined, { cause });
  if (cause.code === 'WRIT_UPSTREAM_INVALID') return new WritError('WRIT_GATEWAY_INVALID', cause.detail, { cause });
  if (cause.code !== 'WRIT_UPSTREAM_UNREACHABLE') return cause;
  const reason = cause.cause instanceof Error && 'code' in cause.cause ? `(${String(cause.cause.code)})` : cause.detail;
  return new WritError('WRIT_GATEWAY_UNREACHABLE', reason, { cause });
}
