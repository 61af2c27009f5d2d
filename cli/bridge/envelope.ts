import { isUtf8 } from 'node:buffer';
import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { versionKey } from '../../proxy/mcp/era.ts';
import type { UpstreamAnswer } from '../../proxy/upstream/types.ts';

/** One JSON-RPC message, by what has to be done with it. Ids are JSON text, in which 1 is not "1". */
export type Member =
  | { kind: 'request'; id: string; method: string; params: JsonObject }
  | { kind: 'notification'; method: string; params: JsonObject }
  | { kind: 'response'; id: string | null; result: Json | undefined; error: JsonObject | undefined };

export type Asked = Extract<Member, { kind: 'request' }>;

/** What stands on one line: a message, or a batch of them as 2025-03-26 has it. The bytes are what is sent. */
export interface Envelope {
  bytes: Uint8Array;
  value: Json;
  members: Member[];
}

const none: JsonObject = {};

/** Throws WRIT_JSON_ENCODING, WRIT_JSON_INVALID or WRIT_MESSAGE_INVALID. What is right is left to the gateway to say. */
export function readEnvelope(bytes: Uint8Array): Envelope {
  if (!isUtf8(bytes)) throw new WritError('WRIT_JSON_ENCODING');
  const ids = new Map<object, string>();
  const value = parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'), ids);
  const members = (Array.isArray(value) ? value : [value]).map((each) => memberOf(each, ids));
  if (members.length === 0) throw new WritError('WRIT_MESSAGE_INVALID', 'A batch has at least one message.');
  return { bytes, value, members };
}

/** The same of what a server sent; undefined for what is no message. */
export function envelopeIn(bytes: Uint8Array): Envelope | undefined {
  try {
    return readEnvelope(bytes);
  } catch {
    return undefined;
  }
}

/** The JSON-RPC error code of an answer that is one body; undefined where it has none. */
export function errorCodeOf(answer: UpstreamAnswer): Json | undefined {
  const value = answer.kind === 'body' ? envelopeIn(answer.body)?.value : undefined;
  return isObject(value) && isObject(value.error) ? value.error.code : undefined;
}

/** The version a message of the stateless era names in its `_meta`, or undefined for one of the era of sessions. */
export function modernVersionOf(member: Member): string | undefined {
  if (member.kind === 'response') return undefined;
  const { _meta: meta } = member.params;
  const version = isObject(meta) ? meta[versionKey] : undefined;
  return typeof version === 'string' ? version : undefined;
}

function memberOf(value: Json, ids: Map<object, string>): Member {
  if (!isObject(value)) throw new WritError('WRIT_MESSAGE_INVALID');
  const { id, method, params, result, error } = value;
  const known = ids.get(value) ?? idText(id);
  if (typeof method === 'string') {
    const own = { method, params: isObject(params) ? params : none };
    if (id === undefined) return { kind: 'notification', ...own };
    if (known === null) throw new WritError('WRIT_MESSAGE_INVALID', 'id must be a string or a number.');
    return { kind: 'request', id: known, ...own };
  }
  if (result === undefined && !isObject(error)) throw new WritError('WRIT_MESSAGE_INVALID');
  return { kind: 'response', id: known, result, error: isObject(error) ? error : undefined };
}

/** The id as JSON text; a `requestId` names one in the same way. */
export function idText(id: Json | undefined): string | null {
  return typeof id === 'string' || typeof id === 'number' ? JSON.stringify(id) : null;
}

type Reviver = (this: object, key: string, value: Json, context: { source?: string }) => Json;
const parseWithSource = JSON.parse as (text: string, reviver: Reviver) => Json;

/** JSON.parse, which reads large integers as others: their ids are kept as they were written. */
function parse(text: string, ids: Map<object, string>): Json {
  try {
    const value: Json = JSON.parse(text);
    const each = Array.isArray(value) ? value : [value];
    if (each.every((one) => !isObject(one) || typeof one.id !== 'number' || Number.isSafeInteger(one.id))) return value;
    return parseWithSource(text, function (key, inner, { source }) {
      if (key === 'id' && typeof inner === 'number' && source !== undefined) ids.set(this, source);
      return inner;
    });
  } catch {
    // The message of JSON.parse quotes what was sent.
    throw new WritError('WRIT_JSON_INVALID');
  }
}
