import { randomUUID } from 'node:crypto';
import { type McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { Replays } from './replays.ts';

/** What clients are told to wait before they come back for a stream that was closed, in milliseconds. */
const retryInterval = 200;

/** 2025-11-25: a server and transport a session, opened by `initialize`, ended by DELETE, streams resumable. */
export function sessions(serverOf: () => McpServer) {
  const open = new Map<string, { transport: WebStandardStreamableHTTPServerTransport; server: McpServer }>();

  async function begin(): Promise<WebStandardStreamableHTTPServerTransport> {
    const server = serverOf();
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      eventStore: new Replays(),
      retryInterval,
      onsessioninitialized: (id) => void open.set(id, { transport, server }),
      onsessionclosed: (id) => void open.delete(id),
    });
    await server.connect(transport);
    return transport;
  }

  return {
    async fetch(request: Request): Promise<Response> {
      const id = request.headers.get('mcp-session-id');
      const transport = id === null ? await begin() : open.get(id)?.transport;
      return transport?.handleRequest(request) ?? notFound();
    },
    /** Every server with a session. */
    servers: () => [...open.values()].map(({ server }) => server),
    async close(): Promise<void> {
      await Promise.all([...open.values()].map(({ transport }) => transport.close()));
    },
  };
}

/** 404 tells the client to initialize again (Streamable HTTP, "Session Management"). */
function notFound(): Response {
  const error = { code: -32001, message: 'Session not found' };
  return Response.json({ jsonrpc: '2.0', id: null, error }, { status: 404 });
}
