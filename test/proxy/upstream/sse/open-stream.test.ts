import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { listen } from '../../../../fixtures/listen.ts';
import { DuplexUpstream } from '../../../../proxy/upstream/duplex/duplex-upstream.ts';
import { openStream } from '../../../../proxy/upstream/sse/open-stream.ts';
import { duplexLimits, initialize, reader, said } from '../../../support/scripted-peer.ts';
import { serveUpstream } from '../../../support/serve-upstream.ts';
import { refused, sse, taken } from '../../../support/stub-upstream.ts';
import { until } from '../../../support/until.ts';

const credentials = { authorization: 'Bearer gateway' };
const limits = { bytes: 100_000, idleMs: 60_000, streamIdleMs: 60_000 };

type Post = (message: { id?: number; method?: string }, stream: ServerResponse, response: ServerResponse) => void;

/** Answers initialize, and anything else by nothing. */
const greet: Post = ({ id, method }, stream) => {
  if (method === 'initialize') stream.write(`event: message\ndata: {"jsonrpc":"2.0","id":${id},"result":{}}\n\n`);
};

/** A server of 2024-11-05 with one endpoint; `begin` opens each stream, `post` takes each message. */
async function served(begin: (stream: ServerResponse, origin: string) => unknown, post: Post = greet, more = {}) {
  const requests: IncomingMessage[] = [];
  let stream: ServerResponse | undefined;
  let own = '';
  const server = createServer(async (request, response) => {
    requests.push(request);
    if (request.method === 'GET') {
      stream = sse(response);
      begin(stream, own);
      return;
    }
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (stream !== undefined) post(JSON.parse(Buffer.concat(chunks).toString('utf8')), stream, response);
    if (!response.headersSent) response.writeHead(202).end('Accepted');
  });
  const { origin, close } = await listen(server, 0);
  own = origin;
  const all = { ...limits, ...more };
  const url = new URL(`${origin}/sse?tenant=a`);
  const upstream = new DuplexUpstream(() => openStream({ url, credentials }, all), { ...duplexLimits, ...all });
  after(async () => {
    await upstream.close();
    await close();
  });
  const begun = async () => {
    const { headers } = await upstream.post(initialize, {}, 'alice').answer;
    return { 'mcp-session-id': String(headers['mcp-session-id']) };
  };
  return { upstream, origin, requests, begun };
}

const named = (stream: ServerResponse) => stream.write(': hello\n\nevent: endpoint\ndata: /messages?session=s\n\n');
const call = (id: number) => JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: {} });

describe('a server over HTTP with SSE', () => {
  test('is posted to where it says, with the credentials of the gateway', async () => {
    const { begun, requests } = await served(named);
    await begun();
    assert.deepEqual(
      requests.map(({ method, url, headers }) => [method, url, headers.authorization, headers.accept]),
      [
        ['GET', '/sse?tenant=a', 'Bearer gateway', 'text/event-stream'],
        ['POST', '/messages?session=s', 'Bearer gateway', 'application/json'],
      ],
    );
  });

  test('may name its endpoint by a whole URL, of its own origin', async () => {
    const { begun, requests } = await served((stream, origin) =>
      stream.write(`event: endpoint\ndata: ${origin}/elsewhere\n\n`),
    );
    await begun();
    assert.equal(requests[1]?.url, '/elsewhere');
  });

  test('that names a user with its endpoint is sent nothing', async () => {
    const { upstream, requests } = await served((stream, origin) =>
      stream.write(`event: endpoint\ndata: ${origin.replace('//', '//user@')}/messages\n\n`),
    );
    await refused(upstream.post(initialize, {}, 'alice').answer, 'WRIT_UPSTREAM_INVALID');
    assert.equal(requests.length, 1);
  });

  for (const data of [
    'http://127.0.0.1:9/messages',
    '//attacker.example/messages',
    'https://127.0.0.1/messages',
    'file:///etc/passwd',
    'http://user@127.0.0.1:9',
    'http://',
  ])
    test(`that names ${data} as its endpoint is sent nothing`, async () => {
      const { upstream, requests } = await served((stream) => stream.write(`event: endpoint\ndata: ${data}\n\n`));
      await refused(upstream.post(initialize, {}, 'alice').answer, 'WRIT_UPSTREAM_INVALID');
      assert.equal(requests.length, 1);
    });

  test('that names another endpoint later ends the session', async () => {
    const { upstream, begun } = await served(named, (message, stream, response) => {
      greet(message, stream, response);
      if (message.method === 'tools/call') stream.write('event: endpoint\ndata: /other\n\n');
    });
    const headers = await begun();
    await refused(taken(await upstream.post(call(1), headers, 'alice').answer), 'WRIT_UPSTREAM_INVALID');
    assert.equal((await upstream.post(call(2), headers, 'alice').answer).status, 404);
  });

  test('that begins with anything else, or names nothing, is none', async () => {
    const odd = await served((stream) => stream.write('data: {"jsonrpc":"2.0","method":"x"}\n\n'));
    await refused(odd.upstream.post(initialize, {}, 'alice').answer, 'WRIT_UPSTREAM_INVALID');
    const over = await served((stream) => stream.end(': nothing\n\n'));
    await refused(over.upstream.post(initialize, {}, 'alice').answer, 'WRIT_UPSTREAM_UNREACHABLE');
    const silent = await served(() => {}, greet, { idleMs: 100 });
    await refused(silent.upstream.post(initialize, {}, 'alice').answer, 'WRIT_UPSTREAM_UNREACHABLE');
  });

  test('that redirects, or answers something else, is not followed', async () => {
    const server = createServer((_, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end());
    const { origin, close } = await listen(server, 0);
    after(close);
    const reached = openStream({ url: new URL(origin), credentials }, limits);
    await refused(reached, 'WRIT_UPSTREAM_INVALID');
  });

  test('that breaks off its stream ends the session, and the next begins with another stream', async () => {
    const { upstream, begun, requests } = await served(named, (message, stream, response) => {
      greet(message, stream, response);
      if (message.method === 'tools/call') stream.destroy();
    });
    const headers = await begun();
    await refused(taken(await upstream.post(call(1), headers, 'alice').answer), 'WRIT_UPSTREAM_UNREACHABLE');
    const gone = await upstream.post(call(2), headers, 'alice').answer;
    assert.deepEqual([gone.status, said(gone).error.code], [404, -32001]);
    await begun();
    assert.equal(requests.filter(({ method }) => method === 'GET').length, 2);
  });

  test('that refuses a message fails that call alone', async () => {
    const { upstream, begun } = await served(named, (message, stream, response) => {
      if (message.id === 1) response.writeHead(400).end('no');
      else stream.write(`data: {"jsonrpc":"2.0","id":${message.id},"result":{}}\n\n`);
    });
    const headers = await begun();
    await refused(taken(await upstream.post(call(1), headers, 'alice').answer), 'WRIT_UPSTREAM_UNREACHABLE');
    assert.equal((await taken(await upstream.post(call(2), headers, 'alice').answer)).length, 1);
  });

  test('that sends a message larger than the limit ends the session', async () => {
    const { upstream, begun } = await served(named, (message, stream, response) => {
      greet(message, stream, response);
      if (message.id === 1) stream.write(`data: {"jsonrpc":"2.0","id":1,"result":"${'x'.repeat(200_000)}"}\n\n`);
    });
    const headers = await begun();
    await refused(taken(await upstream.post(call(1), headers, 'alice').answer), 'WRIT_UPSTREAM_INVALID');
  });

  test('that says more than is taken is held back', async () => {
    let written = 0;
    const { upstream, begun } = await served(named, (message, stream, response) => {
      greet(message, stream, response);
      if (message.id !== 1) return;
      void (async () => {
        const data = JSON.stringify({
          jsonrpc: '2.0',
          method: 'notifications/message',
          params: { x: 'x'.repeat(65_536) },
        });
        for (written = 0; written < 800; written++) if (!stream.write(`data: ${data}\n\n`)) await once(stream, 'drain');
        stream.write('data: {"jsonrpc":"2.0","id":1,"result":{}}\n\n');
      })();
    });
    const open = reader(await upstream.post(call(1), await begun(), 'alice').answer);
    await open.next();
    let before = -1;
    for (let tries = 0; tries < 100 && before !== written; tries++) {
      before = written;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.ok(written < 400, `${written} of 800 went through with nobody to take them`);
    let count = 1;
    while ((await open.next()) !== undefined) count++;
    assert.equal(count, 801);
  });

  test('is let go of when its session ends', async () => {
    let closed = false;
    const { upstream, begun } = await served((stream) => {
      named(stream);
      stream.once('close', () => {
        closed = true;
      });
    });
    assert.equal((await upstream.end(await begun(), 'alice').answer).status, 204);
    await until(() => closed, 'the stream is closed');
  });
});

test('server-everything over HTTP with SSE serves clients of Streamable HTTP', async () => {
  const probe = await listen(createServer(), 0);
  await probe.close();
  const file = '../../../../node_modules/@modelcontextprotocol/server-everything/dist/index.js';
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), 'sse'], {
    env: { PATH: process.env.PATH, PORT: new URL(probe.origin).port },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  after(async () => {
    child.kill('SIGKILL');
    await once(child, 'close');
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8');
  });
  await until(() => log.includes('running on port'), 'server-everything listens');
  const url = new URL(`${probe.origin}/sse`);
  const upstream = new DuplexUpstream(() => openStream({ url, credentials: {} }, limits), duplexLimits);
  after(() => upstream.close());
  const served = await serveUpstream(upstream);
  for (const mode of ['legacy', 'auto'] as const) {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
    const transport = new StreamableHTTPClientTransport(served);
    await client.connect(transport);
    const { content } = await client.callTool({ name: 'echo', arguments: { message: 'héllo' } });
    assert.deepEqual(content, [{ type: 'text', text: 'Echo: héllo' }]);
    const progress: number[] = [];
    await client.callTool(
      { name: 'trigger-long-running-operation', arguments: { duration: 0.1, steps: 2 } },
      { onprogress: (each) => progress.push(each.progress) },
    );
    assert.deepEqual(progress, [1, 2]);
    await transport.terminateSession();
    await client.close();
  }
});
