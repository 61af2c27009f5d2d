import { once } from 'node:events';
import { Agent, type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';
import { createParser } from 'eventsource-parser';
import type { Receipt } from '../../proxy/mcp/receipt.ts';
import { takeReceipt } from './receipts.ts';

/** One JSON-RPC message, loosely: tests look at all kinds of them. */
export interface Rpc {
  jsonrpc?: unknown;
  id?: unknown;
  method?: string;
  params?: Record<string, unknown>;
  result?: {
    isError?: boolean;
    resultType?: string;
    content?: { type: string; text?: string }[];
    structuredContent?: unknown;
    tools?: { name: string }[];
    _meta?: { 'writ/decision'?: Told };
    [key: string]: unknown;
  };
  error?: {
    code: number;
    message: string;
    data?: { code?: string; call?: string; 'writ/decision'?: Told; [key: string]: unknown };
  };
}

/** What a refusal tells of the decision. */
export interface Told {
  call: string;
  effect: string;
  rules: string[];
  reasons: { rule: string; message: string }[];
  pending?: string;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Every byte of it, head and body, for a search. */
  wire: string;
  /** Here and below without the receipt that the gateway puts into an answer. */
  body: string;
  receipt: Receipt | null;
  /** The JSON-RPC messages in the body, in order, JSON and events alike; an event without data has none. */
  messages: Rpc[];
  /** Events with their ids, where it was a stream. */
  events: { id: string | undefined; event: string | undefined; data: string }[];
  /** The last message. */
  last: Rpc;
}

export interface HttpRequest {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
  agent?: Agent;
}

const shared = new Agent({ keepAlive: true });

/** Sends one request and leaves when `leave` resolves; resolves with what came until then. */
export function begin(url: string, { method = 'POST', headers = {}, body = '', agent = shared }: HttpRequest) {
  const sent = request(url, { method, agent, headers: { 'content-type': 'application/json', ...headers } });
  sent.end(body);
  return sent;
}

/** Sends one request and takes the whole answer. */
export async function send(url: string, options: HttpRequest): Promise<HttpAnswer> {
  const [response] = (await once(begin(url, options), 'response')) as [IncomingMessage];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return answerOf(response, Buffer.concat(chunks).toString('utf8'));
}

function answerOf({ statusCode = 0, headers, rawHeaders }: IncomingMessage, whole: string): HttpAnswer {
  const wire = [statusCode, ...rawHeaders, whole].join('\n');
  const { text: body, receipt } = takeReceipt(whole);
  const events: HttpAnswer['events'] = [];
  const streaming = headers['content-type'] === 'text/event-stream';
  if (streaming) createParser({ onEvent: ({ id, event, data }) => events.push({ id, event, data }) }).feed(body);
  const texts = streaming ? events.map(({ data }) => data) : [body];
  const messages = texts.filter((text) => text !== '').map((text): Rpc => JSON.parse(text));
  return { status: statusCode, headers, wire, body, receipt, events, messages, last: messages.at(-1) ?? {} };
}
