import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { listen } from '../../../fixtures/listen.ts';

/** One request as it reached the stub. */
export interface Received {
  http: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body as JSON; empty where it is none. */
  message: { id?: unknown; method?: string; params?: Record<string, unknown>; result?: unknown };
  /** Whether the connection went before the answer was whole. */
  left: boolean;
}

export type Conduct = (received: Received, response: ServerResponse) => void;

export interface Stub {
  origin: string;
  url: string;
  seen: Received[];
  conduct: Conduct;
  /** Of the latest request that fits. */
  last(fits: (received: Received) => boolean): Received | undefined;
  close(): Promise<void>;
}

export const json = { 'content-type': 'application/json' };
export const events = { 'content-type': 'text/event-stream' };

/** Answers each request with an empty result, and takes the rest. */
export const plain: Conduct = ({ http, message: { id, method } }, response) => {
  if (http !== 'POST') response.writeHead(http === 'GET' ? 405 : 200).end();
  else if (id === undefined || method === undefined) response.writeHead(202).end();
  else response.writeHead(200, json).end(JSON.stringify({ jsonrpc: '2.0', id, result: {} }));
};

/** What a server of the era of sessions says to initialize. */
export function initialized(id: unknown): string {
  const result = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'stub', version: '1' } };
  return JSON.stringify({ jsonrpc: '2.0', id, result });
}

/** A server on the loopback interface that does as it is told. */
export async function startStub(t: TestContext, conduct: Conduct = plain): Promise<Stub> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    let message: Received['message'] = {};
    try {
      message = Object(JSON.parse(body));
    } catch {}
    const { method: http = '', url: path = '', headers } = request;
    const received = { http, path, headers, body, message, left: false };
    response.on('close', () => {
      received.left = !response.writableFinished;
    });
    stub.seen.push(received);
    stub.conduct(received, response);
  });
  const { origin, close } = await listen(server, 0);
  const stub: Stub = {
    origin,
    url: `${origin}/mcp`,
    seen: [],
    conduct,
    last: (fits) => stub.seen.findLast(fits),
    close,
  };
  t.after(() => close());
  return stub;
}
