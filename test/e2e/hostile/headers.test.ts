import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openGateway, type TestGateway } from '../../support/gateway.ts';
import { codeOf, onTheWire, type Wire } from '../../support/on-the-wire.ts';
import { result, toolResult } from '../../support/stub-server.ts';
import type { Asked } from '../../support/surroundings.ts';

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

const echo = { name: 'echo', arguments: {} };
const call = (name: string, args: object = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: args } });
/** Header lines that the one server behind has seen. */
const seen = () => gateway.stub.seen.map(({ headers }) => headers);

describe('what a body is called does not decide what it is', () => {
  const types = [
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-16',
    'application/json; charset=utf-7',
    'text/plain',
    'text/event-stream',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/json-rpc',
    'application/json, text/plain',
    'json',
    '*/*',
    '',
  ];
  for (const type of types)
    test(`Content-Type: ${type || '(empty)'}`, async () => {
      const head = `${wire.head}content-type: ${type}\r\n`;
      const refused = await wire.ask(wire.post(call('echo', { limit: 11 }), { path: '/guarded/mcp', head }));
      assert.match(refused?.body ?? '', /at most ten at once/);
      assert.deepEqual(seen(), []);
      const passed = await wire.ask(wire.post(call('echo'), { path: '/guarded/mcp', head }));
      assert.equal(passed?.status, 200);
      assert.deepEqual(
        seen().map((headers) => headers['content-type']),
        ['application/json'],
      );
    });

  test('no Content-Type, or two', async () => {
    for (const lines of ['', 'content-type: text/plain\r\ncontent-type: application/json\r\n']) {
      const answer = await wire.ask(
        wire.post(call('echo', { limit: 11 }), { path: '/guarded/mcp', head: wire.head + lines }),
      );
      assert.match(answer?.body ?? '', /at most ten at once/);
    }
    assert.deepEqual(seen(), []);
  });

  test('a message in a form is none', async () => {
    const body = `--x\r\ncontent-disposition: form-data; name="request"\r\ncontent-type: application/json\r\n\r\n${call('echo')}\r\n--x--\r\n`;
    const head = `${wire.head}content-type: multipart/form-data; boundary=x\r\n`;
    assert.equal(codeOf(await wire.ask(wire.post(body, { head }))), 'WRIT_JSON_INVALID');
  });

  test('a body said to be coded is refused, whatever the coding', async () => {
    for (const coding of [
      'gzip',
      'GZIP',
      'deflate',
      'br',
      'zstd',
      'compress',
      'identity, gzip',
      'gzip, identity',
      'aes128gcm',
      'x',
      '',
    ]) {
      const answer = await wire.ask(wire.post(call('echo'), { head: `${wire.head}content-encoding: ${coding}\r\n` }));
      assert.equal(codeOf(answer), 'WRIT_MESSAGE_INVALID', coding);
    }
    assert.deepEqual(seen(), []);
  });
});

describe('a header that repeats the body is refused unless it says the same', () => {
  const mismatched: Record<string, Asked> = {
    'the method twice, both right': { params: echo, headers: { 'mcp-method': ['tools/call', 'tools/call'] } },
    'the tool twice, both right': { params: echo, headers: { 'mcp-name': ['echo', 'echo'] } },
    'the version twice, both right': {
      params: echo,
      headers: { 'mcp-protocol-version': ['2026-07-28', '2026-07-28'] },
    },
    'the method in other letters': { params: echo, headers: { 'mcp-method': 'Tools/Call' } },
    'the tool in base64 without padding': {
      params: { ...echo, name: 'tool' },
      headers: { 'mcp-name': '=?base64?dG9vbA?=' },
    },
    'the tool in base64 with a space': { params: echo, headers: { 'mcp-name': '=?base64?ZWN obw==?=' } },
    'the tool in base64 of another alphabet': {
      params: { ...echo, name: '>>>' },
      headers: { 'mcp-name': '=?base64?Pj4-?=' },
    },
    'the tool in base64 with bits left over': { params: echo, headers: { 'mcp-name': '=?base64?ZWNobx==?=' } },
    'the tool in base64 twice over': {
      params: echo,
      headers: { 'mcp-name': '=?base64?PT9iYXNlNjQ/WldOb2J3PT0/PQ==?=' },
    },
    'the name of the encoding in capitals': { params: echo, headers: { 'mcp-name': '=?BASE64?ZWNobw==?=' } },
    'the encoding of mail': { params: echo, headers: { 'mcp-name': '=?utf-8?B?ZWNobw==?=' } },
    'the tool in quotes': { params: echo, headers: { 'mcp-name': '"echo"' } },
    'the tool escaped as in a URL': { params: echo, headers: { 'mcp-name': 'ech%6f' } },
    'the tool with a parameter': { params: echo, headers: { 'mcp-name': 'echo;q=1' } },
    'the tool in Latin-1': { params: { ...echo, name: 'é' }, headers: { 'mcp-name': '\u00e9' } },
    'the tool in bare UTF-8': { params: { ...echo, name: 'é' }, headers: { 'mcp-name': '\u00c3\u00a9' } },
    'bytes that are no UTF-8': { params: { ...echo, name: '\ufffd' }, headers: { 'mcp-name': '=?base64?/w==?=' } },
    'no tool': { params: echo, headers: { 'mcp-name': '' } },
    'a version with a space in it': { params: echo, headers: { 'mcp-protocol-version': '2026-07-28 2025-11-25' } },
    'a number in another spelling': { params: { ...echo, arguments: { n: 1 } }, headers: { 'mcp-param-n': '1; 2' } },
    'an argument twice': { params: { ...echo, arguments: { n: 'a' } }, headers: { 'mcp-param-n': ['a', 'a'] } },
  };
  for (const [name, asked] of Object.entries(mismatched))
    test(name, async () => {
      const { status, last } = await gateway.ask(asked);
      assert.deepEqual([last.error?.data?.code, last.error?.code, status], ['WRIT_HEADER_MISMATCH', -32020, 400]);
      assert.deepEqual(seen(), []);
    });

  const matching: Record<string, Asked> = {
    'in base64': { params: echo, headers: { 'mcp-name': '=?base64?ZWNobw==?=' } },
    'in base64, beyond ASCII': {
      rpc: 'resources/read',
      params: { uri: 'file:///é' },
      headers: { 'mcp-name': '=?base64?ZmlsZTovLy/DqQ==?=' },
    },
    'with white space around, which is no part of it': { params: echo, headers: { 'mcp-name': ' \techo\t ' } },
  };
  for (const [name, asked] of Object.entries(matching))
    test(`and passes where it does: ${name}`, async () => {
      assert.equal((await gateway.ask(asked)).status, 200);
      assert.equal(seen().length, 1);
    });

  test('what is decided is the tool of the body, however a header names it', async () => {
    const headers = { 'mcp-name': '=?base64?c2VjcmV0?=' };
    const { last } = await gateway.call('guarded', {}, { tool: 'secret', headers });
    assert.equal(last.result?.isError, true);
    assert.deepEqual(seen(), []);
  });

  test('one that some take for it is none: it counts for nothing and goes nowhere', async () => {
    const headers = {
      mcp_name: 'wipe',
      'mcp.name': 'wipe',
      mcp_method: 'tools/list',
      mcp_protocol_version: '2025-11-25',
      mcp_session_id: 's',
    };
    assert.equal((await gateway.ask({ params: echo, headers })).status, 200);
    const [passed = {}] = seen();
    for (const name of Object.keys(headers)) assert.equal(passed[name], undefined, name);
    assert.equal(passed['mcp-name'], 'echo');
  });
});

describe('a server is sent what belongs to the message, and nothing else', () => {
  /** Every header that ever reaches a server. */
  const known = new Set([
    'host',
    'connection',
    'content-type',
    'content-length',
    'accept',
    'accept-encoding',
    'mcp-protocol-version',
    'mcp-method',
    'mcp-name',
    'traceparent',
    'tracestate',
  ]);
  const others: Record<string, Record<string, string>> = {
    'hop by hop': {
      'keep-alive': 'timeout=9',
      te: 'trailers',
      trailer: 'x-a',
      'proxy-connection': 'keep-alive',
      'proxy-authenticate': 'Basic',
      'proxy-authorization': 'Basic YTpi',
    },
    'named by Connection': { connection: 'keep-alive, x-secret', 'x-secret': 'a' },
    'of credentials': {
      cookie: 'a=b',
      cookie2: 'a',
      'x-api-key': 'k',
      'x-auth-token': 't',
      'x-amz-security-token': 't',
    },
    'of proxies before': {
      'x-forwarded-for': '10.0.0.1',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '1',
      'x-forwarded-prefix': '/a',
      forwarded: 'for=10.0.0.1;host=evil.example',
      'x-real-ip': '10.0.0.1',
      'true-client-ip': '10.0.0.1',
      via: '1.1 a',
      'x-client-cert': 'c',
      'x-remote-user': 'root',
    },
    'of other paths and methods': {
      'x-original-url': '/open/mcp',
      'x-rewrite-url': '/open/mcp',
      'x-http-method-override': 'GET',
      'x-http-method': 'GET',
      'x-method-override': 'DELETE',
    },
    'of browsers and caches': {
      range: 'bytes=0-1',
      'if-none-match': '*',
      'if-modified-since': 'a',
      'cache-control': 'no-cache',
      'user-agent': 'a',
      referer: 'http://a.example',
      dnt: '1',
      'accept-language': 'sv',
      'accept-charset': 'utf-16',
    },
    'of what the caller can read': { 'accept-encoding': 'gzip, br, zstd', accept: '*/*' },
  };
  for (const [kind, headers] of Object.entries(others))
    test(kind, async () => {
      const answer = await gateway.ask({ params: echo, headers });
      assert.equal(answer.status, 200, answer.wire);
      const [passed = {}] = seen();
      for (const [name, value] of Object.entries(passed)) {
        assert.ok(known.has(name), name);
        assert.doesNotMatch(String(value), /evil|10\.0\.0\.1|x-secret|trailers|gzip|\*/);
      }
      assert.equal(passed['accept-encoding'], 'identity');
      assert.equal(passed.host, new URL(gateway.stub.url).host);
    });

  test('no credentials of the caller', async () => {
    await gateway.ask({ params: echo });
    assert.equal(seen()[0]?.authorization, undefined);
  });
});
