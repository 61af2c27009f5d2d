import assert from 'node:assert/strict';
import { parse } from '../../engine/json/parse.ts';
import { type Asking, type Message, readMessage } from '../../proxy/mcp/message.ts';

/** Reads JSON text, or a value written as JSON, as the gateway reads a body. */
export function readBody(body: unknown): Message {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return readMessage(parse(Buffer.from(text), { direction: 'to-server' }));
}

/** A request or notification; `jsonrpc` is added. */
export function asking(body: { id?: string | number; method: string; params?: object }): Asking {
  const message = readBody({ jsonrpc: '2.0', ...body });
  assert.ok(message.kind !== 'response');
  return message;
}
