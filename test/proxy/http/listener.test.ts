import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { after, describe, test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import type { Identity } from '../../../engine/policy/types.ts';
import type { CallMemory } from '../../../proxy/call/mask-context.ts';
import type { OpenCall } from '../../../proxy/call/types.ts';
import { readConfig } from '../../../proxy/config/load.ts';
import type { Config } from '../../../proxy/config/types.ts';
import { Listener, splitListen } from '../../../proxy/http/listener.ts';
import { Conversations } from '../../../proxy/session/conversations.ts';
import { Memories } from '../../../proxy/session/memories.ts';
import { Sealer } from '../../../proxy/session/sealer.ts';
import { Tasks } from '../../../proxy/session/tasks.ts';
import { noTelemetry } from '../../../proxy/telemetry/no-telemetry.ts';
import { pipe } from '../../../proxy/telemetry/peer.ts';
import { Listings } from '../../../proxy/tools/listings.ts';
import type { Gateway } from '../../../proxy/types.ts';
import { HttpUpstream } from '../../../proxy/upstream/http-upstream.ts';
import { KnownTools } from '../../../proxy/upstream/tools.ts';
import { connectRaw } from '../../support/raw-http.ts';

const unused = () => {
  throw new Error('nothing gets this far');
};

/** A front whose callers get no further than authentication, which `authenticate` plays. */
async function front(
  authenticate: (authorization: string | undefined) => Promise<Identity>,
  more: Partial<Config['gateway']> = {},
) {
  const text = JSON.stringify({
    gateway: { name: 'edge-1', listen: '127.0.0.1:0', combined: false, ...more },
    identity: { issuers: [{ issuer: 'https://login.example/a', audiences: ['api://writ'] }] },
    servers: { crm: { url: 'http://127.0.0.1:9/mcp' } },
    policy: { bundle: 'b' },
    audit: { directory: 'a', origin: 'edge-1.example.com', signer: { key_file: 'k' }, master_key_file: 'm' },
  });
  const config = readConfig(text, '/writ.yaml');
  const upstream = new HttpUpstream(
    new URL('http://127.0.0.1:9'),
    {},
    {
      bytes: 1,
      idleMs: 1000,
      streamIdleMs: 1000,
      connections: 1,
    },
  );
  const known = {
    tools: new KnownTools(),
    conversations: new Conversations<OpenCall>(),
    tasks: new Tasks(),
    memories: new Memories<CallMemory>(),
    listings: new Listings(),
    peer: pipe,
  };
  const told: [string, string | null][] = [];
  const gateway: Gateway = {
    config,
    about: { name: 'edge-1', environment: 'test' },
    servers: new Map([['crm', { name: 'crm', labels: {}, upstream, ...known }]]),
    authenticate,
    sealer: new Sealer(Buffer.alloc(32)),
    telemetry: noTelemetry,
    tokens: { issuerFor: () => undefined, gave: () => false, flush: () => undefined, resolve: unused },
    recorder: {
      origin: '',
      append: unused,
      hmac: unused,
      now: unused,
      close: unused,
    },
    policy: unused,
    failed: (error, call) => void told.push([error.code, call]),
  };
  const listener = new Listener(gateway);
  await listener.listen();
  after(async () => {
    await listener.close(0);
    await upstream.close();
  });
  return { listener, told, url: listener.publicUrl };
}

const missing = () => Promise.reject(new WritError('WRIT_TOKEN_MISSING'));
const failing = (code: 'WRIT_TOKEN_INVALID' | 'WRIT_ISSUER_UNAVAILABLE') => () => Promise.reject(new WritError(code));

/** One request as it stands on the wire, and its answer. */
async function ask(url: string, request: string) {
  const client = await connectRaw(url);
  client.write(request.replaceAll('\n', '\r\n').replaceAll('<host>', new URL(url).host));
  const answer = await client.answer();
  client.destroy();
  return { ...answer, error: answer.body === '' ? undefined : JSON.parse(answer.body).error };
}
const postTo = (path: string, ...headers: string[]) =>
  `POST ${path} HTTP/1.1\n${['host: <host>', ...headers, 'content-length: 2'].join('\n')}\n\n{}`;

describe('who may ask', () => {
  test('nobody under a foreign Host or from a foreign Origin, whatever they ask for', async () => {
    const { url, told } = await front(missing);
    for (const path of ['/crm/mcp', '/', '/.well-known/oauth-protected-resource/crm/mcp'])
      for (const headers of [
        'host: evil.example',
        'host: <host>\norigin: http://evil.example',
        'host: <host>\nhost: <host>',
      ]) {
        const { status, error } = await ask(url, `POST ${path} HTTP/1.1\n${headers}\ncontent-length: 2\n\n{}`);
        assert.deepEqual([status, error.data.code], [403, 'WRIT_HOST_REFUSED'], headers);
      }
    assert.ok(told.every(([code, call]) => code === 'WRIT_HOST_REFUSED' && call === null));
  });

  test('nobody with two Authorization lines: they are handed on as one, which is no token', async () => {
    const seen: (string | undefined)[] = [];
    const { url } = await front((authorization) => {
      seen.push(authorization);
      return missing();
    });
    await ask(url, postTo('/crm/mcp', 'authorization: Bearer a', 'authorization: Bearer b'));
    assert.deepEqual(seen, ['Bearer a, Bearer b']);
  });
});

describe('where to ask', () => {
  test('at a server of the configuration, and nowhere else', async () => {
    const { url } = await front(missing);
    assert.equal((await ask(url, postTo('/crm/mcp'))).status, 401);
    assert.equal((await ask(url, postTo('/crm/mcp?x=/other/mcp'))).status, 401);
    for (const path of [
      '/',
      '/crm',
      '/crm/mcp/',
      '/CRM/mcp',
      '/other/mcp',
      '//crm/mcp',
      '/a/../crm/mcp',
      '/%63rm/mcp',
      '*',
      '/__proto__/mcp',
    ]) {
      const { status, error } = await ask(url, postTo(path));
      assert.deepEqual([status, error.data.code], [404, 'WRIT_NOT_FOUND'], path);
    }
  });

  test('below the path of the public URL too, where a proxy leaves it', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as AddressInfo;
    free.close();
    await once(free, 'close');
    const origin = `http://127.0.0.1:${port}`;
    const { url } = await front(missing, { listen: `127.0.0.1:${port}`, public_url: `${origin}/gateway/one/` });
    assert.equal(url, `${origin}/gateway/one`);
    for (const path of ['/gateway/one/crm/mcp', '/crm/mcp']) {
      const { status, headers } = await ask(origin, postTo(path));
      assert.equal(status, 401, path);
      const metadata = `${origin}/.well-known/oauth-protected-resource/gateway/one/crm/mcp`;
      assert.equal(headers['www-authenticate'], `Bearer resource_metadata="${metadata}"`);
      const found = await ask(origin, `GET ${new URL(metadata).pathname} HTTP/1.1\nhost: <host>\n\n`);
      assert.equal(JSON.parse(found.body).resource, `${origin}/gateway/one/crm/mcp`);
    }
    for (const path of ['/gateway/crm/mcp', '/gateway/one/mcp', '/gateway/one/gateway/one/crm/mcp'])
      assert.equal((await ask(origin, postTo(path))).status, 404, path);
  });

  test('by POST, GET or DELETE, and the answer says so', async () => {
    const { url } = await front(missing);
    const allowed = 'POST, GET, DELETE';
    for (const method of ['PUT', 'OPTIONS', 'PATCH']) {
      const { status, headers } = await ask(url, `${method} /crm/mcp HTTP/1.1\nhost: <host>\n\n`);
      assert.deepEqual([status, headers.allow], [405, allowed], method);
    }
    for (const method of ['GET', 'DELETE']) {
      for (const version of ['', 'mcp-protocol-version: 2025-11-25\n', 'mcp-protocol-version: 2025-03-26\n']) {
        const { status, error } = await ask(url, `${method} /crm/mcp HTTP/1.1\n${version}host: <host>\n\n`);
        assert.deepEqual([status, error.data.code], [401, 'WRIT_TOKEN_MISSING'], `${method} ${version}`);
      }
      // 2026-07-28 has neither; nobody has to show a token to learn so.
      const modern = `${method} /crm/mcp HTTP/1.1\nmcp-protocol-version: 2026-07-28\nhost: <host>\n\n`;
      const { status, headers, error } = await ask(url, modern);
      assert.deepEqual([status, headers.allow, error.data.code], [405, allowed, 'WRIT_METHOD_NOT_ALLOWED']);
    }
  });
});

describe('a caller without a token that counts', () => {
  test('is pointed to the metadata, which name the issuer', async () => {
    const { url } = await front(missing);
    const { status, headers, error } = await ask(url, postTo('/crm/mcp'));
    assert.deepEqual([status, error.data.code], [401, 'WRIT_TOKEN_MISSING']);
    const metadata = /^Bearer resource_metadata="([^"]+)"$/.exec(headers['www-authenticate'] ?? '')?.[1] ?? '';
    const { status: found, body } = await ask(url, `GET ${new URL(metadata).pathname} HTTP/1.1\nhost: <host>\n\n`);
    assert.equal(found, 200);
    assert.deepEqual(JSON.parse(body), {
      resource: `${url}/crm/mcp`,
      authorization_servers: ['https://login.example/a'],
      bearer_methods_supported: ['header'],
    });
  });

  test('is told when it is the token that is wrong', async () => {
    const { url } = await front(failing('WRIT_TOKEN_INVALID'));
    const { status, headers } = await ask(url, postTo('/crm/mcp', 'authorization: Bearer x'));
    assert.equal(status, 401);
    assert.match(headers['www-authenticate'] ?? '', /^Bearer error="invalid_token", resource_metadata="/);
  });

  test('is asked to come again when the issuer cannot be asked', async () => {
    const { url } = await front(failing('WRIT_ISSUER_UNAVAILABLE'));
    const { status, headers, error } = await ask(url, postTo('/crm/mcp', 'authorization: Bearer x'));
    assert.deepEqual([status, headers['retry-after'], error.data.retriable], [503, '1', true]);
    assert.equal(headers['www-authenticate'], undefined);
  });

  test('finds no metadata of a server that is not there', async () => {
    const { url } = await front(missing);
    for (const server of ['other', '', '..', 'crm/x'])
      assert.equal(
        (await ask(url, `GET /.well-known/oauth-protected-resource/${server}/mcp HTTP/1.1\nhost: <host>\n\n`)).status,
        404,
      );
  });
});

test('a failure nobody foresaw is an answer too, and says nothing of itself', async () => {
  const { url, told } = await front(() => Promise.reject(new TypeError('secret of the inside')));
  const { status, body, error } = await ask(url, postTo('/crm/mcp'));
  assert.deepEqual([status, error.data.code], [500, 'WRIT_INTERNAL']);
  assert.equal(body.includes('secret'), false);
  assert.deepEqual(told, [['WRIT_INTERNAL', null]]);
});

test('more calls at once than the limit are asked to come again', async () => {
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<Identity>();
  const { url } = await front(
    () => {
      begun.resolve();
      return held.promise;
    },
    {
      limits: {
        request_bytes: 1024,
        answer_bytes: 1024,
        concurrent_calls: 1,
        server_calls: 256,
        upstream_connections: 1,
        upstream_idle_seconds: 1,
        stream_idle_seconds: 1,
        streams: 1,
      },
    },
  );
  const first = ask(url, postTo('/crm/mcp'));
  await begun.promise;
  const { status, headers, error } = await ask(url, postTo('/crm/mcp'));
  assert.deepEqual([status, headers['retry-after'], error.data.code], [429, '1', 'WRIT_OVERLOADED']);
  held.reject(new WritError('WRIT_TOKEN_MISSING'));
  assert.equal((await first).status, 401);
  assert.equal((await ask(url, postTo('/crm/mcp'))).status, 401);
});

test('closing waits for calls under way, and not for ever', async () => {
  const begun = Promise.withResolvers<void>();
  const held = Promise.withResolvers<Identity>();
  const { url, listener } = await front(() => {
    begun.resolve();
    return held.promise;
  });
  const first = ask(url, postTo('/crm/mcp'));
  await begun.promise;
  const closed = listener.close(60_000);
  held.reject(new WritError('WRIT_TOKEN_MISSING'));
  assert.equal((await first).status, 401);
  await closed;

  const stuck = await front(() => {
    stuckBegun.resolve();
    return new Promise(() => {});
  });
  const stuckBegun = Promise.withResolvers<void>();
  const waiting = assert.rejects(ask(stuck.url, postTo('/crm/mcp')));
  await stuckBegun.promise;
  await stuck.listener.close(1);
  await waiting;
});

test('an address that is taken is a mistake in the configuration', async () => {
  const { url } = await front(missing);
  await assert.rejects(front(missing, { listen: new URL(url).host }), {
    code: 'WRIT_CONFIG_INVALID',
    message: /EADDRINUSE/,
  });
});

test('an address is split at its last colon; IPv6 keeps its brackets', () => {
  assert.deepEqual(splitListen('127.0.0.1:8080'), { host: '127.0.0.1', port: 8080 });
  assert.deepEqual(splitListen('[::1]:0'), { host: '[::1]', port: 0 });
});
