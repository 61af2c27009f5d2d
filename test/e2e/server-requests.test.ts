import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { conducts, decidedCounts, held, listening, openAsking, openStream } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import type { Rpc } from '../support/http.ts';
import { ofKind } from '../support/log.ts';
import { beginSession } from '../support/session.ts';
import { event, raw, toolResult } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

const done = toolResult({ done: true });
/** Results without the receipt of the gateway. */
const resultOf = ({ result: { _meta: _, ...result } = {} }: Rpc) => result;
const elicit = (id: unknown, params: object = { message: 'Sure?' }) => ({
  jsonrpc: '2.0',
  id,
  method: 'elicitation/create',
  params,
});
const sample = (id: unknown, params: object) => ({ jsonrpc: '2.0', id, method: 'sampling/createMessage', params });

describe('what a server asks of its client', () => {
  let gateway: TestGateway;
  let headers: Record<string, string>;
  let sessions = 0;
  before(async () => {
    gateway = await openAsking();
  });
  after(() => gateway.close());
  beforeEach(async () => {
    headers = await beginSession(gateway, `s-${sessions++}`, { server: 'desk' });
    gateway.stub.seen.length = 0;
  });

  const call = (tool = 'echo', more: Asked = {}): Asked => ({
    server: 'desk',
    era: 'legacy',
    id: 'call-1',
    headers,
    params: { name: tool, arguments: {} },
    ...more,
  });
  const say = (answer: object, more: Asked = {}) =>
    gateway.ask({ ...call(), ...more, body: JSON.stringify({ jsonrpc: '2.0', ...answer }) });
  /** What the server was told in answer to its requests. */
  const told = () => gateway.stub.seen.filter(({ message }) => 'result' in message || 'error' in message);

  /** A call whose server asks these, and answers when it is told to. */
  async function asking(asked: readonly object[], tool?: string, more: Asked = {}) {
    const post = held();
    gateway.stub.conduct = conducts({ 'tools/call': post.conduct });
    const opening = openStream(gateway, call(tool, more));
    await post.begun();
    for (const one of asked) post.say(one);
    const stream = await opening;
    return {
      ...stream,
      async finish() {
        post.say({ jsonrpc: '2.0', id: 'call-1', result: done });
        post.end();
        await stream.ended;
        return stream.messages;
      },
    };
  }

  test('passes as it came where a rule grants it, and so does the answer', async () => {
    const text = '{"jsonrpc":"2.0", "id":7,"method":"elicitation/create","params":{"message":"Sure?","n":1.0}}';
    const post = held();
    gateway.stub.conduct = conducts({ 'tools/call': post.conduct });
    const opening = openStream(gateway, call());
    await post.begun();
    post.write(`id: e-1\n${event(text)}`);
    const stream = await opening;
    await stream.has(1);
    assert.deepEqual([stream.events[0]?.data, stream.events[0]?.id], [text, 'e-1']);
    const body = '{"jsonrpc":"2.0","id":7, "result":{"action":"accept","content":{"n":1.50}}}';
    const { status, body: said } = await gateway.ask({ ...call(), body });
    assert.deepEqual([status, said], [202, '']);
    assert.deepEqual(
      told().map(({ body }) => body),
      [body],
    );
    assert.equal(told()[0]?.headers['mcp-session-id'], `s-${sessions - 1}`);
    post.say({ jsonrpc: '2.0', id: 'call-1', result: done });
    post.end();
    await stream.ended;
    assert.deepEqual(resultOf(stream.messages.at(-1) ?? {}), done);
  });

  test('passes on the stream that is listened to as well', async () => {
    const get = held();
    gateway.stub.conduct = conducts({ GET: get.conduct });
    const stream = await openStream(gateway, listening(headers));
    await get.begun();
    get.say(elicit('g-1'));
    await stream.has(1);
    assert.deepEqual(stream.messages, [elicit('g-1')]);
    assert.equal((await say({ id: 'g-1', result: { action: 'decline' } })).status, 202);
    assert.equal(told().length, 1);
    await stream.leave();
  });

  test('is told apart by the exact id: 1 is not "1"', async () => {
    const { has, messages, finish } = await asking([elicit(1), elicit('1')]);
    await has(2);
    assert.deepEqual(
      messages.map(({ id }) => id),
      [1, '1'],
    );
    assert.equal((await say({ id: '1', result: { action: 'accept' } })).status, 202);
    assert.equal(
      (await say({ id: '1', result: { action: 'accept' } })).last.error?.data?.code,
      'WRIT_ANSWER_UNEXPECTED',
    );
    assert.equal((await say({ id: 1, result: { action: 'decline' } })).status, 202);
    assert.deepEqual(
      told().map(({ message }) => message.id),
      ['1', 1],
    );
    await finish();
  });

  test('is answered by nobody else: no other caller, no other session, no other server', async () => {
    const { has, finish } = await asking([elicit('q-1')]);
    await has(1);
    const own = await beginSession(gateway, 'another', { server: 'desk' });
    const annex = await beginSession(gateway, 'annex', { server: 'annex' });
    const answer = { id: 'q-1', result: { action: 'accept', content: { stolen: 'canary' } } };
    const officer = { persona: 'medical-officer' } as const;
    const theirs = await beginSession(gateway, `s-${sessions - 1}`, { server: 'desk', ...officer });
    const { 'mcp-session-id': _, ...without } = headers;
    const wrong: [Asked, number, string][] = [
      [{ headers: own }, 400, 'WRIT_ANSWER_UNEXPECTED'],
      [{ headers: annex, server: 'annex' }, 400, 'WRIT_ANSWER_UNEXPECTED'],
      [{ headers: theirs, ...officer }, 400, 'WRIT_ANSWER_UNEXPECTED'],
      [{ headers: without }, 400, 'WRIT_ANSWER_UNEXPECTED'],
      [officer, 404, 'WRIT_SESSION_ENDED'],
      [{ server: 'annex' }, 404, 'WRIT_SESSION_ENDED'],
      [{ headers: { 'mcp-session-id': `s-${sessions - 1}` } }, 404, 'WRIT_SESSION_ENDED'],
    ];
    for (const [asked, status, code] of wrong) {
      const { status: got, last } = await say(answer, asked);
      assert.deepEqual([got, last.error?.data?.code], [status, code], JSON.stringify(asked));
    }
    // 2026-07-28 has no answers of clients.
    const modern = await say(answer, { headers: { ...headers, 'mcp-protocol-version': '2026-07-28' } });
    assert.equal(modern.status, 400);
    assert.deepEqual(told(), []);
    assert.equal((await say({ id: 'q-1', result: { action: 'cancel' } })).status, 202);
    assert.equal(told().length, 1);
    await finish();
  });

  test('is answered once, with a result or an error, and with nothing that is neither', async () => {
    const { has, finish } = await asking([elicit('q-1'), elicit('q-2')]);
    await has(2);
    assert.equal((await say({ id: 'q-1', error: { code: -1, message: 'User rejected' } })).status, 202);
    // The pack masks what it answers, so of an error the code alone.
    assert.equal(JSON.parse(told()[0]?.body ?? '').error.code, -1);
    assert.doesNotMatch(told()[0]?.body ?? '', /User rejected/);
    const again = await say({ id: 'q-1', result: { action: 'accept' } });
    assert.deepEqual([again.status, again.last.error?.data?.code], [400, 'WRIT_ANSWER_UNEXPECTED']);
    for (const wrong of [{ id: 'q-2', result: {}, error: { code: 1, message: 'x' } }, { id: 'q-2' }, { result: {} }]) {
      const { status, last } = await say(wrong);
      assert.deepEqual([status, last.error?.data?.code], [400, 'WRIT_MESSAGE_INVALID']);
    }
    assert.equal((await say({ id: 'q-2', result: {} })).status, 202);
    assert.equal(told().length, 2);
    await finish();
  });

  test('is refused to the server where no rule grants it or one denies it, and the client sees nothing of it', async () => {
    const refused = [
      { jsonrpc: '2.0', id: 'r-1', method: 'roots/list' },
      elicit('r-2', { message: 'Your canary password?' }),
      { jsonrpc: '2.0', id: 3, method: 'vendor/canary', params: {} },
    ];
    const { finish, text } = await asking(refused);
    await until(() => told().length === 3, 'the server hears of it');
    assert.deepEqual((await finish()).map(resultOf), [done]);
    assert.doesNotMatch(text(), /canary/);
    for (const { message, body } of told()) {
      assert.deepEqual(Object.keys(message), ['jsonrpc', 'id', 'error']);
      assert.equal(JSON.parse(body).error.data.code, 'WRIT_MESSAGE_UNSUPPORTED');
    }
    assert.deepEqual(
      told()
        .map(({ message }) => message.id)
        .toSorted(),
      [3, 'r-1', 'r-2'].toSorted(),
    );
    const late = await say({ id: 'r-2', result: { action: 'accept' } });
    assert.equal(late.last.error?.data?.code, 'WRIT_ANSWER_UNEXPECTED');
  });

  test('ping passes without a rule', async () => {
    const { has, messages, finish } = await asking([{ jsonrpc: '2.0', id: 9, method: 'ping' }]);
    await has(1);
    assert.deepEqual(messages[0], { jsonrpc: '2.0', id: 9, method: 'ping' });
    assert.equal((await say({ id: 9, result: {} })).status, 202);
    await finish();
  });

  test('is masked on its way to the client, and its answer on its way to the server', async () => {
    const content = { type: 'text', text: 'Who?', name: 'Anna Lindqvist' };
    const { has, messages, text, finish } = await asking([
      elicit('q-1', { message: 'Is it her?', about: 'Anna Lindqvist', _meta: { note: 'Anna Lindqvist' } }),
      sample('q-2', { messages: [{ role: 'user', content }], maxTokens: 10 }),
    ]);
    await has(2);
    assert.deepEqual(messages[0]?.params, { message: 'Is it her?', about: '[redacted]' });
    assert.deepEqual(messages[1]?.params, {
      messages: [{ role: 'user', content: { ...content, name: '[redacted]' } }],
      maxTokens: 10,
    });
    assert.ok(!text().includes('Lindqvist'));
    const answer = { action: 'accept', content: { email: 'anna@example.com', n: 1 } };
    assert.equal((await say({ id: 'q-1', result: answer })).status, 202);
    const sent = JSON.parse(told()[0]?.body ?? '');
    assert.match(sent.result.content.email, /^hmac_[0-9a-f]{16}$/);
    assert.deepEqual(
      { ...sent, result: { ...sent.result, content: { ...sent.result.content, email: '' } } },
      { jsonrpc: '2.0', id: 'q-1', result: { action: 'accept', content: { email: '', n: 1 } } },
    );
    await finish();
  });

  test('an answer that a rule refuses is told to both sides, and is none', async () => {
    const { has, finish } = await asking([elicit('q-1')]);
    await has(1);
    const { status, last } = await say({ id: 'q-1', result: { action: 'accept', content: { secret: 'canary' } } });
    assert.deepEqual([status, last.id, last.error?.code], [403, null, -31403]);
    assert.deepEqual(last.error?.data?.['writ/decision']?.rules, ['desk.deny.secrets']);
    assert.equal(told().length, 1);
    assert.ok(!told()[0]?.body.includes('canary'));
    assert.equal(JSON.parse(told()[0]?.body ?? '').error.code, -31403);
    const again = await say({ id: 'q-1', result: { action: 'accept' } });
    assert.equal(again.last.error?.data?.code, 'WRIT_ANSWER_UNEXPECTED');
    await finish();
  });

  test('an answer that does not reach the server is not said to have been taken', async () => {
    for (const [conduct, code] of [
      [raw(500, {}, 'canary'), 'WRIT_UPSTREAM_INVALID'],
      [raw(404, {}, 'canary'), 'WRIT_SESSION_ENDED'],
      [(_: unknown, response: { destroy(): unknown }) => void response.destroy(), 'WRIT_UPSTREAM_UNREACHABLE'],
    ] as const) {
      const { has, leave } = await asking([elicit('q-1')]);
      await has(1);
      gateway.stub.conduct = conduct;
      const { status, last, wire } = await say({ id: 'q-1', result: { action: 'accept' } });
      assert.ok(status >= 400, `${status}`);
      assert.equal(last.error?.data?.code, code);
      assert.doesNotMatch(wire, /canary/);
      await leave();
      headers = await beginSession(gateway, `s-${sessions++}`, { server: 'desk' });
    }
  });

  test('is none in a call of which something is hidden', async () => {
    const { finish, text } = await asking([elicit('q-1', { message: 'Anna Lindqvist?' })], 'people');
    await until(() => told().length === 1, 'the server hears of it');
    assert.equal((await finish()).length, 1);
    assert.ok(!text().includes('Lindqvist'));
  });

  test('is none in 2026-07-28', async () => {
    const params = { name: 'echo', arguments: {} };
    const { finish } = await asking([elicit('q-1')], 'echo', { era: 'modern', headers: {}, params });
    await until(() => told().length === 1, 'the server hears of it');
    assert.deepEqual(
      (await finish()).map(({ id }) => id),
      ['call-1'],
    );
  });

  test('may be 64 at once, and the next is refused to the server', async () => {
    const many = Array.from({ length: 66 }, (_, n) => elicit(n));
    const { has, messages, finish } = await asking(many);
    await has(64);
    await until(() => told().length === 2, 'the server hears of two');
    assert.deepEqual(
      messages.map(({ id }) => id),
      Array.from({ length: 64 }, (_, n) => n),
    );
    assert.deepEqual(
      told()
        .map(({ message }) => message.id)
        .toSorted(),
      [64, 65],
    );
    assert.equal((await say({ id: 0, result: {} })).status, 202);
    assert.equal((await say({ id: 64, result: {} })).last.error?.data?.code, 'WRIT_ANSWER_UNEXPECTED');
    await finish();
  });

  test('under an id that waits for its answer is asked once', async () => {
    const { has, messages, finish } = await asking([
      elicit('q-1'),
      elicit('q-1', { message: 'canary' }),
      elicit('q-2'),
    ]);
    await has(2);
    assert.deepEqual(
      messages.map(({ id, params }) => [id, params?.message]),
      [
        ['q-1', 'Sure?'],
        ['q-2', 'Sure?'],
      ],
    );
    await finish();
  });

  test('is shown again on a stream that is resumed, as long as it waits', async () => {
    gateway.stub.conduct = conducts({
      'tools/call': (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(`id: e-0\ndata:\n\n${event(elicit('q-1'), 'e-1')}`);
      },
    });
    const first = await gateway.ask(call());
    assert.deepEqual(first.messages, [elicit('q-1')]);
    const get = held();
    gateway.stub.conduct = conducts({ GET: get.conduct });
    const again = await openStream(gateway, listening({ ...headers, 'last-event-id': 'e-0' }));
    await get.begun();
    get.say(elicit('q-1'), 'e-1');
    await again.has(1);
    assert.deepEqual(again.messages, [elicit('q-1')]);
    assert.deepEqual(told(), [], 'the server is not told that it was refused');
    assert.equal((await say({ id: 'q-1', result: { action: 'accept' } })).status, 202);
    get.say({ jsonrpc: '2.0', id: 'call-1', result: done }, 'e-2');
    await again.has(2);
    assert.deepEqual(resultOf(again.messages[1] ?? {}), done);
    await again.leave();
  });

  test('each is a decision of its own, in its direction', async () => {
    const entries = await gateway.entries();
    const kinds = decidedCounts(entries);
    for (const kind of [
      'elicitation/create to-client allow',
      'elicitation/create to-client deny',
      'elicitation/create to-server allow',
      'elicitation/create to-server deny',
      'sampling/createMessage to-client allow',
      'roots/list to-client deny',
      'other to-client deny',
      'ping to-client allow',
      'ping to-server allow',
    ])
      assert.ok((kinds.get(kind) ?? 0) > 0, kind);
    assert.equal(kinds.get('elicitation/create to-server deny'), 1);
    // Two too many, and one under an id that waited: a rule granted them, and none was passed.
    const refused = ofKind(entries, 'outcome').filter(({ error }) => error === 'WRIT_UPSTREAM_INVALID');
    assert.deepEqual(
      refused.map(({ status }) => status),
      ['refused', 'refused', 'refused', 'refused'],
    );
    const outcomes = new Map(ofKind(entries, 'outcome').map(({ call, ...outcome }) => [call, outcome]));
    for (const { call } of ofKind(entries, 'intent')) assert.notEqual(outcomes.get(call)?.status, 'unknown');
  });
});

test('nobody without a name is asked anything outside a session, as anybody could answer', async () => {
  const gateway = await openAsking({ anonymous: 'allow' });
  try {
    const post = held();
    gateway.stub.conduct = conducts({ 'tools/call': post.conduct });
    const asked: Asked = { server: 'desk', era: 'legacy', params: { name: 'echo', arguments: {} } };
    const opening = openStream(gateway, { ...asked, nobody: true });
    await post.begun();
    post.say(elicit('q-1'));
    post.say({ jsonrpc: '2.0', id: 1, result: done });
    post.end();
    const stream = await opening;
    await stream.ended;
    assert.deepEqual(
      stream.messages.map(({ id }) => id),
      [1],
    );
    const body = JSON.stringify({ jsonrpc: '2.0', id: 'q-1', result: { action: 'accept' } });
    const answer = await gateway.ask({ ...asked, nobody: true, body });
    assert.equal(answer.last.error?.data?.code, 'WRIT_ANSWER_UNEXPECTED');
  } finally {
    await gateway.close();
  }
});
