import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Rpc } from '../../support/http.ts';
import { until } from '../../support/until.ts';
import { modernMeta as _meta, openBridge } from './harness.ts';
import { type Conduct, events, json, plain, startStub } from './stub.ts';

const call = (id: unknown) => ({ id, method: 'tools/call', params: { name: 'echo', _meta } });

test('bytes pass as they are in both directions: numbers, order, escapes, ids; only line breaks become spaces', async (t) => {
  const answer = '{"id":"\\u00e4",\r\n "jsonrpc":"2.0",\n\t"result":{"n":1.0,"big":12345678901234567890,"s":"a\\nb"}}';
  const stub = await startStub(t, (_, response) => void response.writeHead(200, json).end(answer));
  const opened = openBridge(t, stub.url);
  const request =
    '{"id":"\\u00e4","method":"x","jsonrpc":"2.0","params":{"e":1e2,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}';
  opened.say(request);
  await until(() => opened.lines.length === 1, 'an answer');
  assert.equal(stub.seen[0]?.body, request);
  assert.equal(opened.lines[0], answer.replaceAll(/[\r\n]/g, ' '));
});

describe('whatever comes back, each request is answered once, under its own id, and with a way out', () => {
  const cases: [string, Conduct, number | undefined, RegExp][] = [
    [
      'a page',
      (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>'),
      undefined,
      /WRIT_GATEWAY_INVALID/,
    ],
    ['nothing', (_, response) => void response.writeHead(202).end(), undefined, /WRIT_GATEWAY_INVALID/],
    [
      'a redirect',
      (_, response) => void response.writeHead(307, { location: 'http://127.0.0.1:1/mcp' }).end(),
      undefined,
      /HTTP 307.*WRIT_GATEWAY_INVALID/,
    ],
    [
      'an error page',
      (_, response) => void response.writeHead(502).end('bad gateway'),
      undefined,
      /HTTP 502.*WRIT_GATEWAY_UNREACHABLE/,
    ],
    [
      'an error before the request was read',
      (_, response) =>
        void response
          .writeHead(401, json)
          .end('{"jsonrpc":"2.0","id":null,"error":{"code":-31401,"message":"no token"}}'),
      -31401,
      /no token/,
    ],
    [
      'an error without any id',
      (_, response) =>
        void response.writeHead(400, json).end('{"jsonrpc":"2.0","error":{"code":-32000,"message":"Bad Request"}}'),
      -32000,
      /Bad Request/,
    ],
    [
      'a modern error',
      ({ message: { id } }, response) =>
        void response
          .writeHead(400, json)
          .end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32022, message: 'v' } })),
      -32022,
      /v/,
    ],
    [
      'the answer to another',
      (_, response) => void response.writeHead(200, json).end('{"jsonrpc":"2.0","id":77,"result":{}}'),
      undefined,
      /WRIT_GATEWAY_INVALID/,
    ],
    [
      'an id of another type',
      ({ message: { id } }, response) =>
        void response.writeHead(200, json).end(JSON.stringify({ jsonrpc: '2.0', id: String(id), result: {} })),
      undefined,
      /WRIT_GATEWAY_INVALID/,
    ],
    [
      'a result without an id',
      (_, response) => void response.writeHead(200, json).end('{"jsonrpc":"2.0","id":null,"result":{}}'),
      undefined,
      /WRIT_GATEWAY_INVALID/,
    ],
    ['a connection that breaks', (_, response) => void response.destroy(), undefined, /WRIT_GATEWAY_UNREACHABLE/],
    [
      'half an answer',
      (_, response) =>
        void response
          .writeHead(200, { ...json, 'content-length': '100' })
          .write('{"jsonrpc"', () => response.destroy()),
      undefined,
      /WRIT_GATEWAY_UNREACHABLE/,
    ],
    [
      'half a stream',
      (_, response) => void response.writeHead(200, events).write('data: {"jsonrpc"', () => response.destroy()),
      undefined,
      /WRIT_GATEWAY_UNREACHABLE/,
    ],
    [
      'an event that is no message',
      (_, response) => void response.writeHead(200, events).end('data: hello\n\n'),
      undefined,
      /WRIT_GATEWAY_INVALID/,
    ],
    [
      'bytes that are not UTF-8',
      (_, response) => void response.writeHead(200, json).end(Buffer.from('7b22ff227d', 'hex')),
      undefined,
      /WRIT_GATEWAY_INVALID/,
    ],
    [
      'an encoding nobody asked for',
      (_, response) => void response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end('x'),
      undefined,
      /WRIT_GATEWAY_INVALID/,
    ],
  ];
  for (const [what, conduct, code, said] of cases)
    test(what, async (t) => {
      const stub = await startStub(t, conduct);
      const opened = openBridge(t, stub.url);
      const answer = await opened.ask(call(5));
      assert.equal(answer.error?.code, code ?? -31503, JSON.stringify(answer));
      assert.match(JSON.stringify(answer), said);
      if (code === undefined) assert.ok(String(answer.error?.data?.remedy).length > 10);
      stub.conduct = plain;
      await opened.ask(call(6));
      assert.equal(opened.lines.length, 2, 'and it goes on');
    });

  test('nobody there', async (t) => {
    const opened = openBridge(t, 'http://127.0.0.1:1/mcp');
    const answers = await Promise.all([opened.ask(call(1)), opened.ask(call('1')), opened.ask(call(2))]);
    for (const { error } of answers) {
      assert.equal(error?.data?.code, 'WRIT_GATEWAY_UNREACHABLE');
      assert.equal(error?.data?.retriable, true);
      assert.match(String(error?.message), /ECONNREFUSED/);
    }
    opened.say({ jsonrpc: '2.0', method: 'notifications/x' });
    await until(() => opened.notes.some((note) => note.includes('did not answer')), 'a note');
    assert.equal(opened.lines.length, 3, 'a notification has no answer');
  });
});

test('an id beyond what a double holds is answered as it was written', async (t) => {
  const stub = await startStub(t, ({ body }, response) => {
    const id = /"id":(\d+)/.exec(body)?.[1];
    if (id === '9007199254740995') response.writeHead(500).end();
    else response.writeHead(200, json).end(`{"jsonrpc":"2.0","id":${id},"result":{}}`);
  });
  const opened = openBridge(t, stub.url);
  for (const id of ['9007199254740993', '9007199254740995']) {
    const before = opened.lines.length;
    opened.say(`{"jsonrpc":"2.0","id":${id},"method":"ping","params":{"_meta":${JSON.stringify(_meta)}}}`);
    await until(() => opened.lines.length > before, 'an answer');
    assert.match(opened.lines[before] ?? '', new RegExp(`"id":${id},`));
  }
  assert.match(opened.lines[0] ?? '', /"result":\{\}/);
});

describe('what the client says wrongly', () => {
  for (const [what, line, id, code] of [
    ['no JSON', 'hello', null, 'WRIT_JSON_INVALID'],
    ['no message', '{"id":4}', null, 'WRIT_MESSAGE_INVALID'],
    ['an empty batch', '[]', null, 'WRIT_MESSAGE_INVALID'],
    [
      'one too large',
      `{"jsonrpc":"2.0","id":"big","method":"m","params":{"t":"${'x'.repeat(70_000)}"}}`,
      'big',
      'WRIT_JSON_TOO_LARGE',
    ],
  ] as const)
    test(what, async (t) => {
      const stub = await startStub(t);
      const opened = openBridge(t, stub.url);
      opened.say(line);
      const answer = await opened.heard(({ error }) => error !== undefined);
      assert.equal(answer.id, id);
      assert.equal(answer.error?.data?.code, code);
      assert.equal(stub.seen.length, 0);
      await opened.ask(call(1));
      for (const note of opened.notes) assert.doesNotMatch(note, /hello|xxx/);
    });
});

test('requests run side by side, and beyond the limit they are refused rather than kept', async (t) => {
  const held: (() => void)[] = [];
  const stub = await startStub(t, (received, response) => void held.push(() => plain(received, response)));
  const opened = openBridge(t, stub.url);
  for (let id = 0; id < 257; id++) opened.say({ jsonrpc: '2.0', ...call(id) });
  const refused = await opened.heard(({ error }) => error !== undefined);
  assert.deepEqual([refused.id, refused.error?.data?.code], [256, 'WRIT_OVERLOADED']);
  await until(() => held.length === 256, 'all others are sent');
  for (const release of held.reverse()) release();
  await until(() => opened.lines.length === 257, 'all are answered');
  const ids = opened.lines.map((line): Rpc => JSON.parse(line)).map(({ id }) => id);
  assert.equal(new Set(ids).size, 257);
});

test('a client that does not read holds the server back, and nothing is lost or out of order', async (t) => {
  const count = 2000;
  let written = 0;
  const filler = 'x'.repeat(4000);
  const stub = await startStub(t, async ({ message: { id } }, response) => {
    response.writeHead(200, events);
    for (; written < count; written++) {
      const progress = { jsonrpc: '2.0', method: 'notifications/progress', params: { n: written, filler } };
      if (!response.write(`data: ${JSON.stringify(progress)}\n\n`))
        await new Promise((resolve) => response.once('drain', resolve));
    }
    response.end(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: {} })}\n\n`);
  });
  const opened = openBridge(t, stub.url);
  opened.output.pause();
  opened.say({ jsonrpc: '2.0', ...call(1) });
  let [before, still] = [0, 0];
  // Buffers of sockets fill first; then it stands still.
  await until(() => {
    still = written === before && written > 0 ? still + 1 : 0;
    before = written;
    return still === 20;
  }, 'the server stands still');
  assert.ok(written < count, `${written} of ${count} events left the server`);
  opened.output.resume();
  await until(() => opened.lines.length === count + 1, 'all arrive');
  const order = opened.lines.slice(0, -1).map((line) => JSON.parse(line).params.n);
  assert.deepEqual(order, [...order.keys()]);
});
