import { parse } from '../../../engine/json/parse.ts';
import { isObject, type Json } from '../../../engine/json/types.ts';
import { type Message, type RequestId, readMessage } from '../../mcp/message.ts';

/** One message of a server, and its text, in which no line ends. */
export interface Heard {
  message: Message;
  text: string;
}

/** JSON-RPC ids and progress tokens are told apart by type: 1 is not "1". */
export function keyOf(id: Json): string {
  return `${typeof id} ${String(id)}`;
}

/** Reads what a server sent as one JSON-RPC message; undefined for anything else. */
export function readHeard(bytes: Uint8Array): Heard | undefined {
  try {
    const message = readMessage(parse(bytes, { direction: 'to-client', maxBytes: bytes.length }));
    // No string of JSON holds a bare line end, and in an event stream it would end the line.
    return {
      message,
      text: Buffer.from(bytes)
        .toString('utf8')
        .replaceAll(/[\r\n]/g, ' '),
    };
  } catch {
    return undefined;
  }
}

/** Which requests an unreadable message was meant to answer, as far as one can tell: nothing else will come for them. */
export function idsIn(bytes: Uint8Array): RequestId[] {
  try {
    const value: Json = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return (Array.isArray(value) ? value : [value]).flatMap((each) => {
      if (!isObject(each) || 'method' in each) return [];
      const { id } = each;
      return typeof id === 'string' || typeof id === 'number' ? [id] : [];
    });
  } catch {
    return [];
  }
}
