import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonDocument, type JsonObject } from '../../engine/json/types.ts';
import { MemberNames } from './member-names.ts';

/** JSON-RPC ids are kept exactly: 1 is not "1". */
export type RequestId = string | number;

/** One JSON-RPC 2.0 message, by what may become of it. */
export type Message =
  | { kind: 'request'; id: RequestId; method: string; params: JsonObject; document: JsonDocument }
  | { kind: 'notification'; method: string; params: JsonObject; document: JsonDocument }
  | { kind: 'response'; id: RequestId | null; result?: Json; error?: JsonObject; document: JsonDocument };

/** What a peer asks for or tells: everything but an answer. */
export type Asking = Exclude<Message, { kind: 'response' }>;

const members = new MemberNames(['jsonrpc', 'id', 'method', 'params', 'result', 'error']);
const none: JsonObject = Object.freeze(Object.create(null));

function invalid(detail: string): WritError {
  return new WritError('WRIT_MESSAGE_INVALID', detail);
}

function paramsOf(object: JsonObject): JsonObject {
  const params = object.params;
  if (params === undefined) return none;
  // JSON-RPC allows an array; MCP knows named parameters alone.
  if (!isObject(params)) throw invalid('params must be an object.');
  return params;
}

/** Reads a document as one JSON-RPC message, and nothing else: batches ended with protocol version 2025-06-18. */
export function readMessage(document: JsonDocument): Message {
  const object = document.value;
  if (!isObject(object)) throw invalid('It must be one object; batches are not carried.');
  if (object.jsonrpc !== '2.0') throw invalid('jsonrpc must be "2.0".');
  if (members.areMisspeltIn(object)) throw invalid('Its members are written in small letters.');
  const { id, method } = object;
  if (method !== undefined) {
    if (typeof method !== 'string' || method === '') throw invalid('method must be a string.');
    if ('result' in object || 'error' in object) throw invalid('A request has neither result nor error.');
    if (id === undefined) return { kind: 'notification', method, params: paramsOf(object), document };
    if (typeof id !== 'string' && !(typeof id === 'number' && Number.isInteger(id)))
      throw invalid('id must be a string or an integer.');
    return { kind: 'request', id, method, params: paramsOf(object), document };
  }
  const { result, error } = object;
  if ((result === undefined) === (error === undefined)) throw invalid('It must have a method, a result or an error.');
  if (id !== null && id !== undefined && typeof id !== 'string' && typeof id !== 'number')
    throw invalid('id is malformed.');
  if (error !== undefined) {
    if (!isObject(error) || typeof error.code !== 'number' || typeof error.message !== 'string')
      throw invalid('error must have a code and a message.');
    return { kind: 'response', id: id ?? null, error, document };
  }
  if (id === null || id === undefined) throw invalid('A result must have an id.');
  return { kind: 'response', id, result: result ?? null, document };
}
