import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type Socket } from 'node:net';
import { after } from 'node:test';
import type { ErrorCode } from '../../engine/errors.ts';
import { listen } from '../../fixtures/listen.ts';
import { HttpUpstream, type UpstreamLimits } from '../../proxy/upstream/http-upstream.ts';
import type { StreamItem, UpstreamAnswer } from '../../proxy/upstream/types.ts';

export const limits: UpstreamLimits = { bytes: 1_048_576, idleMs: 60_000, streamIdleMs: 60_000, connections: 4 };

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
  const upstream = new HttpUpstream(new URL(`${origin}/mcp?tenant=a`), {}, { ...limits, ...more });
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
  const upstream = new HttpUpstream(new URL(`http://127.0.0.1:${port}/mcp`), {}, { ...limits, ...more });
  after(async () => {
    await upstream.close();
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { upstream, sockets };
}

/** The body of an answer in one piece. */
export function text(answer: UpstreamAnswer): string {
  assert.ok(answer.kind === 'body');
  return Buffer.from(answer.body).toString('utf8');
}

export function stream(answer: UpstreamAnswer): AsyncIterable<StreamItem> {
  assert.ok(answer.kind === 'events');
  return answer.events;
}

/** The data of every event of an answer as a stream. */
export async function taken(answer: UpstreamAnswer): Promise<string[]> {
  const all: string[] = [];
  for await (const item of stream(answer)) if (item.kind === 'event') all.push(item.data);
  return all;
}

export function refused(answer: Promise<unknown>, code: ErrorCode): Promise<void> {
  return assert.rejects(answer, { name: 'WritError', code });
}

/** Answers with JSON. */
export function json(response: ServerResponse, body = '{}'): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);
}

/** Begins an event stream. */
export function sse(response: ServerResponse): ServerResponse {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  return response;
}
