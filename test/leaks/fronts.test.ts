import assert from 'node:assert/strict';
import { after, before, describe, type TestContext, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { fixedToken } from '../../cli/login/identity.ts';
import { initialize, openBridge } from '../cli/bridge/harness.ts';
import type { TestGateway } from '../support/gateway.ts';
import { type Conduct, event, failure, result, stream } from '../support/stub-server.ts';
import { marked } from './marked.ts';
import { answer, fine, log, progress, stdioServer, text, ways } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

const { email } = marked;

/** Where a server says the words. */
const says: Record<string, (words: string) => Conduct> = {
  'a result': (words) => result({ content: [fine, text(words)], structuredContent: { note: words, [words]: 1 } }),
  'an error': (words) => failure({ code: -32000, message: words, data: { by: words } }),
  'a log line': (words) => stream(event(log(words)) + event(answer())),
  'a progress message': (words) => stream(event(progress(words)) + event(answer())),
};

/** Begins sessions, and does the one thing when the tool is called. */
const greeting = (conduct: Conduct): Conduct => {
  const serverInfo = { name: 'server', version: '1' };
  const begun = { protocolVersion: '2025-11-25', capabilities: {}, serverInfo };
  const greet = result(begun, { 'mcp-session-id': 's-front' });
  return (received, response) => {
    const { method } = received.message;
    if (received.verb !== 'POST') response.writeHead(405).end();
    else (method === 'initialize' ? greet : conduct)(received, response);
  };
};

const params = { name: 'echo', arguments: {}, _meta: { progressToken: 'p-1' } };

describe('by `writ stdio`', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openLeaks();
  });
  after(() => gateway.close());

  async function opened(t: TestContext) {
    const identity = fixedToken(await gateway.issuer.token({ persona: 'support-agent' }), 'test');
    const bridge = openBridge(t, `${gateway.url}/leaks/mcp`, { identity });
    await initialize(bridge);
    return bridge;
  }

  for (const [where, say] of Object.entries(says))
    for (const [how, write] of ways)
      test(`${where}: ${how}`, async (t) => {
        gateway.stub.conduct = greeting(say(`Write to ${write(email)} today`));
        const bridge = await opened(t);
        await bridge.ask({ id: 'c', method: 'tools/call', params });
        await bridge.end();
        keeps({ wire: bridge.lines.join('\n') }, [email], where !== 'an error');
        keeps({ wire: bridge.notes.join('\n') }, [email], false);
      });

  test('what is no answer at all is in no line and no note', async (t) => {
    gateway.stub.conduct = greeting((_, response) => {
      response.writeHead(500, { 'content-type': 'text/plain', 'x-by': email }).end(`mail to ${email}`);
    });
    const bridge = await opened(t);
    await bridge.ask({ id: 'c', method: 'tools/call', params });
    await bridge.end();
    keeps({ wire: [...bridge.lines, ...bridge.notes].join('\n') }, [email], false);
  });
});

/** A server over stdio that says in `way` the words number `n`. */
const script = stdioServer(
  ways.map(([, write]) => `Write to ${write(email)} today`),
  `
    const words = said[params.arguments.n];
    say({ method: 'notifications/message', params: { level: 'info', data: words } });
    say({ id, result: { content: [${JSON.stringify(fine)}, { type: 'text', text: words }], structuredContent: { [words]: words } } });
  `,
);

describe('by `writ stdio`, before a server over stdio', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openLeaks({ servers: { leaks: { command: [process.execPath, '-e', script] } } });
  });
  after(() => gateway.close());
  for (const [n, [how]] of ways.entries())
    test(how, async (t) => {
      const identity = fixedToken(await gateway.issuer.token({ persona: 'support-agent' }), 'test');
      const bridge = openBridge(t, `${gateway.url}/leaks/mcp`, { identity });
      await initialize(bridge);
      await bridge.ask({ id: 'c', method: 'tools/call', params: { name: 'echo', arguments: { n } } });
      await bridge.end();
      keeps({ wire: bridge.lines.join('\n') }, [email]);
    });
});

describe('by HTTP+SSE, the transport of 2024-11-05', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openLeaks();
  });
  after(() => gateway.close());

  for (const [where, say] of Object.entries(says))
    for (const [how, write] of ways)
      test(`${where}: ${how}`, async () => {
        gateway.stub.conduct = greeting(say(`Write to ${write(email)} today`));
        const authorization = `Bearer ${await gateway.issuer.token({ persona: 'support-agent' })}`;
        let wire = '';
        const withToken = async (url: string | URL, init: RequestInit = {}) => {
          const headers = new Headers(init.headers);
          headers.set('authorization', authorization);
          const response = await fetch(url, { ...init, headers });
          wire += JSON.stringify([...response.headers]);
          const decoder = new TextDecoder();
          const overheard = response.body?.pipeThrough(
            new TransformStream<Uint8Array, Uint8Array>({
              transform(chunk, controller) {
                wire += decoder.decode(chunk, { stream: true });
                controller.enqueue(chunk);
              },
            }),
          );
          return new Response(response.status === 204 ? null : overheard, response);
        };
        const client = new Client({ name: 'old-client', version: '1.0.0' });
        const address = new URL(`${gateway.url}/leaks/sse`);
        await client.connect(
          new SSEClientTransport(address, { fetch: withToken, eventSourceInit: { fetch: withToken } }),
        );
        await client.callTool(params).catch(() => undefined);
        await client.close();
        assert.ok(wire.includes('"jsonrpc"'), wire);
        keeps({ wire }, [email], where !== 'an error');
      });
});
