import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { startCrm } from '../../fixtures/servers/crm.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { invalidAnswers } from '../support/invalid-answers.ts';
import { ofKind, withoutListings } from '../support/log.ts';
import { beginSession, begins } from '../support/session.ts';
import { event, failure, raw, result, stream, toolResult } from '../support/stub-server.ts';
import type { Era } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

const eras: Era[] = ['legacy', 'modern'];
const anna = { id: 'p-1', name: 'Anna Lindqvist', email: 'anna.lindqvist@example.com' };
const people = toolResult({ people: [anna] });
const progress = (message: string) => ({
  jsonrpc: '2.0',
  method: 'notifications/progress',
  params: { progressToken: 7, progress: 1, message },
});
const answer = (value: unknown) => ({ jsonrpc: '2.0', id: '<id>', result: value });

describe('what a server answers', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openGateway({ limits: { answer_bytes: 65_536 } });
  });
  after(() => gateway.close());

  for (const era of eras) {
    test(`${era}: an unmasked JSON answer is passed as the bytes it came in`, async () => {
      const body = '{ "result":{"n":1.50,"big":9007199254740993,"content":[ ]},\n"id":1,"jsonrpc":"2.0"}';
      gateway.stub.conduct = raw(200, { 'content-type': 'application/json' }, body);
      const { status, headers, body: got } = await gateway.call('open', {}, { era });
      assert.deepEqual([status, headers['content-type'], got], [200, 'application/json', body]);
    });

    test(`${era}: events are passed in order, with their ids, unmasked ones as they came`, async () => {
      const first = '{"jsonrpc":"2.0", "method":"notifications/progress","params":{"progress":1.0}}';
      gateway.stub.conduct = stream(
        event(first, 'a-1') + event(progress('half'), 'a-2') + event(answer(people), 'a-3'),
      );
      const { events, messages } = await gateway.call('open', {}, { era });
      assert.deepEqual(
        events.map(({ id, event }) => [id, event]),
        [
          ['a-1', 'message'],
          ['a-2', 'message'],
          ['a-3', 'message'],
        ],
      );
      assert.equal(events[0]?.data, first);
      assert.deepEqual(messages[1], progress('half'));
      assert.deepEqual(messages[2]?.result, people);
    });

    test(`${era}: under a mask notifications keep no words of the server, and the answer in the stream is masked`, async () => {
      const log = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: anna } };
      const others = { ...progress(''), params: { progressToken: anna.email, progress: 1 } };
      gateway.stub.conduct = stream(
        [progress(anna.email), others, log, answer(people)].map((one) => event(one)).join(''),
      );
      const { messages, wire } = await gateway.call('masked', {}, { era, params: { _meta: { progressToken: 7 } } });
      assert.deepEqual(
        messages.slice(0, -1).map(({ method, params }) => [method, params]),
        [
          ['notifications/progress', { progressToken: 7, progress: 1 }],
          ['notifications/message', { level: 'info', data: '[withheld by policy: data that cannot be masked]' }],
        ],
      );
      assert.deepEqual(messages.at(-1)?.result?.structuredContent, {
        people: [{ id: 'p-1', name: '[redacted]', email: 'a***@masked.invalid' }],
      });
      for (const hidden of [anna.name, anna.email]) assert.ok(!wire.includes(hidden));
    });

    test(`${era}: where a result will be looked at again, notifications ahead of it keep no words either`, async () => {
      gateway.stub.conduct = stream(event(progress(anna.email)) + event(answer(people)));
      const { messages, wire } = await gateway.call('second', {}, { era, params: { _meta: { progressToken: 7 } } });
      assert.equal(messages.length, 2);
      assert.deepEqual(messages[0]?.params, { progressToken: 7, progress: 1 });
      assert.deepEqual(messages[1]?.result, people);
      assert.equal(wire.split(anna.email).length, 3, 'the address stands in text and structured content alone');
    });

    for (const method of ['sampling/createMessage', 'elicitation/create', 'roots/list']) {
      test(`${era}: a request of the server that no rule grants, ${method}, is not passed and is answered with an error`, async () => {
        gateway.stub.seen.length = 0;
        const asked = { jsonrpc: '2.0', id: 'srv-1', method, params: { message: 'Who are you?' } };
        gateway.stub.conduct = stream(event(asked) + event(answer(people)));
        const { messages } = await gateway.call('open', {}, { era });
        assert.deepEqual(
          messages.map(({ result }) => result),
          [people],
        );
        const isRefusal = ({ message }: { message: { id?: unknown } }) => message.id === 'srv-1';
        await until(() => gateway.stub.seen.some(isRefusal), 'the server hears of the refusal');
        const told = JSON.parse(gateway.stub.seen.find(isRefusal)?.body ?? '');
        assert.deepEqual(Object.keys(told).sort(), ['error', 'id', 'jsonrpc']);
        assert.equal(told.error.data.code, 'WRIT_MESSAGE_UNSUPPORTED');
      });
    }

    test(`${era}: an error of the server is passed where nothing is masked`, async () => {
      const error = { code: -32602, message: 'Unknown customer', data: { field: 'id' } };
      gateway.stub.conduct = failure(error);
      const { status, last } = await gateway.call('open', {}, { era });
      assert.equal(status, 200);
      assert.deepEqual(last, { jsonrpc: '2.0', id: 1, error });
    });

    test(`${era}: of an error under a mask the code alone is passed`, async () => {
      gateway.stub.conduct = failure({ code: -32602, message: `No mail to ${anna.email}`, data: anna });
      const { last, wire } = await gateway.call('masked', {}, { era });
      assert.equal(last.error?.code, -32602);
      assert.equal(last.error?.data, undefined);
      for (const hidden of [anna.name, anna.email]) assert.ok(!wire.includes(hidden));
    });

    test(`${era}: whatever stands beside a masked result or error in the message is not passed`, async () => {
      for (const outcome of [{ result: people }, { error: { code: -32000, message: 'x' } }]) {
        const body = JSON.stringify({ jsonrpc: '2.0', id: 1, ...outcome, note: anna.email, more: [anna] });
        gateway.stub.conduct = raw(200, { 'content-type': 'application/json' }, body);
        const { last, wire } = await gateway.call('masked', {}, { era });
        assert.deepEqual(Object.keys(last).sort(), ['id', 'jsonrpc', Object.keys(outcome)[0]].sort());
        for (const hidden of [anna.name, anna.email]) assert.ok(!wire.includes(hidden));
      }
    });

    test(`${era}: a stream that ends before its answer ends in an error of the gateway's`, async () => {
      gateway.stub.conduct = stream(event(progress('half')));
      const { messages, last } = await gateway.call('open', {}, { era });
      assert.equal(messages.length, 2);
      assert.equal(last.id, 1);
      assert.equal(last.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
    });

    test(`${era}: a stream that breaks off ends in an error that may be retried`, async () => {
      gateway.stub.conduct = (received, response) => {
        stream(event(progress('half')), false)(received, response);
        setImmediate(() => response.destroy());
      };
      const { last } = await gateway.call('open', {}, { era });
      assert.equal(last.error?.data?.code, 'WRIT_UPSTREAM_UNREACHABLE');
      assert.equal(last.error?.data?.retriable, true);
    });
  }

  const written = () => {
    const data = JSON.stringify(answer(people), null, 1).replace('"<id>"', '<id>').replaceAll('\n', '\ndata: ');
    return `: hello\r\n\r\nretry: 5\rid: 0\rdata:\r\r: again\n\nid: 9\ndata: ${data}\n\n`;
  };

  test('lines ended in any of three ways are read; comments, retry, empty events and data on many lines are kept', async () => {
    gateway.stub.conduct = stream(written());
    const { events, wire } = await gateway.call('open', {}, { era: 'legacy' });
    assert.deepEqual(
      events.map(({ id, data }) => [id, data === '' ? '' : JSON.parse(data).result]),
      [
        ['0', ''],
        ['9', people],
      ],
    );
    for (const line of [/^: ?hello$/m, /^retry: 5$/m, /^: ?again$/m]) assert.match(wire, line);
  });

  test('of those, under a mask, nothing is kept in which a server could have words', async () => {
    const shown = { people: [{ id: 'p-1', name: '[redacted]', email: 'a***@masked.invalid' }] };
    gateway.stub.conduct = stream(written());
    const { events, wire } = await gateway.call('masked', {}, { era: 'legacy' });
    assert.deepEqual(
      events.map(({ data }) => (data === '' ? '' : JSON.parse(data).result.structuredContent)),
      ['', shown],
    );
    for (const { id } of events) assert.match(id ?? '', /^writ\.[\w-]+$/);
    assert.doesNotMatch(wire, /hello|again/);
    assert.match(wire, /^retry: 5$/m);
  });

  test('an event that arrives byte by byte is read, in the middle of characters too', async () => {
    const bytes = Buffer.from(event(answer(toolResult({ city: 'Malmö 🌊' }))).replaceAll('<id>', '1'));
    gateway.stub.conduct = async (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.socket?.setNoDelay(true);
      for (const byte of bytes) {
        response.write(Uint8Array.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    };
    const { last } = await gateway.call('open');
    assert.deepEqual(last.result?.structuredContent, { city: 'Malmö 🌊' });
  });

  for (const [name, conduct] of Object.entries(invalidAnswers)) {
    test(`${name} is answered by WRIT_UPSTREAM_INVALID, and nothing of it is passed`, async () => {
      gateway.stub.conduct = conduct;
      const { status, last, wire } = await gateway.call('open');
      assert.equal(status, 200);
      assert.equal(last.id, 1);
      assert.equal(last.error?.data?.code, 'WRIT_UPSTREAM_INVALID', wire);
      assert.ok(!wire.includes('canary-7'));
      assert.ok(!gateway.messages().includes('canary-7'));
    });
  }

  test('what a server sends after its answer is not passed', async () => {
    gateway.stub.conduct = stream(event(answer(people)) + event(progress('canary-8')));
    const { messages, wire } = await gateway.call('open');
    assert.equal(messages.length, 1);
    assert.ok(!wire.includes('canary-8'));
  });

  for (const status of [400, 404, 429]) {
    test(`a JSON-RPC error at HTTP ${status} is passed with its status`, async () => {
      const error = { code: -32001, message: 'Session not found' };
      gateway.stub.conduct = raw(status, {}, JSON.stringify({ jsonrpc: '2.0', id: null, error }));
      const { status: got, last } = await gateway.call('open', {}, { era: 'legacy' });
      assert.deepEqual([got, last.error], [status, error]);
    });
  }

  test('an answer of a kind nobody knows is not carried', async () => {
    for (const resultType of ['later', 7, null, '']) {
      gateway.stub.conduct = result({ resultType, more: 'canary-9' });
      const { last, wire } = await gateway.call('open');
      assert.equal(last.error?.data?.code, 'WRIT_MESSAGE_UNSUPPORTED');
      assert.ok(!wire.includes('canary-9'));
    }
  });

  test('an answer that asks for another round is not carried to a version without rounds', async () => {
    for (const asks of [{ resultType: 'input_required' }, { inputRequests: {} }]) {
      gateway.stub.conduct = result({ ...asks, requestState: 'canary-9' });
      const { last, wire } = await gateway.call('open', {}, { era: 'legacy' });
      assert.equal(last.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
      assert.ok(!wire.includes('canary-9'));
    }
  });

  test('a task without an id is not carried', async () => {
    for (const task of [{}, { taskId: 7, note: 'canary-9' }]) {
      gateway.stub.conduct = result({ resultType: 'task', ...task });
      const { last, wire } = await gateway.call('open');
      assert.equal(last.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
      assert.ok(!wire.includes('canary-9'));
    }
  });

  test('a server that is not there is answered by an error that may be retried', async () => {
    gateway.stub.conduct = (_, response) => void response.destroy();
    const { status, last } = await gateway.call('open');
    assert.deepEqual([status, last.error?.data?.code], [200, 'WRIT_UPSTREAM_UNREACHABLE']);
  });

  test('headers of the message travel and no others, in either direction', async () => {
    gateway.stub.conduct = result(people, {
      'set-cookie': 'a=1',
      'mcp-session-id': 'session-1',
      'x-powered-by': 'stub',
    });
    const sent = {
      cookie: 'b=2',
      'mcp-session-id': 'session-0',
      'mcp-param-region': 'eu',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'x-forwarded-for': '192.0.2.1',
      'last-event-id': '3',
    };
    const { headers } = await gateway.call('open', { region: 'eu' }, { headers: sent });
    const arrived = gateway.stub.seen.at(-1)?.headers ?? {};
    for (const name of ['mcp-param-region', 'traceparent'] as const) assert.equal(arrived[name], sent[name]);
    for (const name of ['authorization', 'cookie', 'x-forwarded-for', 'last-event-id', 'mcp-session-id'])
      assert.equal(arrived[name], undefined, name);
    assert.equal(arrived['accept-encoding'], 'identity');
    for (const name of ['set-cookie', 'x-powered-by', 'mcp-session-id']) assert.equal(headers[name], undefined, name);
  });

  test("a session travels in the era that has sessions, under an id that is the caller's own", async () => {
    const headers = await beginSession(gateway, 'session-0');
    assert.ok(!headers['mcp-session-id'].includes('session-0'));
    gateway.stub.conduct = result(people, { 'mcp-session-id': 'session-1' });
    const answer = await gateway.call('open', {}, { era: 'legacy', headers });
    assert.deepEqual(answer.last.result, people);
    assert.equal(gateway.stub.seen.at(-1)?.headers['mcp-session-id'], 'session-0');
    // Only initialize begins one (2025-11-25, "Session Management").
    assert.equal(answer.headers['mcp-session-id'], undefined);
  });

  test('an Mcp-Param header that says what the arguments do not is refused', async () => {
    const before = gateway.stub.seen.length;
    const { last } = await gateway.call('open', { region: 'eu' }, { headers: { 'mcp-param-region': 'us' } });
    assert.equal(last.error?.data?.code, 'WRIT_HEADER_MISMATCH');
    assert.equal(gateway.stub.seen.length, before);
  });

  test('an Mcp-Param header says what the argument says that it repeats, once the schema is known', async () => {
    const region = { type: 'string', 'x-mcp-header': 'Region' };
    const inputSchema = { type: 'object', properties: { region, note: { type: 'string' } } };
    gateway.stub.conduct = result({ tools: [{ name: 'echo', inputSchema }], resultType: 'complete' });
    await gateway.call('open', {}, { rpc: 'tools/list', params: {} });
    gateway.stub.conduct = result(people);
    const send = (header: string) =>
      gateway.call('open', { region: 'eu', note: 'us' }, { headers: { 'mcp-param-region': header } });
    assert.equal((await send('us')).last.error?.data?.code, 'WRIT_HEADER_MISMATCH');
    assert.equal((await send('eu')).last.error, undefined);
  });

  test('a session id that no header can hold is not passed', async () => {
    for (const id of ['sesión 1', 'a b', 'x'.repeat(1025), '']) {
      gateway.stub.conduct = begins(id);
      const params = { protocolVersion: '2025-11-25' };
      const { status, headers } = await gateway.ask({ rpc: 'initialize', era: 'legacy', params });
      assert.deepEqual([status, headers['mcp-session-id']], [200, undefined]);
    }
  });

  test('a server that asks on and on without hearing its refusals is cut off', async () => {
    const asked = { jsonrpc: '2.0', id: 1, method: 'roots/list' };
    gateway.stub.conduct = (received, response) => {
      if (received.message.method === 'tools/call') stream(event(asked).repeat(100), false)(received, response);
    };
    const { last } = await gateway.call('open');
    assert.equal(last.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
  });

  test('a session that begins on a stream is one', async () => {
    const params = { protocolVersion: '2025-11-25' };
    gateway.stub.conduct = ({ message: { id } }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'mcp-session-id': 'session-2' });
      response.end(event({ jsonrpc: '2.0', id, result: { ...params, capabilities: {}, serverInfo: {} } }));
    };
    const { headers } = await gateway.ask({ rpc: 'initialize', era: 'legacy', params });
    gateway.stub.conduct = result(people);
    const session = { 'mcp-session-id': String(headers['mcp-session-id']) };
    assert.deepEqual((await gateway.call('open', {}, { era: 'legacy', headers: session })).last.result, people);
    assert.equal(gateway.stub.seen.at(-1)?.headers['mcp-session-id'], 'session-2');
  });

  test('a notification that the server takes is answered 202 without a body, whatever the server says with it', async () => {
    for (const conduct of [raw(202, {}), raw(200, {}, 'canary-10'), stream(event(progress('canary-10')))]) {
      gateway.stub.conduct = conduct;
      const { status, body } = await gateway.ask({ rpc: 'notifications/initialized', id: null, era: 'legacy' });
      assert.deepEqual([status, body], [202, '']);
    }
  });

  test('a notification that the server refuses is not said to have been taken', async () => {
    const headers = await beginSession(gateway, 'session-4');
    const invalid = [500, 'WRIT_UPSTREAM_INVALID'];
    for (const [status, more, expected] of [
      // By this a server says that it wants a session.
      [400, {}, [400, 'WRIT_SESSION_MISSING']],
      [400, headers, invalid],
      [404, {}, invalid],
      [500, headers, invalid],
    ] as const) {
      gateway.stub.conduct = raw(status, {}, '{"jsonrpc":"2.0","id":null,"error":{"code":1,"message":"canary-11"}}');
      const asked = { rpc: 'notifications/initialized', id: null, era: 'legacy', headers: more } as const;
      const refused = await gateway.ask(asked);
      assert.deepEqual([refused.status, refused.last.error?.data?.code], expected);
      assert.ok(!refused.wire.includes('canary-11'));
    }
  });

  test('an ended session is told as one, whatever else the server says of it', async () => {
    const headers = await beginSession(gateway, 'session-3');
    for (const body of [
      '',
      'gone',
      '<p>404</p>',
      '{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"canary"}}',
    ]) {
      gateway.stub.conduct = raw(404, {}, body);
      for (const asked of [
        { rpc: 'notifications/initialized', id: null },
        { rpc: 'tools/list', id: 1 },
      ]) {
        const { status, last } = await gateway.ask({ ...asked, era: 'legacy', headers });
        assert.deepEqual([status, last.id, last.error?.data?.code], [404, asked.id, 'WRIT_SESSION_ENDED']);
      }
    }
  });

  test('ids are passed back exactly', async () => {
    gateway.stub.conduct = result(people);
    for (const id of ['', '1', 0, -1, 2 ** 53, 'ü☃'])
      assert.equal((await gateway.call('open', {}, { id })).last.id, id);
  });

  test('many streams at once each get their own answer, under ids that are the same', async () => {
    gateway.stub.conduct = ({ message: { params } }, response) => {
      const { n } = params?.arguments ?? {};
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(event(progress(`for ${n}`)));
      setImmediate(() => response.end(event(answer({ content: [], n })).replaceAll('<id>', '1')));
    };
    const answers = await Promise.all(Array.from({ length: 40 }, (_, n) => gateway.call('open', { n })));
    for (const [n, { messages }] of answers.entries()) {
      assert.equal(messages[0]?.params?.message, `for ${n}`);
      assert.equal(messages[1]?.result?.n, n);
    }
  });
});

test('an ended session is told as such, so that a client of 2025-11-25 begins anew', async () => {
  const crm = await startCrm();
  const gateway = await openGateway({ servers: { open: { url: crm.url } } });
  try {
    const clientInfo = { name: 'test', version: '1' };
    const initialize = {
      rpc: 'initialize',
      era: 'legacy',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo },
    } as const;
    const list = (session: string) =>
      gateway.ask({ rpc: 'tools/list', era: 'legacy', id: 2, headers: { 'mcp-session-id': session } });
    const ended = await list('b1946ac9-0000-4000-8000-000000000000');
    assert.deepEqual([ended.status, ended.last.error?.data?.code], [404, 'WRIT_SESSION_ENDED']);
    const begun = await gateway.ask(initialize);
    const session = begun.headers['mcp-session-id'];
    assert.ok(typeof session === 'string');
    await gateway.ask({
      rpc: 'notifications/initialized',
      era: 'legacy',
      id: null,
      headers: { 'mcp-session-id': session },
    });
    assert.equal((await list(session)).status, 200);
  } finally {
    await gateway.close();
    await crm.close();
  }
});

test('a server may agree to any version that is known, and to no other', async () => {
  const gateway = await openGateway();
  const initialize = async (asked: unknown, protocolVersion: unknown) => {
    gateway.stub.conduct = result({ protocolVersion, capabilities: {}, serverInfo: {} });
    const { last } = await gateway.ask({ rpc: 'initialize', era: 'legacy', params: { protocolVersion: asked } });
    return last.error?.data?.code ?? last.result?.protocolVersion;
  };
  try {
    for (const version of ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'])
      for (const asked of ['2024-11-05', '2025-11-25', '2027-01-01', ''])
        assert.equal(await initialize(asked, version), version);
    for (const version of ['2026-07-28', '2025-01-01', '', null, ['2025-11-25'], undefined])
      assert.equal(await initialize('2025-11-25', version), 'WRIT_UPSTREAM_INVALID', JSON.stringify(version));
  } finally {
    await gateway.close();
  }
});

test('the log counts what came back, what was withheld, and how each call ended', async () => {
  const gateway = await openGateway();
  try {
    gateway.stub.conduct = stream(
      event(progress(anna.email)) + event({ jsonrpc: '2.0', id: 1, method: 'roots/list' }) + event(answer(people)),
    );
    await gateway.call('masked');
    await gateway.call('open');
    gateway.stub.conduct = stream(event(progress('half')));
    await gateway.call('open');
    gateway.stub.conduct = failure({ code: 1, message: 'no' });
    await gateway.call('open');
    const outcomes = ofKind(withoutListings(await gateway.entries()), 'outcome');
    assert.deepEqual(
      outcomes.map(({ status, error, frames, withheld }) => [status, error, frames, withheld]),
      [
        // Of the notification its words, and the request.
        ['completed', null, 3, 2],
        ['completed', null, 3, 1],
        ['refused', 'WRIT_UPSTREAM_INVALID', 1, 0],
        ['failed', null, 1, 0],
      ],
    );
    for (const { commitments } of outcomes) assert.notEqual(commitments.received, null);
  } finally {
    await gateway.close();
  }
});
