/**
 * An MCP server that streams, for the legacy era: `initialize` begins a session, GET is a stream that stays quiet, and a call is
 * answered by as many events as its argument says, each of which tells when it left. It runs as its own process.
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const filler = 'x'.repeat(10_000);

interface Asked {
  id?: number;
  method: string;
  params?: { protocolVersion?: string; arguments?: { events?: number; bytes?: number } };
}

/** Nanoseconds of the clock that all processes of a machine share. */
const leaving = () => String(process.hrtime.bigint());

/** Until its reader has taken what was written, or is gone. */
function taken(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

async function stream(response: ServerResponse, id: number | undefined, events: number, bytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.flushHeaders();
  for (let number = 0; number < events && !response.destroyed; number++) {
    const message = `${leaving()} ${filler.slice(0, bytes)}`;
    const params = { progressToken: 1, progress: number, message };
    const event = JSON.stringify({ jsonrpc: '2.0', method: 'notifications/progress', params });
    if (!response.write(`data: ${event}\n\n`)) await taken(response);
  }
  const result = { content: [{ type: 'text', text: '{}' }], structuredContent: {} };
  response.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result })}\n\n`);
}

const json = (response: ServerResponse, id: number | undefined, result: object, headers = {}) =>
  response
    .writeHead(200, { 'content-type': 'application/json', ...headers })
    .end(JSON.stringify({ jsonrpc: '2.0', id, result }));

const server = createServer(async (request, response) => {
  response.on('error', () => {});
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  if (request.method === 'DELETE') return response.writeHead(200).end();
  const { id, method, params } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Asked;
  if (id === undefined) return response.writeHead(202).end();
  if (method === 'initialize') {
    const about = {
      protocolVersion: params?.protocolVersion,
      capabilities: {},
      serverInfo: { name: 'stub', version: '1' },
    };
    return json(response, id, about, { 'mcp-session-id': crypto.randomUUID() });
  }
  const { events = 0, bytes = 0 } = params?.arguments ?? {};
  if (events === 0) return json(response, id, { content: [], structuredContent: {} });
  return stream(response, id, events, bytes);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.({ port: (server.address() as AddressInfo).port });
process.once('disconnect', () => process.exit(0));
