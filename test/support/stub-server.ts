import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { listen } from '../../fixtures/listen.ts';

/** One request as it reached the stub. */
export interface Received {
  /** GET, POST, DELETE. */
  verb: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body read as JSON; empty where it is none. */
  message: {
    id?: unknown;
    method?: string;
    params?: { name?: string; arguments?: Record<string, unknown>; [key: string]: unknown };
  };
  /** Resolves when the connection is gone, whether the answer was whole or not. */
  closed: Promise<unknown>;
}

/** What the stub does with one request. */
export type Conduct = (received: Received, response: ServerResponse) => void;

/** An MCP server that does whatever a test tells it to, good or bad. */
export interface StubServer {
  url: string;
  /** All requests, oldest first, but those by which the gateway itself asks for tools. */
  seen: Received[];
  /** Whether the gateway's own requests for tools are answered by none, whatever the conduct. */
  answersForTools: boolean;
  /** How requests are answered, until a test changes it. */
  conduct: Conduct;
  close(): Promise<void>;
}

const json = { 'content-type': 'application/json' };

/** Answers with bytes as they are. */
export function raw(
  status: number,
  headers: Record<string, string | string[]>,
  body: string | Uint8Array = '',
): Conduct {
  return (_, response) => void response.writeHead(status, headers).end(body);
}

/** Answers a request with this result, and takes whatever is no request. */
export function result(value: unknown, headers: Record<string, string> = {}): Conduct {
  return ({ message: { id } }, response) =>
    id === undefined
      ? void response.writeHead(202).end()
      : void response
          .writeHead(200, { ...json, ...headers })
          .end(JSON.stringify({ jsonrpc: '2.0', id, result: value }));
}

/** Answers a request with this JSON-RPC error. */
export function failure(error: unknown, status = 200): Conduct {
  return ({ message: { id = null } }, response) =>
    void response.writeHead(status, json).end(JSON.stringify({ jsonrpc: '2.0', id, error }));
}

/**
 * Answers tools/call with an event stream of this text, `<id>` standing for the JSON-RPC id. With `ends` false the
 * stream stays open. What the gateway posts meanwhile is taken.
 */
export function stream(text: string, ends = true): Conduct {
  return ({ message: { id, method } }, response) => {
    if (method !== 'tools/call') return void response.writeHead(202).end();
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(text.replaceAll('<id>', JSON.stringify(id)));
    if (ends) response.end();
  };
}

/** One event of a stream; the id of the JSON-RPC message may be `'<id>'`. */
export function event(message: unknown, id?: string): string {
  const data = typeof message === 'string' ? message : JSON.stringify(message).replace('"<id>"', '<id>');
  return `event: message\n${id === undefined ? '' : `id: ${id}\n`}data: ${data}\n\n`;
}

/** What a tool answers: the same JSON as structure and as text. */
export function toolResult(value: object) {
  return { content: [{ type: 'text', text: JSON.stringify(value) }], structuredContent: value, resultType: 'complete' };
}

function parsed(body: string): Received['message'] {
  try {
    return Object(JSON.parse(body));
  } catch {
    return {};
  }
}

/** Ids of the gateway's own requests are UUIDs. */
const isOfGateway = ({ message }: Received) =>
  message.method === 'tools/list' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(String(message.id));

export async function startStubServer(): Promise<StubServer> {
  const server = createServer(async (request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk;
    });
    const closed = once(response, 'close');
    await once(request, 'end').catch(() => undefined);
    const received: Received = {
      verb: request.method ?? '',
      headers: request.headers,
      body,
      message: parsed(body),
      closed,
    };
    // The gateway asks for what a tool declares before the first call of it; a test that minds lists tools itself.
    if (stub.answersForTools && isOfGateway(received))
      return result({ tools: [], resultType: 'complete' })(received, response);
    stub.seen.push(received);
    stub.conduct(received, response);
  });
  const { origin, close } = await listen(server, 0);
  const stub: StubServer = {
    url: `${origin}/mcp`,
    seen: [],
    answersForTools: true,
    conduct: result(toolResult({ done: true })),
    close,
  };
  return stub;
}
