import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { until } from '../../support/until.ts';
import { initialize, openBridge } from './harness.ts';
import { type Conduct, events, initialized, json, plain, startStub } from './stub.ts';

/** Sessions by number; `forget` ends them all, as a restart does. `stream` answers GET. */
function sessions(rest: Conduct = plain, stream: Conduct = plain) {
  let made = 0;
  const good = new Set<string>();
  const conduct: Conduct = (received, response) => {
    const { http, message, headers } = received;
    const session = String(headers['mcp-session-id']);
    if (message.method === 'initialize') {
      const id = `session-${++made}`;
      good.add(id);
      response.writeHead(200, { ...json, 'mcp-session-id': id }).end(initialized(message.id));
    } else if (!good.has(session))
      response
        .writeHead(404, json)
        .end('{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"Session not found"}}');
    else if (http === 'GET') stream(received, response);
    else rest(received, response);
  };
  return { conduct, forget: () => good.clear() };
}

test('session id and version of initialize stand in every message after it; DELETE ends the session', async (t) => {
  const stub = await startStub(t, sessions().conduct);
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  await opened.ask({ id: 1, method: 'tools/list' });
  await opened.end();
  const [first, ...rest] = stub.seen;
  assert.equal(first?.headers['mcp-session-id'], undefined);
  assert.equal(first?.headers['mcp-protocol-version'], undefined);
  assert.equal(first?.headers['mcp-method'], undefined);
  assert.deepEqual(rest.map(({ http, message }) => message.method ?? http).sort(), [
    'DELETE',
    'GET',
    'notifications/initialized',
    'tools/list',
  ]);
  for (const { headers } of rest) {
    assert.equal(headers['mcp-session-id'], 'session-1');
    assert.equal(headers['mcp-protocol-version'], '2025-11-25');
  }
  assert.deepEqual(opened.notes, [], 'that there is no stream is nothing to speak of');
});

test('what is said all at once arrives in order: nothing before initialize is answered and initialized is in', async (t) => {
  const stub = await startStub(t, sessions().conduct);
  const opened = openBridge(t, stub.url);
  const lines = [
    { id: 0, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {} } },
    { method: 'notifications/initialized' },
    { id: 1, method: 'tools/list' },
  ].map((line) => JSON.stringify({ jsonrpc: '2.0', ...line }));
  opened.say(lines.join('\n'));
  await opened.end();
  const posts = stub.seen.filter(({ http }) => http === 'POST').map(({ message }) => message.method);
  assert.deepEqual(posts, ['initialize', 'notifications/initialized', 'tools/list']);
  for (const { http, headers } of stub.seen.slice(1)) assert.equal(headers['mcp-session-id'], 'session-1', http);
  assert.equal(opened.lines[1], '{"jsonrpc":"2.0","id":1,"result":{}}');
});

test('a session that the server ended is begun anew in the words of the client, who notices nothing', async (t) => {
  const server = sessions();
  const stub = await startStub(t, server.conduct);
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  await until(() => stub.seen.some(({ http }) => http === 'GET'), 'the session is begun');
  server.forget();
  const answers = await Promise.all([1, 2, 3].map((id) => opened.ask({ id, method: 'tools/list' })));
  assert.deepEqual(
    answers.map(({ result }) => result),
    [{}, {}, {}],
  );
  const again = stub.seen.filter(({ message }) => message.method === 'initialize');
  assert.equal(again.length, 2, 'once for all three');
  assert.equal(again[1]?.body, again[0]?.body);
  assert.equal(again[1]?.headers['mcp-session-id'], undefined);
  assert.equal(stub.last(({ message }) => message.method === 'tools/list')?.headers['mcp-session-id'], 'session-2');
  assert.equal(opened.lines.length, 4);
  await until(() => stub.seen.filter(({ http }) => http === 'GET').length === 2, 'the stream of the new session');
});

test('whoever learns late that the session ended uses the one begun meanwhile', async (t) => {
  const server = sessions();
  const held: (() => void)[] = [];
  const stub = await startStub(t, (received, response) => {
    const { message, headers } = received;
    const isLate = typeof message.id === 'number' && message.id > 0 && headers['mcp-session-id'] === 'session-1';
    if (isLate) held.push(() => server.conduct(received, response));
    else server.conduct(received, response);
  });
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  await until(() => stub.seen.some(({ http }) => http === 'GET'), 'the session is begun');
  server.forget();
  const answers = [1, 2, 3].map((id) => opened.ask({ id, method: 'tools/list' }));
  await until(() => held.length === 3, 'all three are sent');
  for (const release of held.slice(0, 2)) release();
  await Promise.all(answers.slice(0, 2));
  held[2]?.();
  assert.deepEqual((await answers[2])?.result, {});
  assert.equal(stub.seen.filter(({ message }) => message.method === 'initialize').length, 2);
});

test('what the client told the ended session is told the next: log level and subscriptions', async (t) => {
  const server = sessions();
  const stub = await startStub(t, server.conduct);
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  await opened.ask({ id: 1, method: 'logging/setLevel', params: { level: 'error' } });
  for (const [id, uri] of ['a:1', 'a:2'].entries())
    await opened.ask({ id: 10 + id, method: 'resources/subscribe', params: { uri } });
  await opened.ask({ id: 20, method: 'resources/unsubscribe', params: { uri: 'a:1' } });
  server.forget();
  await opened.ask({ id: 30, method: 'tools/list' });
  const told = stub.seen.filter(({ http, headers }) => http === 'POST' && headers['mcp-session-id'] === 'session-2');
  assert.deepEqual(
    told.map(({ message }) => [message.method, message.id]),
    [
      ['notifications/initialized', undefined],
      ['logging/setLevel', 1],
      ['resources/subscribe', 11],
      ['tools/list', 30],
    ],
  );
  assert.equal(opened.lines.length, 6, 'the client hears nothing of it');
});

test('404 for a method that is not known ends no session', async (t) => {
  const stub = await startStub(
    t,
    sessions(({ message: { id, method } }, response) => {
      const error = { code: -32601, message: 'Method not found' };
      if (method === 'x/y') response.writeHead(404, json).end(JSON.stringify({ jsonrpc: '2.0', id, error }));
      else response.writeHead(202).end();
    }).conduct,
  );
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  assert.equal((await opened.ask({ id: 1, method: 'x/y' })).error?.code, -32601);
  assert.equal(stub.seen.filter(({ message }) => message.method === 'initialize').length, 1);
});

test('a stream the server leaves open behind its answer is left', async (t) => {
  const stub = await startStub(
    t,
    sessions((received, response) => {
      const { id } = received.message;
      if (id !== 5) plain(received, response);
      else response.writeHead(200, events).write(`data: ${JSON.stringify({ jsonrpc: '2.0', id, result: {} })}\n\n`);
    }).conduct,
  );
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  await opened.ask({ id: 5, method: 'ping' });
  await until(() => stub.last(({ message }) => message.id === 5)?.left === true, 'the stream is left');
});

test('one that cannot be begun anew is told, and does not go round in a circle', async (t) => {
  const server = sessions();
  let isOver = false;
  const stub = await startStub(t, (received, response) => {
    if (isOver)
      response.writeHead(404, json).end('{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"gone"}}');
    else server.conduct(received, response);
  });
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  await opened.ask({ id: 1, method: 'ping' });
  isOver = true;
  const { error } = await opened.ask({ id: 2, method: 'tools/list' });
  assert.deepEqual([error?.code, error?.message], [-32600, 'gone']);
  assert.equal(stub.seen.filter(({ message }) => message.method === 'initialize').length, 2);
});

describe('the stream of the server', () => {
  test('brings its requests, whose answers are posted with the session', async (t) => {
    const request = '{"jsonrpc":"2.0","id":9007199254740993,"method":"roots/list"}';
    const stub = await startStub(
      t,
      sessions(
        plain,
        (_, response) => void response.writeHead(200, events).write(`event: message\ndata: ${request}\n\n`),
      ).conduct,
    );
    const opened = openBridge(t, stub.url);
    await initialize(opened);
    await opened.heard(({ method }) => method === 'roots/list');
    const answer = '{"jsonrpc":"2.0","id":9007199254740993,"result":{"roots":[]}}';
    opened.say(answer);
    await until(() => stub.last(({ body }) => body === answer) !== undefined, 'the answer is posted');
    assert.equal(stub.last(({ body }) => body === answer)?.headers['mcp-session-id'], 'session-1');
    assert.equal(opened.lines[1], request);
  });

  test('is asked for again by its last id after the time the server says, and by the first where it fails', async (t) => {
    let asked = 0;
    const stub = await startStub(
      t,
      sessions(plain, (_, response) => {
        asked++;
        const note = `{"jsonrpc":"2.0","method":"notifications/message","params":{"n":${asked}}}`;
        if (asked === 2) response.writeHead(503).end();
        else if (asked < 5) response.writeHead(200, events).end(`retry: 10\nid: e-${asked}\ndata: ${note}\n\n`);
        else response.writeHead(405).end();
      }).conduct,
    );
    const opened = openBridge(t, stub.url);
    await initialize(opened);
    await until(() => asked === 5, 'it is asked for until it is not there');
    assert.deepEqual(
      stub.seen.filter(({ http }) => http === 'GET').map(({ headers }) => headers['last-event-id']),
      [undefined, 'e-1', 'e-1', 'e-3', 'e-4'],
    );
    assert.deepEqual(
      opened.lines.slice(1).map((line) => JSON.parse(line).params.n),
      [1, 3, 4],
    );
  });
});

test('a stream that closes before the answer is resumed by its id, as 2025-11-25 has it for polling', async (t) => {
  const progress = '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":1,"progress":1}}';
  const answer = '{"jsonrpc":"2.0","id":5,"result":{"big":12345678901234567890,"f":1.0}}';
  const stub = await startStub(
    t,
    sessions(
      (received, response) => {
        if (received.message.id !== 5) plain(received, response);
        else response.writeHead(200, events).end('id: p-1\nretry: 10\ndata: \n\n');
      },
      ({ headers }, response) => {
        const last = headers['last-event-id'];
        if (last === 'p-1') response.writeHead(200, events).end(`id: p-2\ndata: ${progress}\n\n`);
        else if (last === 'p-2') response.writeHead(200, events).write(`id: p-3\ndata: ${answer}\n\n`);
        else response.writeHead(405).end();
      },
    ).conduct,
  );
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  await opened.ask({ id: 5, method: 'tools/call', params: { name: 'slow' } });
  assert.deepEqual(opened.lines.slice(1), [progress, answer], 'byte for byte');
});

test('one that breaks off and cannot be resumed is told, under the id of its request', async (t) => {
  const stub = await startStub(
    t,
    sessions((received, response) => {
      if (received.message.id !== 5) plain(received, response);
      else response.writeHead(200, events).end(': nothing\n\n');
    }).conduct,
  );
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  const { error } = await opened.ask({ id: 5, method: 'tools/call' });
  assert.equal(error?.data?.code, 'WRIT_GATEWAY_INVALID');
});

test('notifications/cancelled is sent on, and the request left', async (t) => {
  const stub = await startStub(
    t,
    sessions((received, response) => {
      if (received.message.id === 5) response.writeHead(200, events).write(': waiting\n\n');
      else plain(received, response);
    }).conduct,
  );
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  opened.say({ jsonrpc: '2.0', id: 5, method: 'tools/call' });
  await until(() => stub.last(({ message }) => message.id === 5) !== undefined, 'the call arrives');
  opened.say({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 5 } });
  await until(() => stub.last(({ message }) => message.id === 5)?.left === true, 'the call is left');
  assert.ok(stub.last(({ message }) => message.method === 'notifications/cancelled'));
  assert.equal(opened.lines.length, 1);
});

test('a batch goes as one and comes as it is answered', async (t) => {
  const stub = await startStub(
    t,
    sessions(({ body }, response) => {
      const batch: unknown = JSON.parse(body);
      if (!Array.isArray(batch)) return void response.writeHead(202).end();
      const answers = batch.filter(({ id }) => id !== 2).map(({ id }) => ({ jsonrpc: '2.0', id, result: {} }));
      response.writeHead(200, json).end(JSON.stringify(answers));
    }).conduct,
  );
  const opened = openBridge(t, stub.url);
  await initialize(opened);
  opened.say('[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]');
  await until(() => opened.lines.length === 3, 'two lines');
  assert.equal(opened.lines[1], '[{"jsonrpc":"2.0","id":1,"result":{}}]');
  assert.equal(JSON.parse(opened.lines[2] ?? '').id, 2);
});
