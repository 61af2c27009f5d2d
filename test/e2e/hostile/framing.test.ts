import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openGateway, type TestGateway } from '../../support/gateway.ts';
import { codeOf, onTheWire, type Wire } from '../../support/on-the-wire.ts';
import { result, toolResult } from '../../support/stub-server.ts';

let gateway: TestGateway;
let wire: Wire;
before(async () => {
  gateway = await openGateway({ limits: { request_bytes: 65_536 } });
  wire = await onTheWire(gateway);
});
after(() => gateway.close());
beforeEach(() => {
  gateway.stub.conduct = result(toolResult({ done: true }));
  gateway.stub.seen.length = 0;
});

const call = (id: number) =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'echo', arguments: { id } } });
const start = 'POST /open/mcp HTTP/1.1\r\n';
const smuggled = () => wire.post(call(666));
const callsSeen = () => gateway.stub.seen.map(({ message }) => message.id);

describe('requests that two readers may read in two ways are refused, their connection closed, and what follows not carried', () => {
  const end = '0\r\n\r\n';
  const coded = (line: string, body = end) => `${start}${wire.head}${line}\r\n\r\n${body}${smuggled()}`;
  const sized = (line: string, body = '') => `${start}${wire.head}${line}\r\n\r\n${body}${smuggled()}`;
  const chunks = (body: string) => coded('transfer-encoding: chunked', body);
  const ambiguous: Record<string, () => string> = {
    'chunked, and then once more on its own line': () =>
      coded('transfer-encoding: chunked\r\ntransfer-encoding: identity'),
    'chunked on a line after another coding': () =>
      coded('transfer-encoding: x\r\ntransfer-encoding: chunked\r\ncontent-length: 3'),
    'chunked with a parameter': () => coded('transfer-encoding: chunked;q=1'),
    'chunked in quotes': () => coded('transfer-encoding: "chunked"'),
    'chunked behind a vertical tab': () => coded('transfer-encoding: \x0bchunked'),
    'chunked behind a NUL': () => coded('transfer-encoding: chunked\0'),
    'chunked in other characters': () => coded('transfer-encoding: chun\u212aed'),
    'gzip and then chunked': () => coded('transfer-encoding: gzip, chunked', `5\r\nabcde\r\n${end}`),
    'no coding named': () => coded('transfer-encoding: ', `5\r\nabcde\r\n${end}`),
    'a line before the colon is over': () => coded('transfer-encoding\r\n: chunked'),
    'a header line of a colon alone': () => coded(': chunked'),
    'a header line without a colon': () => coded('transfer-encoding chunked'),
    'a tab before the colon': () => coded('transfer-encoding\t: chunked'),
    'a header name with a space': () => coded('x transfer-encoding: chunked'),
    'a header name that begins with a space': () =>
      `${start} transfer-encoding: chunked\r\n${wire.head}\r\n${end}${smuggled()}`,
    'a header name with a character beyond ASCII': () => coded('transf\u00e9r-encoding: chunked'),
    'a folded length': () => sized('content-length:\r\n 0'),
    'the same length twice': () => sized('content-length: 3\r\ncontent-length: 3', 'abc'),
    'a list of one length': () => sized('content-length: 3, 3', 'abc'),
    'a length with a space in it': () => sized('content-length: 1 0'),
    'a length with a fraction': () => sized('content-length: 3.0', 'abc'),
    'a length with an exponent': () => sized('content-length: 3e0', 'abc'),
    'a length with a separator': () => sized('content-length: 1_0'),
    'a length in wide digits': () => sized('content-length: \uff13', 'abc'),
    'an empty length': () => sized('content-length: '),
    'a chunk size in other notation': () => chunks(`0x3\r\nabc\r\n${end}`),
    'a chunk size below zero': () => chunks(`-1\r\nabc\r\n${end}`),
    'a chunk size behind a space': () => chunks(` 3\r\nabc\r\n${end}`),
    'no chunk size': () => chunks(`\r\nabc\r\n${end}`),
    'a chunk that ends in LF alone': () => chunks('3\r\nabc\n0\r\n\r\n'),
    'a chunk size line of LF alone': () => chunks('3\nabc\r\n0\r\n\r\n'),
    'an extension with LF in it': () => chunks('3;a\nb\r\nabc\r\n0\r\n\r\n'),
    'an extension with CR in it': () => chunks('3;a\rb\r\nabc\r\n0\r\n\r\n'),
    'an extension with a NUL in it': () => chunks('3;a\0b\r\nabc\r\n0\r\n\r\n'),
    'extensions without an end': () => chunks(`3;${'a'.repeat(40_000)}\r\nabc\r\n0\r\n\r\n`),
    'a trailer that frames': () => chunks('3\r\nabc\r\n0\r\ntransfer-encoding : chunked\r\n\r\n'),
    'a header ended by LF': () => `${start}${wire.head}x-a: b\ncontent-length: 0\r\n\r\n${smuggled()}`,
    'a request line ended by LF': () =>
      `${start.replace('\r\n', '\n')}${wire.head}content-length: 0\r\n\r\n${smuggled()}`,
    'a request line ended by CR': () =>
      `${start.replace('\r\n', '\r')}${wire.head}content-length: 0\r\n\r\n${smuggled()}`,
    'a head ended by LF': () => `${start}${wire.head}content-length: 0\r\n\n${smuggled()}`,
    'two spaces before the path': () => wire.post('').replace('POST /', 'POST  /').concat(smuggled()),
    'a tab before the path': () => wire.post('').replace('POST /', 'POST\t/').concat(smuggled()),
    'a space in the path': () => wire.post('', { path: '/open/m cp' }).concat(smuggled()),
    'a space before the method': () => ` ${wire.post('')}${smuggled()}`,
    'no version, as in HTTP/0.9': () => `GET /open/mcp\r\n${smuggled()}`,
    'a version with a zero before': () => wire.post('').replace('HTTP/1.1', 'HTTP/01.1').concat(smuggled()),
    'a version 1.2': () => wire.post('').replace('HTTP/1.1', 'HTTP/1.2').concat(smuggled()),
    'a version of two digits': () => wire.post('').replace('HTTP/1.1', 'HTTP/1.10').concat(smuggled()),
    'another protocol': () => wire.post('').replace('HTTP/1.1', 'ICY/1.1').concat(smuggled()),
    'the beginning of HTTP/2': () => `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${smuggled()}`,
    TLS: () => `\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03${smuggled()}`,
    'a method nobody knows': () => wire.post('').replace('POST', 'PSOT').concat(smuggled()),
    'a proxy line before': () => `PROXY TCP4 10.0.0.1 10.0.0.2 1 2\r\n${wire.post('')}${smuggled()}`,
    'an answer in place of a request': () => `HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n${smuggled()}`,
    'a thousand headers too large together': () =>
      `${start}${wire.head}${'x-a: bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\r\n'.repeat(1_000)}content-length: 0\r\n\r\n${smuggled()}`,
    'a path beyond the limit': () => wire.post('', { path: `/${'a'.repeat(40_000)}` }).concat(smuggled()),
  };
  for (const [name, bytes] of Object.entries(ambiguous))
    test(name, async () => {
      const connection = await wire.connect();
      connection.write(Buffer.from(bytes(), 'latin1'));
      const answer = await connection.answer().catch(() => undefined);
      if (answer !== undefined) assert.match(String(answer.status), /^(400|413|431|505)$/);
      // A reader that waits for more than it was sent has taken what follows for a part of this request.
      connection.socket.end();
      await connection.closed;
      assert.deepEqual(callsSeen(), []);
    });
});

describe('HTTP/1.0', () => {
  const old = (bytes: string) => bytes.replace('HTTP/1.1', 'HTTP/1.0');

  test('with keep-alive carries whole requests and their own answers', async () => {
    const connection = await wire.connect();
    const head = `${wire.head}connection: keep-alive\r\n`;
    for (const id of [1, 2]) {
      connection.write(old(wire.post(call(id), { head })));
      assert.equal(JSON.parse((await connection.answer()).body).id, id);
    }
    connection.destroy();
  });

  test('with chunks, which it has not, never carries what follows', async () => {
    const body = call(1);
    const chunked = `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`;
    const connection = await wire.connect();
    connection.write(`${old(start)}${wire.head}transfer-encoding: chunked\r\n\r\n${chunked}${smuggled()}`);
    await connection.answer().catch(() => undefined);
    connection.socket.end();
    await connection.closed;
    assert.ok(!callsSeen().includes(666));
  });
});

describe('where a request is aimed', () => {
  const elsewhere = [
    '//open/mcp',
    '/open//mcp',
    '/open/mcp/',
    '/./open/mcp',
    '/open/./mcp',
    '/open/mcp/.',
    '/x/../open/mcp',
    '/open/%6dcp',
    '/open%2fmcp',
    '/open%2Fmcp',
    '/%2e/open/mcp',
    '/open/mcp%00',
    '/open/mcp%20',
    '/open;a=b/mcp',
    '/open/mcp;a=b',
    '/open/mcp#',
    '/open/mcp&',
    '/open\\mcp',
    '\\open\\mcp',
    '/OPEN/mcp',
    '/open/MCP',
    '/ope\u00f1/mcp',
    '/open/mcp.json',
    '/open/mcp:443',
    '/open@evil/mcp',
    '/',
    '/mcp',
    '/.well-known/oauth-protected-resource/../../open/mcp',
    '/__proto__/mcp',
    '/constructor/mcp',
    '/open/mcp/guarded/mcp',
  ];
  for (const path of elsewhere)
    test(`${path} is not the endpoint`, async () => {
      const answer = await wire.ask(Buffer.from(wire.post(call(1), { path }), 'latin1'));
      assert.match(String(answer?.status), /^(400|404)$/);
      if (answer?.status === 404) assert.equal(codeOf(answer), 'WRIT_NOT_FOUND');
      assert.deepEqual(callsSeen(), []);
    });

  test('a query changes nothing', async () => {
    for (const query of ['?', '?a=b', '?/open/mcp', '?x=/../open/mcp', '??', '?a#b'])
      assert.match(
        (await wire.ask(wire.post(call(1).replace('"id":1}', '"limit":11}'), { path: `/guarded/mcp${query}` })))
          ?.body ?? '',
        /at most ten/,
      );
    assert.deepEqual(callsSeen(), []);
  });

  test('as a URL, it is the endpoint of nobody, not even with its own address', async () => {
    for (const origin of [gateway.url, 'http://evil.example', 'https://127.0.0.1', 'file://', 'http:'])
      assert.match(String((await wire.ask(wire.post(call(1), { path: `${origin}/open/mcp` })))?.status), /^(400|404)$/);
    assert.deepEqual(callsSeen(), []);
  });

  test('as an authority, or everything, it is nothing', async () => {
    const { host } = new URL(gateway.url);
    for (const request of [
      `POST ${host} HTTP/1.1`,
      'POST * HTTP/1.1',
      'OPTIONS * HTTP/1.1',
      'GET * HTTP/1.1',
      'POST ?a HTTP/1.1',
      'POST open/mcp HTTP/1.1',
    ]) {
      const answer = await wire.ask(`${request}\r\n${wire.head}content-length: 0\r\n\r\n`);
      assert.match(String(answer?.status), /^(400|404)$/, request);
    }
  });
});

describe('methods', () => {
  for (const method of ['PUT', 'PATCH', 'TRACE', 'TRACK', 'PROPFIND', 'SEARCH', 'LINK', 'PURGE', 'QUERY', 'OPTIONS'])
    test(`${method} is not served, and repeats nothing of the request`, async () => {
      const answer = await wire.ask(`${method} /open/mcp HTTP/1.1\r\n${wire.head}x-a: canary\r\n\r\n`);
      assert.match(String(answer?.status), /^(400|405)$/);
      assert.doesNotMatch(JSON.stringify(answer), /canary|Bearer ey/);
      assert.deepEqual(callsSeen(), []);
    });

  test('HEAD is not served, and has no body that would be the next answer', async () => {
    const connection = await wire.connect();
    connection.write(`HEAD /open/mcp HTTP/1.1\r\n${wire.head}\r\n`);
    await connection.seen('\r\n\r\n');
    connection.write(wire.post(call(7)));
    await connection.seen('"id":7');
    connection.destroy();
    assert.deepEqual(callsSeen(), [7]);
  });

  test('CONNECT makes no tunnel', async () => {
    const { host } = new URL(gateway.stub.url);
    for (const target of [host, '/open/mcp', '127.0.0.1:1']) {
      const connection = await wire.connect();
      connection.write(`CONNECT ${target} HTTP/1.1\r\n${wire.head}\r\n${smuggled()}`);
      const answer = await connection.answer().catch(() => undefined);
      assert.ok(answer === undefined || answer.status >= 400);
      connection.socket.end();
      await connection.closed;
    }
    assert.deepEqual(callsSeen(), []);
  });

  test('an upgrade is not made', async () => {
    const protocols = ['websocket', 'h2c', 'TLS/1.2', 'HTTP/2.0', 'connect-udp'];
    for (const protocol of protocols) {
      const more = `connection: upgrade\r\nupgrade: ${protocol}\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13\r\n`;
      const answer = await wire.ask(wire.post(call(1), { head: wire.head + more }));
      assert.notEqual(answer?.status, 101, protocol);
      assert.equal(answer?.headers.upgrade, undefined);
    }
    for (const { headers } of gateway.stub.seen) assert.equal(headers.upgrade, undefined);
  });
});

describe('what a request expects', () => {
  test('beyond going on is refused or left out, and the next request is its own', async () => {
    for (const expectation of ['200-ok', '100-continue, 200-ok', '100-Continue;a=b', 'x']) {
      const connection = await wire.connect();
      connection.write(wire.post(call(1), { head: `${wire.head}expect: ${expectation}\r\n` }) + wire.post(call(2)));
      await connection.seen('"id":2');
      connection.destroy();
    }
  });

  test('is not waited for where it is refused anyway', async () => {
    const head = wire.head.replace(wire.lines.get('host') ?? '', 'host: evil.example\r\n');
    const connection = await wire.connect();
    connection.write(`${start}${head}expect: 100-continue\r\ncontent-length: 5\r\n\r\n`);
    let answer = await connection.answer();
    if (answer.status === 100) answer = await connection.answer();
    assert.equal(answer.status, 403);
    connection.destroy();
  });
});
