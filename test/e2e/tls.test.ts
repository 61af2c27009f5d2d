import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createSecureServer } from 'node:http2';
import { type RequestOptions, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from 'node:tls';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { loadConfig } from '../../proxy/config/load.ts';
import { type RunningGateway, startGateway } from '../../proxy/gateway.ts';
import { openCertificates } from '../support/certificates.ts';
import { connectRaw } from '../support/raw-http.ts';
import { event, raw, toolResult } from '../support/stub-server.ts';
import { openSurroundings, type Surroundings } from '../support/surroundings.ts';

const certificates = openCertificates();
after(() => certificates.close());
const authority = certificates.authority();

/** A gateway whose configuration a test changes before it starts. */
async function start(change: (config: { gateway: Record<string, unknown>; servers: Record<string, object> }) => void) {
  const surroundings = await openSurroundings();
  const file = join(surroundings.directory, 'writ.yaml');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  change(config);
  writeFileSync(file, JSON.stringify(config));
  const running = await startGateway(loadConfig(file), 'test', pino({ level: 'silent' })).catch(async (error) => {
    await surroundings.close();
    throw error;
  });
  surroundings.url = running.url;
  return { surroundings, running, close: () => running.close('test ended').finally(() => surroundings.close()) };
}

describe('a gateway that listens over TLS', () => {
  const files = certificates.write(authority.issue(), 'front');
  let surroundings: Surroundings;
  let running: RunningGateway;
  let close: () => Promise<void>;
  before(async () => {
    ({ surroundings, running, close } = await start(({ gateway }) => {
      gateway.tls = files;
    }));
  });
  after(() => close());

  /** One call over TLS. */
  async function call(more: RequestOptions = {}) {
    const { url, headers, body } = await surroundings.compose({ params: { name: 'echo', arguments: {} } });
    const sent = request(url, {
      method: 'POST',
      ca: authority.cert,
      agent: false,
      ...more,
      headers: { ...headers, ...more.headers },
    });
    sent.end(body);
    const [response] = await once(sent, 'response');
    let text = '';
    for await (const chunk of response) text += chunk;
    return { status: response.statusCode, body: JSON.parse(text) };
  }

  test('carries calls, under https names of its own', async () => {
    assert.match(running.url, /^https:\/\/127\.0\.0\.1:\d+$/);
    const { port } = new URL(running.url);
    assert.equal((await call()).status, 200);
    for (const origin of [running.url, `https://localhost:${port}`])
      assert.equal((await call({ headers: { origin } })).status, 200, origin);
    for (const origin of [`http://127.0.0.1:${port}`, 'https://127.0.0.1'])
      assert.equal((await call({ headers: { origin } })).body.error.data.code, 'WRIT_HOST_REFUSED', origin);
  });

  test('takes nothing without TLS', async () => {
    const plain = await connectRaw(running.url);
    plain.write(`POST /open/mcp HTTP/1.1\r\nhost: ${new URL(running.url).host}\r\ncontent-length: 0\r\n\r\n`);
    await plain.closed;
    await assert.rejects(plain.answer());
  });

  test('shows a new certificate when told to look, and keeps it when the next is not fit', async () => {
    const serial = async () => {
      const { port } = new URL(running.url);
      const socket = connect({ port: Number(port), host: '127.0.0.1', ca: authority.cert });
      await once(socket, 'secureConnect');
      const { serialNumber } = socket.getPeerCertificate();
      socket.destroy();
      return serialNumber;
    };
    const first = await serial();
    certificates.write(authority.issue(), 'front');
    await running.reload();
    const second = await serial();
    assert.notEqual(second, first);
    writeFileSync(files.key_file, authority.issue().key);
    await assert.rejects(running.reload(), { code: 'WRIT_TLS_INVALID' });
    assert.equal(await serial(), second);
    assert.equal((await call()).status, 200);
  });
});

test('a gateway whose certificate is not fit does not start, and lets go of what it took', async () => {
  const files = certificates.write({ ...authority.issue(), key: authority.issue().key }, 'mismatched');
  const begin = () =>
    start(({ gateway }) => {
      gateway.tls = files;
    });
  await assert.rejects(begin(), { code: 'WRIT_TLS_INVALID' });
});

describe('a server over TLS', () => {
  test('is reached by HTTP/2 where it offers that, as its own authority vouches for it', async () => {
    const { cert, key } = authority.issue();
    const versions: string[] = [];
    const server = createSecureServer({ cert, key, allowHTTP1: true }, async (asked, response) => {
      versions.push(asked.httpVersion);
      let body = '';
      for await (const chunk of asked) body += chunk;
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ jsonrpc: '2.0', id: JSON.parse(body).id, result: toolResult({ by: asked.httpVersion }) }),
      );
    });
    const sessions = new Set<{ destroy(): void }>();
    server.on('session', (session) => sessions.add(session));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
    writeFileSync(join(certificates.directory, 'ca.pem'), authority.cert);
    const { surroundings, close } = await start(({ servers }) => {
      servers.open = { url, ca_file: join(certificates.directory, 'ca.pem') };
      servers.guarded = { url };
    });
    try {
      assert.deepEqual((await surroundings.call('open')).last.result?.structuredContent, { by: '2.0' });
      assert.equal((await surroundings.call('guarded')).last.error?.data?.code, 'WRIT_UPSTREAM_UNREACHABLE');
      assert.deepEqual(new Set(versions), new Set(['2.0']));
    } finally {
      await close();
      for (const session of sessions) session.destroy();
      server.close();
    }
  });
});

describe('an answer in a coding that nobody asked for', async () => {
  const { surroundings, close } = await start(() => {});
  after(() => close());
  const canary = 'canary.lindqvist@example.com';
  const answer = JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    result: toolResult({ people: [{ id: 'p-1', name: 'A', email: canary }] }),
  });
  const json = (coding: string, body: Uint8Array) =>
    raw(200, { 'content-type': 'application/json', 'content-encoding': coding }, body);

  test('is decoded, and masked as ever', async () => {
    for (const [coding, body] of [
      ['gzip', gzipSync(answer)],
      ['br', brotliCompressSync(answer)],
    ] as const) {
      surroundings.stub.conduct = json(coding, body);
      const { last, wire, headers } = await surroundings.call('masked');
      assert.ok(last.result?.structuredContent, wire);
      assert.ok(!wire.includes(canary));
      assert.equal(headers['content-encoding'], undefined);
    }
  });

  test('is decoded in a stream too', async () => {
    const head = { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' };
    surroundings.stub.conduct = raw(200, head, gzipSync(event(JSON.parse(answer))));
    const { last, wire } = await surroundings.call('masked');
    assert.ok(last.result?.structuredContent, wire);
    assert.ok(!wire.includes(canary));
  });

  test('is refused where it is broken, unknown, several, or a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(32 * 1_048_576, 0x20));
    const cases: [string, Uint8Array][] = [
      ['gzip', Buffer.from(answer)],
      ['gzip', gzipSync(answer).subarray(0, 40)],
      ['gzip', Buffer.concat([gzipSync(answer), Buffer.from(answer)])],
      ['gzip, br', brotliCompressSync(gzipSync(answer))],
      ['compress', Buffer.from(answer)],
      ['gzip', bomb],
    ];
    for (const [coding, body] of cases) {
      surroundings.stub.conduct = json(coding, body);
      const { last, wire } = await surroundings.call('open');
      assert.equal(last.error?.data?.code, 'WRIT_UPSTREAM_INVALID', coding);
      assert.ok(!wire.includes(canary));
    }
  });
});
