import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openGateway, type TestGateway } from '../../support/gateway.ts';
import { codeOf, onTheWire, type Wire } from '../../support/on-the-wire.ts';
import { result, toolResult } from '../../support/stub-server.ts';

let gateway: TestGateway;
let wire: Wire;
before(async () => {
  gateway = await openGateway();
  wire = await onTheWire(gateway);
});
after(() => gateway.close());
beforeEach(() => {
  gateway.stub.conduct = result(toolResult({ done: true }));
  gateway.stub.seen.length = 0;
});

const call = (name: string, args: object = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
/** Header lines that the one server behind has seen. */
const seen = () => gateway.stub.seen.map(({ headers }) => headers);
const replaced = (name: string, line: string) => wire.head.replace(wire.lines.get(name) ?? '', line);

describe('what a proxy before would say is not believed', () => {
  const claims: Record<string, string>[] = [
    { 'x-forwarded-host': '<host>' },
    { 'x-host': '<host>' },
    { 'x-original-host': '<host>' },
    { forwarded: 'host=<host>' },
    { 'x-http-host-override': '<host>' },
  ];
  for (const claim of claims)
    test(`${Object.keys(claim)}: the Host stays that of another site`, async () => {
      const own = new URL(gateway.url).host;
      const told = Object.entries(claim).map(([name, value]) => `${name}: ${value.replace('<host>', own)}\r\n`);
      const head = `${replaced('host', 'host: evil.example\r\n')}${told.join('')}`;
      assert.equal(codeOf(await wire.ask(wire.post(call('echo'), { head }))), 'WRIT_HOST_REFUSED');
    });

  test('where to get a token is told with the address of this gateway', async () => {
    const told =
      'x-forwarded-host: evil.example\r\nx-forwarded-proto: https\r\nforwarded: host=evil.example;proto=https\r\n';
    const head = `${replaced('authorization', '')}${told}`;
    const answer = await wire.ask(wire.post(call('echo'), { head }));
    assert.equal(answer?.status, 401);
    assert.doesNotMatch(JSON.stringify(answer), /evil/);
    assert.ok(answer?.headers['www-authenticate']?.includes(`${gateway.url}/.well-known/`));
  });

  test('another path in a header decides nothing', async () => {
    const headers = { 'x-original-url': '/open/mcp', 'x-rewrite-url': '/open/mcp', 'x-forwarded-uri': '/open/mcp' };
    const { last } = await gateway.call('guarded', { limit: 11 }, { headers });
    assert.equal(last.result?.isError, true);
  });

  test('another method in a header is none', async () => {
    const head = `${wire.head}x-http-method-override: POST\r\nx-http-method: POST\r\nx-method-override: POST\r\n`;
    const answer = await wire.ask(wire.post(call('echo'), { head }).replace('POST', 'PUT'));
    assert.equal(codeOf(answer), 'WRIT_METHOD_NOT_ALLOWED');
    assert.deepEqual(seen(), []);
  });
});

describe('a page that rebinds a name, or another site', () => {
  const port = () => new URL(gateway.url).port;
  const hosts: Record<string, () => string> = {
    'a name that leads here': () => `rebound.example:${port()}`,
    'a dot at the end': () => `127.0.0.1.:${port()}`,
    'localhost with a dot': () => `localhost.:${port()}`,
    'a name below localhost': () => `a.localhost:${port()}`,
    'a user before': () => `a@127.0.0.1:${port()}`,
    'this host as the user': () => `127.0.0.1:${port()}@evil.example`,
    'no port': () => '127.0.0.1',
    'an empty port': () => '127.0.0.1:',
    'another port': () => '127.0.0.1:80',
    'a port with a zero before': () => `127.0.0.1:0${port()}`,
    'two ports': () => `127.0.0.1:${port()}:80`,
    'an IPv4 address in IPv6': () => `[::ffff:127.0.0.1]:${port()}`,
    'loopback written out': () => `[0:0:0:0:0:0:0:1]:${port()}`,
    'loopback with a zone': () => `[::1%25lo]:${port()}`,
    'IPv6 without brackets': () => `::1:${port()}`,
    'loopback in decimal': () => `2130706433:${port()}`,
    'loopback in octal': () => `0177.0.0.1:${port()}`,
    'another address of loopback': () => `127.0.0.2:${port()}`,
    'every address': () => `0.0.0.0:${port()}`,
    'a URL': () => `http://127.0.0.1:${port()}`,
    'a path behind': () => `127.0.0.1:${port()}/open`,
    'a query behind': () => `127.0.0.1:${port()}?a`,
    'a fragment behind': () => `127.0.0.1:${port()}#a`,
    'a list': () => `127.0.0.1:${port()}, evil.example`,
    escaped: () => `127%2e0%2e0%2e1:${port()}`,
    'wide digits': () => `\u00ef\u00bc\u0091\u00ef\u00bc\u0092\u00ef\u00bc\u0097.0.0.1:${port()}`,
    nothing: () => '',
  };
  for (const [name, host] of Object.entries(hosts))
    test(`Host: ${name}`, async () => {
      const head = replaced('host', `host: ${host()}\r\n`);
      const answer = await wire.ask(Buffer.from(wire.post(call('echo'), { head }), 'latin1'));
      assert.deepEqual([answer?.status, codeOf(answer)], [403, 'WRIT_HOST_REFUSED']);
      assert.deepEqual(seen(), []);
    });

  const origins: Record<string, () => string> = {
    'another site': () => 'https://evil.example',
    'another port': () => 'http://127.0.0.1:1',
    'another scheme': () => `https://127.0.0.1:${port()}`,
    'a scheme of an extension': () => 'chrome-extension://abcdefghijklmnop',
    'a page from a file': () => 'null',
    'its own with a slash': () => `http://127.0.0.1:${port()}/`,
    'its own with a dot': () => `http://localhost.:${port()}`,
    'its own with a user': () => `http://a@127.0.0.1:${port()}`,
    'its own as the user of another': () => `http://127.0.0.1:${port()}@evil.example`,
    'its own below another': () => `http://127.0.0.1:${port()}.evil.example`,
    'its own and another': () => `http://127.0.0.1:${port()} https://evil.example`,
    'its own twice': () => `http://127.0.0.1:${port()}\r\norigin: http://127.0.0.1:${port()}`,
    'every site': () => '*',
    nothing: () => '',
  };
  for (const [name, origin] of Object.entries(origins))
    test(`Origin: ${name}`, async () => {
      const answer = await wire.ask(wire.post(call('echo'), { head: `${wire.head}origin: ${origin()}\r\n` }));
      assert.deepEqual([answer?.status, codeOf(answer)], [403, 'WRIT_HOST_REFUSED']);
      assert.deepEqual(seen(), []);
    });

  test('is given no leave by any answer', async () => {
    const asked = [
      `OPTIONS /open/mcp HTTP/1.1\r\n${wire.head}origin: ${gateway.url}\r\naccess-control-request-method: POST\r\naccess-control-request-private-network: true\r\n\r\n`,
      `OPTIONS /open/mcp HTTP/1.1\r\n${wire.head}origin: https://evil.example\r\naccess-control-request-method: POST\r\n\r\n`,
      wire.post(call('echo'), { head: `${wire.head}origin: ${gateway.url}\r\n` }),
    ];
    for (const bytes of asked) {
      const { headers = {} } = (await wire.ask(bytes)) ?? {};
      assert.deepEqual(
        Object.keys(headers).filter((name) => name.startsWith('access-control')),
        [],
      );
    }
  });
});
