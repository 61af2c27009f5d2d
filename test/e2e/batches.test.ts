import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { conducts, decidedCounts, openAsking } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { type HttpAnswer, type Rpc, send } from '../support/http.ts';
import { ofKind } from '../support/log.ts';
import { beginSession } from '../support/session.ts';
import { event, raw, result, toolResult } from '../support/stub-server.ts';
import { until } from '../support/until.ts';

const done = toolResult({ done: true });
const anna = 'Anna Lindqvist';
const call = (id: unknown, name = 'echo', args: object = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: args },
});
const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' };
const resultOf = ({ result: { _meta: _, ...result } = {} }: Rpc) => result;

describe('messages in one batch (2025-03-26)', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openAsking();
  });
  after(() => gateway.close());
  beforeEach(() => {
    gateway.stub.seen.length = 0;
    gateway.stub.conduct = result(done);
  });

  /** Sends a batch as text or value; `version` undefined sends no header. */
  async function batch(
    members: unknown,
    version: string | undefined = '2025-03-26',
    server = 'desk',
    more: Record<string, string> = {},
  ): Promise<HttpAnswer> {
    const body = typeof members === 'string' ? members : JSON.stringify(members);
    const { url, headers } = await gateway.compose({ server, era: 'legacy', headers: more });
    const { 'mcp-protocol-version': _, ...without } = headers;
    const asked = { body, headers: { ...without, ...(version !== undefined && { 'mcp-protocol-version': version }) } };
    return send(url, asked);
  }
  const answersOf = ({ body }: HttpAnswer): Rpc[] => JSON.parse(body);
  const byId = (answers: Rpc[]) => new Map(answers.map((answer) => [answer.id, answer]));

  for (const version of ['2025-03-26', '2024-11-05', undefined]) {
    test(`are each answered, in ${version ?? 'no version at all'}`, async () => {
      const answer = await batch([call(1), call('1'), initialized, call(2)], version);
      assert.equal(answer.status, 200);
      assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
      const answers = answersOf(answer);
      assert.deepEqual(answers.map(({ id }) => id).toSorted(), [1, '1', 2].toSorted());
      for (const one of answers) assert.deepEqual(resultOf(one), done);
      assert.equal(gateway.stub.seen.length, 4);
      for (const { message } of gateway.stub.seen) assert.ok(!Array.isArray(message), 'each is sent on by itself');
    });
  }

  test('are refused in versions that have none, and nothing of them is sent on', async () => {
    for (const version of ['2025-06-18', '2025-11-25', '2026-07-28']) {
      const { status, last } = await batch([call(1)], version);
      assert.deepEqual([status, last.id, last.error?.data?.code], [400, null, 'WRIT_MESSAGE_INVALID'], version);
    }
    assert.deepEqual(gateway.stub.seen, []);
  });

  test('are decided each by itself: what one may not do the others still may', async () => {
    const answer = await batch([
      call(1),
      call(2, 'shut'),
      call(3, 'nobody-knows'),
      { jsonrpc: '2.0', id: 4, method: 'prompts/get', params: { name: 'hidden' } },
      call(5),
    ]);
    const answers = byId(answersOf(answer));
    assert.equal(answer.status, 200);
    for (const id of [1, 5]) assert.deepEqual(resultOf(answers.get(id) ?? {}), done);
    assert.deepEqual(answers.get(2)?.result?._meta?.['writ/decision']?.rules, ['desk.deny.shut']);
    assert.deepEqual(answers.get(3)?.result?._meta?.['writ/decision']?.rules, ['writ.uncatalogued']);
    assert.equal(answers.get(4)?.error?.code, -31403);
    assert.equal(gateway.stub.seen.length, 2);
  });

  test('are masked each by itself', async () => {
    gateway.stub.conduct = result(toolResult({ people: [{ name: anna }] }));
    const answers = byId(answersOf(await batch([call(1), call(2, 'people')])));
    assert.deepEqual(answers.get(1)?.result?.structuredContent, { people: [{ name: anna }] });
    assert.deepEqual(answers.get(2)?.result?.structuredContent, { people: [{ name: '[redacted]' }] });
    assert.ok(!JSON.stringify(answers.get(2)).includes(anna));
  });

  test('have each a receipt of its own', async () => {
    const { wire } = await batch([call(1), call(2), call(3, 'shut')]);
    const calls = [...wire.matchAll(/"writ\/receipt":\{[^}]*"call":"([^"]+)"/g)].map(([, id]) => id);
    assert.equal(new Set(calls).size, 3);
  });

  test('that await no answer are answered 202', async () => {
    const answer = await batch([
      initialized,
      { jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: 1 } },
    ]);
    assert.deepEqual([answer.status, answer.body], [202, '']);
    assert.equal(gateway.stub.seen.length, 2);
  });

  test('of which one awaits no answer and is refused say so, where nothing else is said', async () => {
    const { status, last } = await batch(
      [{ jsonrpc: '2.0', method: 'vendor/canary' }, initialized],
      '2025-03-26',
      'counter',
    );
    assert.deepEqual([status, last.id, last.error?.code], [403, null, -31403]);
    assert.equal(gateway.stub.seen.length, 1);
  });

  test('keep their numbers as they were written', async () => {
    await batch(
      '[{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"n":1.50,"m":1e2,"e":"\\u00e9"}}}]',
    );
    assert.match(gateway.stub.seen[0]?.body ?? '', /"n":1\.50,"m":1e2/);
  });

  test('on a stream come on one, in any order, as soon as one of them does', async () => {
    gateway.stub.conduct = conducts({
      'tools/call': ({ message: { id, params } }, response) => {
        if (params?.arguments?.plain === true)
          return void response
            .writeHead(200, { 'content-type': 'application/json' })
            .end(JSON.stringify({ jsonrpc: '2.0', id, result: done }));
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const log = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: `${id}` } };
        const chatter = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'debug', data: 'canary' } };
        response.end(event(log, `e-${id}`) + event(chatter) + event({ jsonrpc: '2.0', id, result: done }));
      },
    });
    const answer = await batch([call(1, 'echo', { plain: true }), call(2), call(3, 'shut'), call(4), initialized]);
    assert.equal(answer.headers['content-type'], 'text/event-stream');
    const answers = byId(answer.messages.filter(({ method }) => method === undefined));
    assert.deepEqual([...answers.keys()].toSorted(), [1, 2, 3, 4]);
    for (const id of [1, 2, 4]) assert.deepEqual(resultOf(answers.get(id) ?? {}), done);
    assert.equal(answers.get(3)?.result?.isError, true);
    const logs = answer.messages.filter(({ method }) => method === 'notifications/message');
    assert.deepEqual(logs.map(({ params }) => params?.data).toSorted(), ['2', '4']);
    assert.doesNotMatch(answer.wire, /canary/);
  });

  test('that fail do not take the others with them', async () => {
    gateway.stub.conduct = conducts({
      'tools/call': (received, response) => {
        if (received.message.id === 1) response.destroy();
        else if (received.message.id === 2) raw(200, {}, '{"canary":1}')(received, response);
        else result(done)(received, response);
      },
    });
    const answer = await batch([
      call(1),
      call(2),
      call(3),
      { jsonrpc: '2.0', id: 4, method: 'tools/call', params: {} },
      { jsonrpc: '2.0', id: 5, method: 'tasks/get', params: { taskId: 'x' } },
    ]);
    const answers = byId(answersOf(answer));
    assert.equal(answers.get(1)?.error?.data?.code, 'WRIT_UPSTREAM_UNREACHABLE');
    assert.equal(answers.get(2)?.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
    assert.deepEqual(resultOf(answers.get(3) ?? {}), done);
    assert.equal(answers.get(4)?.error?.data?.code, 'WRIT_PARAMS_INVALID');
    assert.equal(answers.get(5)?.error?.data?.code, 'WRIT_TASK_UNKNOWN');
    assert.doesNotMatch(answer.wire, /canary/);
  });

  test('are in one session, and hold answers to what its server asked', async () => {
    const session = await beginSession(gateway, 's-1', { server: 'desk' });
    gateway.stub.conduct = conducts({
      'tools/call': ({ message: { id } }, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const asked = ['q-1', 'q-2'].map((id) =>
          event({ jsonrpc: '2.0', id, method: 'elicitation/create', params: { message: 'Sure?' } }),
        );
        response.end(asked.join('') + event({ jsonrpc: '2.0', id, result: done }));
      },
    });
    const { messages } = await batch([call(1)], '2025-03-26', 'desk', session);
    assert.deepEqual(
      messages.map(({ id }) => id),
      ['q-1', 'q-2', 1],
    );
    gateway.stub.seen.length = 0;
    const said = (id: string) => ({ jsonrpc: '2.0', id, result: { action: 'accept' } });
    const { status, body } = await batch([said('q-1'), said('q-2')], '2025-03-26', 'desk', session);
    assert.deepEqual([status, body], [202, '']);
    await until(() => gateway.stub.seen.length === 2, 'both reach the server');
    const again = await batch([said('q-1')], '2025-03-26', 'desk', session);
    assert.deepEqual([again.status, again.last.error?.data?.code], [400, 'WRIT_ANSWER_UNEXPECTED']);
  });

  test('that are none, too many, or not each a message, are refused whole before anything is sent on', async () => {
    const initialize = { jsonrpc: '2.0', id: 1, method: 'initialize', params: { protocolVersion: '2025-03-26' } };
    const wrong: [string, unknown][] = [
      ['none', []],
      ['65', Array.from({ length: 65 }, (_, n) => call(n))],
      ['a batch in a batch', [call(1), [call(2)]]],
      ['no message', [call(1), null]],
      ['text', [call(1), 'x']],
      ['another JSON-RPC', [call(1), { ...call(2), jsonrpc: '1.0' }]],
      ['initialize', [initialize, call(2)]],
      ['initialize alone', [initialize]],
      ['a name of the gateway', [call(1), { jsonrpc: '2.0', method: 'session/end' }]],
    ];
    for (const [name, members] of wrong) {
      const { status, last } = await batch(members);
      assert.deepEqual([status, last.error?.data?.code], [400, 'WRIT_MESSAGE_INVALID'], name);
    }
    for (const [text, code] of [
      ['[{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}]', 'WRIT_JSON_DUPLICATE_KEY'],
      ['[', 'WRIT_JSON_INVALID'],
    ] as const) {
      const { status, last } = await batch(text);
      assert.deepEqual([status, last.error?.data?.code], [400, code]);
    }
    assert.deepEqual(gateway.stub.seen, []);
  });

  test('may be 64', async () => {
    const answers = answersOf(await batch(Array.from({ length: 64 }, (_, n) => call(n))));
    assert.deepEqual(
      answers.map(({ id }) => Number(id)).toSorted((a, b) => a - b),
      Array.from({ length: 64 }, (_, n) => n),
    );
  });

  test('that say what version they are of in 2026-07-28 are refused, whatever the header says', async () => {
    const modern = {
      ...call(1),
      params: { name: 'echo', _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } },
    };
    const answers = byId(answersOf(await batch([modern, call(2)])));
    assert.equal(answers.get(1)?.error?.data?.code, 'WRIT_HEADER_MISMATCH');
    assert.deepEqual(resultOf(answers.get(2) ?? {}), done);
  });

  test('have each a decision and an outcome', async () => {
    const entries = await gateway.entries();
    const counts = decidedCounts(entries);
    assert.ok((counts.get('tools/call to-server allow') ?? 0) > 64);
    assert.ok((counts.get('tools/call to-server deny') ?? 0) >= 3);
    assert.equal(counts.get('prompts/get to-server deny'), 1);
    assert.equal(counts.get('other to-server deny'), 1);
    const intents = ofKind(entries, 'intent').map(({ call }) => call);
    const outcomes = ofKind(entries, 'outcome')
      .filter(({ status }) => status !== 'unknown')
      .map(({ call }) => call);
    assert.deepEqual(intents.toSorted(), outcomes.toSorted());
  });
});

test('a batch has the place of one call with its server, and goes through it in order', async () => {
  const gateway = await openAsking();
  try {
    let [now, most] = [0, 0];
    const order: unknown[] = [];
    gateway.stub.conduct = async (received, response) => {
      most = Math.max(most, ++now);
      order.push(received.message.id);
      for (let turn = 0; turn < 5; turn++) await setImmediate();
      now--;
      result(done)(received, response);
    };
    const { url, headers } = await gateway.compose({ server: 'desk', era: 'legacy' });
    const ids = Array.from({ length: 16 }, (_, id) => id);
    const body = JSON.stringify(ids.map((id) => call(id)));
    const { status } = await send(url, { body, headers: { ...headers, 'mcp-protocol-version': '2025-03-26' } });
    assert.deepEqual([status, most, order], [200, 1, ids]);
  } finally {
    await gateway.close();
  }
});
