import { type JsonText, spliceMember } from '../../engine/json/splice-member.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import { withMember, withoutMembers } from '../../engine/json/with-member.ts';
import type { Message } from './message.ts';

/** Where in the log a call is: what a caller needs to have its record proven. */
export interface Receipt {
  /** C2SP origin of the log. */
  log: string;
  /** Of the decision's entry. */
  index: number;
  /** Id of the call. */
  call: string;
}

export const receiptKey = 'writ/receipt';
/** Names under which the gateway speaks; a server has no use for them but to be taken for it. */
const reserved = 'writ/';

/**
 * An answer with its receipt in `_meta` of the result or `data` of the error, and every other byte as it was. `value` is what
 * `body` says, where that was read already. Where there is no place for one, as in data that are no object, the answer stays
 * without.
 */
export function withReceipt(body: JsonText, receipt: Receipt, value: Json = JSON.parse(String(body))): JsonText {
  if (!isObject(value)) return body;
  const { result, error } = value;
  const path = isObject(error) ? ['error', 'data', receiptKey] : ['result', '_meta', receiptKey];
  const holder = isObject(error) ? error.data : result;
  if (holder !== undefined && !isObject(holder)) return body;
  // An empty result says that something was done, and clients may hold a server to its being empty.
  if (!isObject(error) && isObject(result) && Object.keys(result).length === 0) return body;
  return spliceMember(body, value, path, JSON.stringify(receipt));
}

/**
 * The message without what its server says in the gateway's own name: `_meta` of a result or notification and `data` of an
 * error lose the names that begin so, and a `_meta` that is no object goes. The very message where there was nothing.
 */
export function withoutReserved(message: Message): { message: Message; dropped: number } {
  const { value, numbers } = message.document;
  const [member, name] = placeOf(message);
  const holder = isObject(value) ? value[member] : undefined;
  const own = isObject(holder) ? holder[name] : undefined;
  const same = { message, dropped: 0 };
  if (message.kind === 'request' || !isObject(value) || !isObject(holder) || own === undefined) return same;
  let cleared: JsonObject;
  let dropped = 1;
  if (isObject(own)) {
    const names = Object.keys(own).filter((key) => key.startsWith(reserved));
    if (names.length === 0) return same;
    dropped = names.length;
    cleared = withMember(holder, name, withoutMembers(own, names, numbers), numbers);
  } else if (name === '_meta') cleared = withoutMembers(holder, [name], numbers);
  else return same;
  const document = { value: withMember(value, member, cleared, numbers), numbers };
  return { message: { ...message, [member]: cleared, document }, dropped };
}

function placeOf(message: Message): [member: string, name: '_meta' | 'data'] {
  if (message.kind !== 'response') return ['params', '_meta'];
  return message.error === undefined ? ['result', '_meta'] : ['error', 'data'];
}
