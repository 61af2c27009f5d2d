import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { after } from 'node:test';
import { listen } from '../../fixtures/listen.ts';
import { Upstream, type UpstreamLimits } from '../../proxy/upstream/upstream.ts';

export const limits: UpstreamLimits = { bytes: 1_048_576, idleMs: 60_000, connections: 4 };

export interface Received {
  request: IncomingMessage;
  response: ServerResponse;
  body: string;
  /** Resolves when the other side breaks this request off. */
  broken: Promise<void>;
}

/** An MCP server whose every request a test answers by itself. Closed, with its client, after the test file. */
export async function stubUpstream(answer: (received: Received) => unknown, more: Partial<UpstreamLimits> = {}) {
  const server = createServer(async (request, response) => {
    const broken = once(response, 'close').then(() => {
      if (!response.writableFinished) return;
      return new Promise<void>(() => {});
    });
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A request that breaks off before it is whole is not answered.
    if (await once(request, 'end').catch(() => undefined))
      await answer({ request, response, body: Buffer.concat(chunks).toString('utf8'), broken });
  });
  const { origin, close } = await listen(server, 0);
  const upstream = new Upstream(new URL(`${origin}/mcp?tenant=a`), {}, { ...limits, ...more });
  after(async () => {
    await upstream.close();
    await close();
  });
  return { upstream, origin, server };
}

/** A server that answers each connection's first bytes as `answer` writes them, well-formed or not. */
export async function rawUpstream(answer: (socket: Socket) => unknown, more: Partial<UpstreamLimits> = {}) {
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const upstream = new Upstream(new URL(`http://127.0.0.1:${port}/mcp`), {}, { ...limits, ...more });
  after(async () => {
    await upstream.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { upstream, sockets };
}
