import { WritError } from '../../engine/errors.ts';
import { parse } from '../../engine/json/parse.ts';
import { serialize } from '../../engine/json/serialize.ts';
import type { JsonDocument } from '../../engine/json/types.ts';
import type { Exchange } from '../exchange.ts';
import { type Message, readMessage } from '../mcp/message.ts';
import type { Gateway } from '../types.ts';
import { sessionEnd, sessionListen } from './methods.ts';

/** A message and the bytes that say it. */
export interface Received {
  message: Message;
  bytes: Uint8Array;
}

/** The last version of MCP with batches, and those before it; without the header, a message may be of one of these. */
const withBatches: ReadonlySet<unknown> = new Set([undefined, '2025-03-26', '2024-11-05']);
/** Messages of one batch: each takes a decision and entries of its own. */
const mostInBatch = 64;

/** Reads one message. What the gateway calls by names of its own has no message. */
function read(document: JsonDocument): Message {
  const message = readMessage(document);
  if (message.kind !== 'response' && (message.method === sessionListen || message.method === sessionEnd))
    throw new WritError('WRIT_MESSAGE_INVALID', 'Its method is a name of the gateway.');
  return message;
}

/** The members of a batch, each written as a message of its own, as which it is decided and sent on. */
function readBatch({ value, numbers }: JsonDocument, exchange: Exchange): Received[] | null {
  if (!Array.isArray(value)) return null;
  if (!withBatches.has(exchange.headers['mcp-protocol-version']))
    throw new WritError('WRIT_MESSAGE_INVALID', 'It must be one object; batches ended with version 2025-06-18.');
  if (value.length === 0 || value.length > mostInBatch)
    throw new WritError('WRIT_MESSAGE_INVALID', `A batch has 1 to ${mostInBatch} messages.`);
  return value.map((member) => {
    const document = { value: member, numbers };
    const message = read(document);
    // 2025-03-26, "Initialization".
    if (message.kind !== 'response' && message.method === 'initialize')
      throw new WritError('WRIT_MESSAGE_INVALID', 'initialize must not be part of a batch.');
    return { message, bytes: Buffer.from(serialize(document)) };
  });
}

/**
 * Reads the body, strictly and once: everything after works on this value. One message, or those of a batch. Throws WRIT_JSON_*
 * or WRIT_MESSAGE_*.
 */
export async function receive(gateway: Gateway, exchange: Exchange): Promise<Received | Received[]> {
  const encoding = exchange.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new WritError('WRIT_MESSAGE_INVALID', 'Bodies are taken unencoded.');
  const { request_bytes } = gateway.config.gateway.limits;
  const bytes = await exchange.body(request_bytes);
  // Whatever Content-Type says: a body that is decided must be the body that is sent on.
  const document = parse(bytes, { direction: 'to-server', maxBytes: request_bytes });
  return readBatch(document, exchange) ?? { message: read(document), bytes };
}
