import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { after, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { WritError } from '../../../engine/errors.ts';
import { AdminServer, type AdminSources } from '../../../proxy/admin/admin-server.ts';
import { until } from '../../support/until.ts';

const well: AdminSources = {
  recorder: { writable: true, unsignedSeconds: 0 },
  maxUnsignedAge: 900,
  policy: () => ({ digest: 'sha256:00' }),
  draining: () => false,
  scrape: () => Promise.resolve('writ_calls_total 1\n'),
};

async function open(more: Partial<AdminSources> = {}): Promise<AdminServer> {
  const server = await AdminServer.open({ listen: '127.0.0.1:0', hosts: [] }, { ...well, ...more });
  after(() => server.close());
  return server;
}

/** Sends one request without a body and takes the whole answer. */
async function get(url: string, headers: Record<string, string> = {}, { method = 'GET', path = '' } = {}) {
  const asked = request(url, { method, headers, ...(path !== '' && { path }) }).end();
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode, headers: response.headers, body };
}

/** Sends bytes as they are; what comes back until the connection ends. */
async function raw(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => {});
  socket.write(bytes);
  await once(socket, 'close');
  return text;
}

describe('the admin port', () => {
  test('has metrics, and says that the process is up', async () => {
    const { url } = await open();
    const metrics = await get(`${url}/metrics`);
    assert.deepEqual([metrics.status, metrics.body], [200, 'writ_calls_total 1\n']);
    assert.equal(metrics.headers['content-type'], 'text/plain; version=0.0.4; charset=utf-8');
    const health = await get(`${url}/healthz?verbose`);
    assert.deepEqual([health.status, health.body, health.headers['cache-control']], [200, '{"up":true}\n', 'no-store']);
    const head = await get(`${url}/metrics`, {}, { method: 'HEAD' });
    assert.deepEqual([head.status, head.body, head.headers['content-length']], [200, '', '19']);
  });

  test('says whether calls may pass, and if not, why not, and nothing else', async () => {
    const failing = new WritError('WRIT_POLICY_UNDEFINED', '/etc/writ/bundle.tar.gz');
    const checks = { policy: true, audit_writable: true, audit_signed: true, serving: true };
    const throws = () => {
      throw failing;
    };
    const cases: [Partial<AdminSources>, Partial<typeof checks>][] = [
      [{}, {}],
      [{ recorder: { writable: true, unsignedSeconds: 900 } }, {}],
      [{ recorder: { writable: true, unsignedSeconds: 900.1 } }, { audit_signed: false }],
      [{ recorder: { writable: true, unsignedSeconds: Number.NaN } }, { audit_signed: false }],
      [{ recorder: { writable: false, unsignedSeconds: 0 } }, { audit_writable: false }],
      [{ policy: throws }, { policy: false }],
      [{ policy: () => undefined }, { policy: false }],
      [{ draining: () => true }, { serving: false }],
      [
        { policy: throws, draining: throws, recorder: { writable: false, unsignedSeconds: 1_000 } },
        { policy: false, audit_writable: false, audit_signed: false, serving: false },
      ],
    ];
    for (const [more, wrong] of cases) {
      const ready = Object.keys(wrong).length === 0;
      const { status, body } = await get(`${(await open(more)).url}/readyz`);
      assert.deepEqual([status, JSON.parse(body)], [ready ? 200 : 503, { ready, ...checks, ...wrong }]);
    }
  });

  test('has nothing else', async () => {
    const { url } = await open();
    for (const path of ['/', '/metrics/', '//metrics', '/crm/mcp', '/METRICS', '/healthz/../metrics', '/%6detrics']) {
      const { status, body } = await get(url, {}, { path });
      assert.deepEqual([status, body], [404, '{"code":"WRIT_NOT_FOUND"}\n'], path);
    }
  });

  test('changes nothing and takes nothing', async () => {
    const { url } = await open();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND']) {
      const { status, headers } = await get(`${url}/readyz`, {}, { method });
      assert.deepEqual([status, headers.allow, headers.connection], [405, 'GET, HEAD', 'close'], method);
    }
    for (const head of ['Content-Length: 2\r\n\r\nhi', 'Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n']) {
      const host = new URL(url).host;
      const said = await raw(url, `GET /metrics HTTP/1.1\r\nHost: ${host}\r\n${head}`);
      assert.match(said, /^HTTP\/1\.1 413 /);
      assert.doesNotMatch(said, /writ_calls/);
    }
  });

  test('is not reached by a page that rebinds its own name', async () => {
    const { url } = await open();
    const { port } = new URL(url);
    for (const headers of [
      { host: `evil.example:${port}` },
      { host: `127.0.0.1:${port}`, origin: 'http://evil.example' },
    ]) {
      const { status, body } = await get(`${url}/metrics`, headers);
      assert.deepEqual([status, body], [403, '{"code":"WRIT_HOST_REFUSED"}\n']);
    }
    const twice = `GET /metrics HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nHost: evil.example\r\n\r\n`;
    assert.match(await raw(url, twice), /^HTTP\/1\.1 40[03] /);
  });

  test('says of a failure its code alone', async () => {
    const { url } = await open({ scrape: () => Promise.reject(new Error('person@example.com')) });
    const { status, body } = await get(`${url}/metrics`);
    assert.deepEqual([status, body], [500, '{"code":"WRIT_INTERNAL"}\n']);
  });

  test('takes small requests, and few at once', async () => {
    const { url } = await open();
    const host = new URL(url).host;
    const long = `GET /metrics HTTP/1.1\r\nHost: ${host}\r\nx: ${'x'.repeat(9_000)}\r\n\r\n`;
    assert.match(await raw(url, long), /^HTTP\/1\.1 431 /);
    const idle = Array.from({ length: 40 }, () => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1').on('error', () => {});
      return { socket, state: { closed: false } };
    });
    for (const { socket, state } of idle)
      socket.once('close', () => {
        state.closed = true;
      });
    const closed = () => idle.filter(({ state }) => state.closed).length;
    await until(() => closed() >= 8, 'what is too many is closed');
    await setTimeout(20);
    assert.ok(closed() <= 8, `${closed()}`);
    for (const { socket } of idle) socket.destroy();
  });

  test('ends at once, whoever is connected', { timeout: 5_000 }, async () => {
    const server = await AdminServer.open(
      { listen: '127.0.0.1:0', hosts: [] },
      {
        ...well,
        scrape: () => new Promise(() => {}),
      },
    );
    const waiting = get(`${server.url}/metrics`).catch(({ code }) => code);
    await setTimeout(20);
    await server.close();
    assert.equal(await waiting, 'ECONNRESET');
  });

  test('that cannot be taken is a mistake in the configuration', async () => {
    const { url } = await open();
    const listen = new URL(url).host;
    await assert.rejects(AdminServer.open({ listen, hosts: [] }, well), {
      code: 'WRIT_CONFIG_INVALID',
      detail: `admin.listen ${listen} cannot be taken (EADDRINUSE).`,
    });
  });
});
