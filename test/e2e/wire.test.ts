import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { connectRaw, type RawAnswer, type RawConnection } from '../support/raw-http.ts';
import { type Conduct, result, toolResult } from '../support/stub-server.ts';
import { until } from '../support/until.ts';

let gateway: TestGateway;
let connection: RawConnection;
/** Header lines that every good request has. */
let head: string;

before(async () => {
  gateway = await openGateway({ limits: { request_bytes: 65_536 } });
  const { headers } = await gateway.compose({ era: 'legacy' });
  head = Object.entries({ ...headers, host: new URL(gateway.url).host })
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('');
});
after(() => gateway.close());
beforeEach(async (context) => {
  gateway.stub.conduct = echo;
  gateway.stub.seen.length = 0;
  connection = await connectRaw(gateway.url);
  if ('after' in context) context.after(() => connection.destroy());
});

/** Answers a call with its own arguments. */
const echo: Conduct = (received, response) =>
  result(toolResult(received.message.params?.arguments ?? {}))(received, response);

const call = (id: number, args: object = { n: id }) =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'echo', arguments: args } });
const post = (body: string, lines = head) =>
  `POST /open/mcp HTTP/1.1\r\n${lines}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const read = ({ body }: RawAnswer) => JSON.parse(body);
const argumentsSeen = () => gateway.stub.seen.map(({ message }) => message.params?.arguments);

/** The connection still carries whole requests and their own answers. */
async function assertInStep(): Promise<void> {
  connection.write(post(call(99)));
  const { id, result } = read(await connection.answer());
  assert.deepEqual([id, result?.structuredContent], [99, { n: 99 }]);
}

describe('requests on one connection', () => {
  test('sent without waiting are each answered, in order, the first being slower', async () => {
    const held: (() => void)[] = [];
    gateway.stub.conduct = (received, response) => {
      if (received.message.id === 1) held.push(() => echo(received, response));
      else echo(received, response);
    };
    connection.write([1, 2, 3].map((id) => post(call(id))).join(''));
    await until(() => gateway.stub.seen.length === 3, 'all three reach the server');
    held[0]?.();
    for (const id of [1, 2, 3]) {
      const answer = read(await connection.answer());
      assert.deepEqual([answer.id, answer.result.structuredContent], [id, { n: id }]);
    }
  });

  const mistakes: Record<string, [bytes: () => string, status: number]> = {
    'a body that is no JSON': [() => post('{"jsonrpc"'), 400],
    'no token': [() => post(call(1), head.replace(/authorization: .*\r\n/, '')), 401],
    'another site': [() => post(call(1), head.replace(/host: .*\r\n/, 'host: evil.example\r\n')), 403],
    'another path': [() => post(call(1)).replace('/open/mcp', '/nobody/mcp'), 404],
    'another method': [() => post(call(1)).replace('POST', 'PUT'), 405],
    'a body announced as too large': [() => post(call(1, { x: 'x'.repeat(70_000) })), 413],
    'a body too large in chunks': [
      () =>
        `POST /open/mcp HTTP/1.1\r\n${head}transfer-encoding: chunked\r\n\r\n${'8000\r\n'.concat('x'.repeat(32_768), '\r\n').repeat(4)}0\r\n\r\n`,
      413,
    ],
    'an encoded body': [() => post(call(1), `${head}content-encoding: br\r\n`), 400],
  };
  for (const [name, [bytes, status]] of Object.entries(mistakes)) {
    test(`stay in step after ${name}`, async () => {
      connection.write(bytes());
      assert.equal((await connection.answer()).status, status);
      await assertInStep();
    });

    test(`stay in step with the next one sent right behind ${name}`, async () => {
      connection.write(bytes() + post(call(7)));
      assert.equal((await connection.answer()).status, status);
      assert.equal(read(await connection.answer()).id, 7);
    });
  }

  test('stay in step after a request for another protocol, which is not offered', async () => {
    connection.write(
      post(call(1), `${head}connection: upgrade, http2-settings\r\nupgrade: h2c\r\nhttp2-settings: AA\r\n`),
    );
    const answer = await connection.answer();
    assert.deepEqual([answer.status, answer.headers.upgrade, read(answer).id], [200, undefined, 1]);
    await assertInStep();
  });

  test('stay in step after an event stream', async () => {
    gateway.stub.conduct = ({ message: { id } }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: {} })}\n\n`);
    };
    connection.write(post(call(1)));
    assert.match((await connection.answer()).body, /^event: message\ndata: .*"id":1/);
    gateway.stub.conduct = echo;
    await assertInStep();
  });
});

describe('ways to send a body', () => {
  test('in chunks, with extensions and trailers, which count for nothing', async () => {
    const body = call(1);
    const [first, second] = [body.slice(0, 9), body.slice(9)];
    const chunk = (text: string, more = '') => `${text.length.toString(16)}${more}\r\n${text}\r\n`;
    const chunks = `${chunk(first, ';note="a"')}${chunk(second)}0\r\n`;
    const without = head.replace(/authorization: .*\r\n/, '');
    connection.write(
      `POST /open/mcp HTTP/1.1\r\n${head}transfer-encoding: chunked\r\n\r\n${chunks}x-trailer: a\r\n\r\n`,
    );
    assert.deepEqual(read(await connection.answer()).result.structuredContent, { n: 1 });
    const authorization = /authorization: .*\r\n/.exec(head)?.[0];
    connection.write(
      `POST /open/mcp HTTP/1.1\r\n${without}transfer-encoding: chunked\r\ntrailer: authorization\r\n\r\n${chunks}${authorization}\r\n`,
    );
    assert.equal((await connection.answer()).status, 401);
    await assertInStep();
  });

  test('byte by byte', async () => {
    connection.socket.setNoDelay(true);
    for (const byte of Buffer.from(post(call(1, { city: 'Malmö' })))) {
      connection.write(Uint8Array.of(byte));
      await new Promise(setImmediate);
    }
    assert.deepEqual(read(await connection.answer()).result.structuredContent, { city: 'Malmö' });
  });

  test('after being told to go on', async () => {
    const body = call(1);
    connection.write(
      `POST /open/mcp HTTP/1.1\r\n${head}expect: 100-continue\r\ncontent-length: ${body.length}\r\n\r\n`,
    );
    assert.equal((await connection.answer()).status, 100);
    connection.write(body);
    assert.equal((await connection.answer()).status, 200);
    await assertInStep();
  });

  test('by HTTP/1.0, which closes the connection', async () => {
    connection.write(post(call(1)).replace('HTTP/1.1', 'HTTP/1.0'));
    const answer = await connection.answer();
    assert.deepEqual([answer.status, read(answer).id, answer.headers.connection], [200, 1, 'close']);
    await connection.closed;
  });

  test('by HTTP/1.0 without saying to whom is refused', async () => {
    connection.write(post(call(1), head.replace(/host: .*\r\n/, '')).replace('HTTP/1.1', 'HTTP/1.0'));
    assert.equal(read(await connection.answer()).error.data.code, 'WRIT_HOST_REFUSED');
  });
});

describe('requests that two readers may read in two ways', () => {
  const smuggled = () => post(call(666, { smuggled: true }));
  const chunked = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`;
  const start = 'POST /open/mcp HTTP/1.1\r\n';

  const ambiguous: Record<string, () => string> = {
    'two lengths': () =>
      `${start}${head}content-length: 0\r\ncontent-length: ${smuggled().length}\r\n\r\n${smuggled()}`,
    'two lengths in one': () => `${start}${head}content-length: 0, ${smuggled().length}\r\n\r\n${smuggled()}`,
    'a length and chunks': () =>
      `${start}${head}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n${smuggled()}`,
    'chunks and a length': () =>
      `${start}${head}transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n${smuggled()}`,
    'an unknown encoding': () => `${start}${head}transfer-encoding: xchunked\r\n\r\n${smuggled()}`,
    'chunks that are not last': () =>
      `${start}${head}transfer-encoding: chunked, identity\r\n\r\n${chunked(smuggled())}`,
    'a space before the colon': () => `${start}${head}transfer-encoding : chunked\r\n\r\n0\r\n\r\n${smuggled()}`,
    'a folded header': () =>
      `${start}${head}x-a: b\r\n transfer-encoding: chunked\r\ncontent-length: 5\r\n\r\n0\r\n\r\n${smuggled()}`,
    'a length with a sign': () => `${start}${head}content-length: +0\r\n\r\n${smuggled()}`,
    'a length in hexadecimal': () => `${start}${head}content-length: 0x0\r\n\r\n${smuggled()}`,
    'a length below zero': () => `${start}${head}content-length: -1\r\n\r\n${smuggled()}`,
    'a length beyond all numbers': () => `${start}${head}content-length: 18446744073709551616\r\n\r\n${smuggled()}`,
    'lines ended by LF': () => `${start}${head}`.replaceAll('\r\n', '\n').concat(`content-length: 0\n\n${smuggled()}`),
    'a header line ended by CR': () => `${start}${head}x: y\rcontent-length: 0\r\n\r\n${smuggled()}`,
    'a NUL in a header': () => `${start}${head}x: a\0b\r\ncontent-length: 0\r\n\r\n${smuggled()}`,
    'a chunk size with a sign': () => `${start}${head}transfer-encoding: chunked\r\n\r\n+0\r\n\r\n${smuggled()}`,
    'a chunk size beyond all numbers': () =>
      `${start}${head}transfer-encoding: chunked\r\n\r\n10000000000000000\r\n${smuggled()}`,
    'a chunk longer than it says': () =>
      `${start}${head}transfer-encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n${smuggled()}`,
    'a chunk line ended by LF': () => `${start}${head}transfer-encoding: chunked\r\n\r\n0\n\n${smuggled()}`,
    'no host': () => `${start}${head.replace(/host: .*\r\n/, '')}content-length: 0\r\n\r\n${smuggled()}`,
    'a method in small letters': () => post('').replace('POST', 'post').concat(smuggled()),
    'a version yet to come': () => post('').replace('HTTP/1.1', 'HTTP/3.0').concat(smuggled()),
    'headers beyond the limit': () =>
      `${start}${head}x: ${'x'.repeat(40_000)}\r\ncontent-length: 0\r\n\r\n${smuggled()}`,
    'a tunnel': () => `CONNECT /open/mcp HTTP/1.1\r\n${head}\r\n${smuggled()}`,
  };
  for (const [name, bytes] of Object.entries(ambiguous)) {
    test(`${name}: refused, the connection closed, and what follows is not carried`, async () => {
      connection.write(bytes());
      const answer = await connection.answer().catch(() => undefined);
      if (answer !== undefined) assert.match(String(answer.status), /^(400|413|417|431|505)$/);
      await connection.closed;
      assert.deepEqual(argumentsSeen(), []);
    });
  }

  const decided: Record<string, [bytes: () => string, status: number]> = {
    'two hosts': [() => post(call(1), `${head}host: evil.example\r\n`), 403],
    'a host in the target': [() => post(call(1)).replace('/open/mcp', 'http://evil.example/open/mcp'), 404],
    'two tokens': [() => post(call(1), `${head}authorization: Bearer other\r\n`), 401],
    'two versions': [() => post(call(1), `${head}mcp-protocol-version: 2026-07-28\r\n`), 400],
    'dots in the path': [() => post(call(1)).replace('/open/mcp', '/guarded/../open/mcp'), 404],
    'an escaped path': [() => post(call(1)).replace('/open/mcp', '/op%65n/mcp'), 404],
  };
  for (const [name, [bytes, status]] of Object.entries(decided)) {
    test(`${name}: refused, and the connection stays in step`, async () => {
      connection.write(bytes());
      assert.equal((await connection.answer()).status, status);
      await assertInStep();
      assert.deepEqual(argumentsSeen(), [{ n: 99 }]);
    });
  }
});
