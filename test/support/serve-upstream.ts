import { createServer, type IncomingMessage } from 'node:http';
import { after } from 'node:test';
import { listen } from '../../fixtures/listen.ts';
import type { Sent, StreamItem, Upstream, UpstreamAnswer } from '../../proxy/upstream/types.ts';

/** Serves an upstream as it is over Streamable HTTP, so that real clients can speak with it. The caller is always one. */
export async function serveUpstream(upstream: Upstream): Promise<URL> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const sent = send(upstream, request, Buffer.concat(chunks));
    response.once('close', () => response.writableFinished || sent.abort());
    try {
      const answer = await sent.answer;
      response.writeHead(answer.status, answer.headers);
      response.flushHeaders();
      for await (const part of partsOf(answer)) response.write(part);
      response.end();
    } catch {
      response.destroy();
    }
  });
  const { origin, close } = await listen(server, 0);
  after(close);
  return new URL(`${origin}/mcp`);
}

function send(upstream: Upstream, { method, headers }: IncomingMessage, body: Buffer): Sent {
  const travelling: Record<string, string> = {};
  for (const name of ['mcp-session-id', 'mcp-protocol-version'] as const) {
    const value = headers[name];
    if (typeof value === 'string') travelling[name] = value;
  }
  if (method === 'GET') return upstream.listen(travelling, 'one');
  if (method === 'DELETE') return upstream.end(travelling, 'one');
  return upstream.post(body, travelling, 'one', body.includes('"subscriptions/listen"'));
}

async function* partsOf(answer: UpstreamAnswer): AsyncGenerator<Uint8Array | string> {
  if (answer.kind === 'body') yield answer.body;
  else for await (const item of answer.events) yield text(item);
}

function text(item: StreamItem): string {
  return item.kind === 'event' ? `event: message\ndata: ${item.data}\n\n` : ':\n\n';
}
