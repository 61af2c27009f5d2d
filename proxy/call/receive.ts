import { WritError } from '../../engine/errors.ts';
import { parse } from '../../engine/json/parse.ts';
import type { Exchange } from '../http/exchange.ts';
import { type Asking, readMessage } from '../mcp/message.ts';
import type { Gateway } from '../types.ts';

/** Reads the body, strictly and once: everything after works on this value. Throws WRIT_JSON_* or WRIT_MESSAGE_*. */
export async function receive(gateway: Gateway, exchange: Exchange): Promise<{ message: Asking; bytes: Uint8Array }> {
  const encoding = exchange.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new WritError('WRIT_MESSAGE_INVALID', 'Bodies are taken unencoded.');
  const { request_bytes } = gateway.config.gateway.limits;
  const bytes = await exchange.body(request_bytes);
  // Whatever Content-Type says: a body that is decided must be the body that is sent on.
  const message = readMessage(parse(bytes, { direction: 'to-server', maxBytes: request_bytes }));
  if (message.kind === 'request') exchange.requestId = message.id;
  // No request of a server is passed to a client, so there is nothing a client could be answering.
  if (message.kind === 'response')
    throw new WritError('WRIT_MESSAGE_INVALID', 'No request of a server awaits an answer.');
  return { message, bytes };
}
