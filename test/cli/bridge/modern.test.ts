import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../../support/until.ts';
import { modernMeta as _meta, openBridge } from './harness.ts';
import { events, json, plain, startStub } from './stub.ts';

describe('headers repeat the message', () => {
  for (const [method, params, expected] of [
    ['tools/call', { name: 'echo' }, 'echo'],
    ['resources/read', { uri: 'file:///a b' }, 'file:///a b'],
    ['prompts/get', { name: 'Grüße' }, '=?base64?R3LDvMOfZQ==?='],
    ['tools/call', { name: ' padded ' }, '=?base64?IHBhZGRlZCA=?='],
    ['tools/call', { name: 'a\r\nauthorization: x' }, '=?base64?YQ0KYXV0aG9yaXphdGlvbjogeA==?='],
    ['tools/call', { name: '=?base64?literal?=' }, '=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='],
    ['tasks/get', { taskId: 't-1' }, 't-1'],
    ['tools/list', { name: 'not mirrored' }, undefined],
  ] as const)
    test(`${method} ${JSON.stringify(params)}`, async (t) => {
      const stub = await startStub(t);
      await openBridge(t, stub.url).ask({ id: 1, method, params: { ...params, _meta } });
      const headers = stub.seen[0]?.headers;
      assert.equal(headers?.['mcp-protocol-version'], '2026-07-28');
      assert.equal(headers?.['mcp-method'], method);
      assert.equal(headers?.['mcp-name'], expected);
      assert.equal(headers?.authorization, undefined);
      assert.equal(headers?.['mcp-session-id'], undefined);
    });

  test('a method or version that no header can hold is refused here', async (t) => {
    const stub = await startStub(t);
    const opened = openBridge(t, stub.url);
    const version = { ..._meta, 'io.modelcontextprotocol/protocolVersion': 'x\r\ny: z' };
    const answers = [
      await opened.ask({ id: 1, method: 'a\nb', params: { _meta } }),
      await opened.ask({ id: 2, method: 'ping', params: { _meta: version } }),
    ];
    for (const { error } of answers) assert.equal(error?.data?.code, 'WRIT_MESSAGE_INVALID');
    assert.equal(stub.seen.length, 0);
  });
});

/** Wants the header that its schema names; says the schema only where it is asked for. */
const regional = {
  name: 'query',
  inputSchema: {
    type: 'object',
    properties: {
      region: { type: 'string', 'x-mcp-header': 'Region' },
      deep: { type: 'object', properties: { limit: { type: 'integer', 'x-mcp-header': 'Limit' } } },
      dry: { type: 'boolean', 'x-mcp-header': 'Dry' },
    },
  },
};
const args = { region: 'us-west1', deep: { limit: 42 }, dry: null };

describe('Mcp-Param headers', () => {
  test('are learnt from a list that passes', async (t) => {
    const stub = await startStub(t, ({ message: { id, method } }, response) => {
      const result = method === 'tools/list' ? { tools: [regional] } : {};
      response.writeHead(200, json).end(JSON.stringify({ jsonrpc: '2.0', id, result }));
    });
    const opened = openBridge(t, stub.url);
    await opened.ask({ id: 1, method: 'tools/list', params: { _meta } });
    await opened.ask({ id: 2, method: 'tools/call', params: { name: 'query', arguments: args, _meta } });
    const headers = stub.seen[1]?.headers;
    assert.equal(headers?.['mcp-param-region'], 'us-west1');
    assert.equal(headers?.['mcp-param-limit'], '42');
    assert.equal(headers?.['mcp-param-dry'], undefined);
  });

  test('are asked for where the server misses them, once, and the call is sent again', async (t) => {
    const stub = await startStub(t, ({ message: { id, method }, headers }, response) => {
      if (method === 'tools/list')
        return void response
          .writeHead(200, json)
          .end(JSON.stringify({ jsonrpc: '2.0', id, result: { tools: [regional] } }));
      const isRight = headers['mcp-param-region'] === 'us-west1';
      const error = { code: -32020, message: 'Header mismatch' };
      response
        .writeHead(isRight ? 200 : 400, json)
        .end(JSON.stringify({ jsonrpc: '2.0', id, ...(isRight ? { result: { done: true } } : { error }) }));
    });
    const opened = openBridge(t, stub.url);
    const call = (id: number, tool: string) =>
      opened.ask({ id, method: 'tools/call', params: { name: tool, arguments: args, _meta } });
    assert.deepEqual((await call(1, 'query')).result, { done: true });
    assert.deepEqual(
      stub.seen.map(({ message }) => message.method),
      ['tools/call', 'tools/list', 'tools/call'],
    );
    assert.equal((await call(2, 'other')).error?.code, -32020, 'what helps nothing is told');
    assert.equal(stub.seen.length, 5);
    assert.equal(opened.lines.length, 2, 'its own list is not passed on');
  });

  test('are none where an annotation is not allowed, and the person is told', async (t) => {
    const wrong = [
      { type: 'number', 'x-mcp-header': 'A' },
      { type: 'string', 'x-mcp-header': 'a: b\r\nc' },
      { type: 'array', items: { type: 'string', 'x-mcp-header': 'A' } },
      { anyOf: [{ type: 'string', 'x-mcp-header': 'A' }] },
    ].map((a, at) => ({ name: `t${at}`, inputSchema: { type: 'object', properties: { a } } }));
    const stub = await startStub(t, ({ message: { id } }, response) => {
      response.writeHead(200, json).end(JSON.stringify({ jsonrpc: '2.0', id, result: { tools: wrong } }));
    });
    const opened = openBridge(t, stub.url);
    await opened.ask({ id: 1, method: 'tools/list', params: { _meta } });
    for (const at of wrong.keys())
      await opened.ask({ id: 10 + at, method: 'tools/call', params: { name: `t${at}`, arguments: { a: 'x' }, _meta } });
    assert.match(opened.notes.join(), /x-mcp-header.*t0, t1, t2, t3/);
    for (const { headers } of stub.seen)
      assert.deepEqual(
        Object.keys(headers).filter((name) => name.startsWith('mcp-param')),
        [],
      );
  });
});

test('notifications/cancelled breaks the request off, is not sent on, and nothing is said of it', async (t) => {
  const stub = await startStub(t, (received, response) => {
    if (received.message.id === 1) response.writeHead(200, events).write(': waiting\n\n');
    else plain(received, response);
  });
  const opened = openBridge(t, stub.url);
  opened.say({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'slow', _meta } });
  await until(() => stub.seen.length === 1, 'the call arrives');
  opened.say({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: '1' } });
  await opened.ask({ id: 2, method: 'tools/list', params: { _meta } });
  assert.equal(stub.seen[0]?.left, false, '"1" is not 1');
  opened.say({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 1 } });
  await until(() => stub.seen[0]?.left === true, 'the server sees that nobody waits');
  await opened.ask({ id: 3, method: 'tools/list', params: { _meta } });
  assert.deepEqual(
    opened.lines.map((line) => JSON.parse(line).id),
    [2, 3],
  );
  assert.equal(
    stub.last(({ message }) => message.method === 'notifications/cancelled'),
    undefined,
  );
});

describe('subscriptions/listen', () => {
  const acknowledged = `{"jsonrpc":"2.0","method":"notifications/subscriptions/acknowledged","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":"l"},"notifications":{}}}`;
  const changed = acknowledged.replace('subscriptions/acknowledged', 'tools/list_changed');

  test('passes its events as they come; a stream the server ends is told as stdio has it', async (t) => {
    let end = () => {};
    const stub = await startStub(t, (_, response) => {
      response.writeHead(200, events).write(`data: ${acknowledged}\n\n: keep-alive\n\n`);
      end = () => response.end(`data: ${changed}\n\n`);
    });
    const opened = openBridge(t, stub.url);
    opened.say({ jsonrpc: '2.0', id: 'l', method: 'subscriptions/listen', params: { notifications: {}, _meta } });
    await opened.heard(({ method }) => method === 'notifications/subscriptions/acknowledged');
    end();
    const over = await opened.heard(({ method }) => method === 'notifications/cancelled');
    assert.deepEqual(over.params, { requestId: 'l' });
    assert.deepEqual(opened.lines.slice(0, 2), [acknowledged, changed]);
  });

  test('ends with the client, and holds its end up for nothing', async (t) => {
    const stub = await startStub(
      t,
      (_, response) => void response.writeHead(200, events).write(`data: ${acknowledged}\n\n`),
    );
    const opened = openBridge(t, stub.url);
    opened.say({ jsonrpc: '2.0', id: 'l', method: 'subscriptions/listen', params: { notifications: {}, _meta } });
    await opened.heard(({ method }) => method === 'notifications/subscriptions/acknowledged');
    await opened.end();
    await until(() => stub.seen[0]?.left === true, 'the stream is left');
    assert.equal(stub.seen.length, 1, 'there is no session to end');
  });
});

test('what a server may not send in this version does not reach the client', async (t) => {
  const request = '{"jsonrpc":"2.0","id":9,"method":"roots/list"}';
  const stub = await startStub(t, ({ message: { id } }, response) => {
    const other = '{"jsonrpc":"2.0","id":99,"result":{}}';
    const own = JSON.stringify({ jsonrpc: '2.0', id, result: {} });
    response.writeHead(200, events).end(`data: ${request}\n\ndata: ${other}\n\ndata: ${own}\n\n`);
  });
  const opened = openBridge(t, stub.url);
  await opened.ask({ id: 1, method: 'tools/list', params: { _meta } });
  opened.say({ jsonrpc: '2.0', id: 9, result: {} });
  await opened.ask({ id: 2, method: 'tools/list', params: { _meta } });
  assert.equal(opened.lines.length, 2);
  assert.equal(stub.seen.length, 2, 'nor does an answer to it reach the server');
});
