import { type JsonText, spliceMember } from '../../../engine/json/splice-member.ts';
import { isObject, type Json, type JsonObject } from '../../../engine/json/types.ts';
import type { Message } from '../../mcp/message.ts';

/** 2026-07-28, "Subscriptions": which `subscriptions/listen` a notification belongs to, by the id of that request. */
export const subscriptionKey = 'io.modelcontextprotocol/subscriptionId';

/** What a client called its request, as JSON text, so that it comes back exactly. */
export interface Names {
  id: string;
  progressToken: string | undefined;
}

/** The members of `_meta` of params or result; none where there is no such object. */
export function metaOf(holder: Json | undefined): JsonObject {
  const meta = isObject(holder) ? holder._meta : undefined;
  return isObject(meta) ? meta : {};
}

/** A request under another id, which is its progress token as well where it has one; every other byte as it was. */
export function renameRequest(message: Message & { kind: 'request' }, text: string, id: number) {
  const { value, numbers } = message.document;
  if (!isObject(value)) throw new TypeError('a request is an object');
  const meta = isObject(value.params) ? value.params._meta : undefined;
  const own = String(id);
  let renamed: JsonText = spliceMember(text, value, ['id'], own);
  const names: Names = { id: textOf(value, 'id'), progressToken: undefined };
  if (isObject(meta) && meta.progressToken !== undefined) {
    names.progressToken = textOf(meta, 'progressToken');
    renamed = spliceMember(renamed, value, ['params', '_meta', 'progressToken'], own);
  }
  return { names, text: String(renamed) };

  function textOf(holder: JsonObject, key: string): string {
    return numbers.get(holder)?.get(key) ?? JSON.stringify(holder[key]);
  }
}

/** A message of the server with the client's names put back at `paths`. */
export function renameBack(message: Message, text: string, back: [path: string[], name: string][]): string {
  const { value } = message.document;
  if (!isObject(value)) return text;
  return back.reduce((renamed, [path, name]) => String(spliceMember(renamed, value, path, name)), text);
}
