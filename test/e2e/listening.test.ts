import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileOf, repack } from '../engine/policy/archive.ts';
import {
  askingBundle,
  conducts,
  decided,
  held,
  listening,
  openAsking,
  openStream,
  type Streamed,
} from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { send } from '../support/http.ts';
import { ofKind, withoutListings } from '../support/log.ts';
import { beginSession } from '../support/session.ts';
import { type Conduct, event, raw, result, toolResult } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

const anna = { id: 'p-1', name: 'Anna Lindqvist' };
const people = toolResult({ people: [anna] });
const shown = { people: [{ id: 'p-1', name: '[redacted]' }] };
const notification = (method: string, params: object = {}) => ({
  jsonrpc: '2.0',
  method: `notifications/${method}`,
  params,
});
const log = (level: string, data: unknown) => notification('message', { level, data });

describe('the stream on which a server speaks of its own accord', () => {
  let gateway: TestGateway;
  let headers: Record<string, string>;
  const streams: Streamed[] = [];
  let count = 0;
  before(async () => {
    gateway = await openAsking({ limits: { concurrent_calls: 2, server_calls: 2, streams: 6 } });
  });
  after(() => gateway.close());
  beforeEach(async () => {
    for (const stream of streams.splice(0)) await stream.leave();
    gateway.stub.seen.length = 0;
    headers = await beginSession(gateway, session(), { server: 'desk' });
  });

  /** The server's id of the session of a test. */
  const session = () => `s-${count++}`;

  async function listen(more: Record<string, string> = {}, server = 'desk'): Promise<Streamed> {
    const stream = await openStream(gateway, listening({ ...headers, ...more }, server));
    streams.push(stream);
    return stream;
  }
  /** The stub holds GET open, and answers POST as told. */
  function holding(post: Record<string, Conduct> = {}) {
    const get = held();
    gateway.stub.conduct = conducts({ ...post, GET: get.conduct });
    return get;
  }
  const call = (tool: string, more: Asked = {}): Asked => ({
    server: 'desk',
    era: 'legacy',
    headers,
    params: { name: tool, arguments: {} },
    ...more,
  });
  const answers =
    (texts: (id: unknown) => string): Conduct =>
    ({ message: { id } }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(texts(id));
    };

  test('is asked for in the session of the server, with what goes with it and nothing else', async () => {
    const get = holding();
    await listen({ cookie: 'a=b', 'x-other': 'c', 'last-event-id': 'e-7' });
    await get.begun();
    const asked = gateway.stub.seen.at(-1);
    assert.deepEqual([asked?.verb, asked?.body], ['GET', '']);
    const { accept, cookie, authorization, 'mcp-session-id': id, 'last-event-id': last } = asked?.headers ?? {};
    assert.deepEqual(
      [accept, cookie, authorization, id, last],
      ['text/event-stream', undefined, undefined, `s-${count - 1}`, 'e-7'],
    );
    assert.equal(asked?.headers['x-other'], undefined);
  });

  test('carries notifications as they come: those that pass as they are, others in part or not at all', async () => {
    const get = holding();
    const stream = await listen();
    assert.equal(stream.headers['content-type'], 'text/event-stream');
    await get.begun();
    const plain = '{"jsonrpc":"2.0", "method":"notifications/tools/list_changed"}';
    get.write(`: hello\n\nretry: 250\n\nid: e-0\ndata:\n\n${event(plain, 'e-1')}`);
    await stream.has(1);
    get.say(log('debug', 'canary-1'));
    get.say(notification('nobody/knows', { text: 'canary-2' }));
    get.say(notification('resources/updated', { uri: 'desk://hidden/canary-3' }));
    get.say(notification('resources/updated', { uri: 'desk://open/1' }), 'e-2');
    get.say(log('info', { email: 'canary-4', note: 'kept' }), 'e-3');
    await stream.has(3);
    assert.equal(stream.events[1]?.data, plain);
    assert.deepEqual(stream.events.map(({ id }) => id).slice(0, 3), ['e-0', 'e-1', 'e-2']);
    assert.deepEqual(stream.messages[1]?.params, { uri: 'desk://open/1' });
    assert.deepEqual(stream.messages[2]?.params, { level: 'info', data: { email: '[redacted]', note: 'kept' } });
    assert.doesNotMatch(stream.text(), /canary/);
    assert.match(stream.text(), /^: ?hello$/m);
    assert.match(stream.text(), /^retry: 250$/m);
  });

  test('carries no answer of a call that it is not known to resume', async () => {
    const get = holding();
    const stream = await listen();
    await get.begun();
    get.say({ jsonrpc: '2.0', id: 1, result: { content: 'canary-5' } });
    get.say({ jsonrpc: '2.0', id: null, error: { code: 1, message: 'canary-6' } });
    get.say(log('info', 'end'));
    await stream.has(1);
    assert.doesNotMatch(stream.text(), /canary/);
  });

  /** A call of which the server has said its first word, with an id to go on from, before it let the client go. */
  async function begun(tool: string): Promise<string> {
    gateway.stub.conduct = answers(() => 'id: e-1\ndata:\n\n');
    const { events, messages } = await gateway.ask(call(tool));
    assert.deepEqual([events.length, messages.length], [1, 0]);
    return events[0]?.id ?? '';
  }

  for (const times of [1, 2]) {
    test(`goes on with a call that was let go, its answer masked like on its own stream, time ${times}`, async () => {
      const last = await begun('people');
      assert.match(last, /^writ\./);
      for (let time = 0; time < times; time++) {
        const get = holding();
        const stream = await listen({ 'last-event-id': last });
        await get.begun();
        assert.equal(gateway.stub.seen.at(-1)?.headers['last-event-id'], 'e-1');
        get.say({ jsonrpc: '2.0', id: 1, result: people }, 'e-2');
        await stream.has(1);
        assert.deepEqual(stream.messages[0]?.result?.structuredContent, shown);
        assert.equal(stream.messages[0]?.id, 1);
        assert.ok(!stream.text().includes(anna.name));
        await stream.leave();
      }
    });
  }

  test('is resumed with nothing hidden by the ids of the server, and its answer as it came', async () => {
    const last = await begun('echo');
    assert.equal(last, 'e-1');
    const get = holding();
    const stream = await listen({ 'last-event-id': last });
    await get.begun();
    const body = '{"id":1, "jsonrpc":"2.0","result":{"content":[ ],"n":1.50}}';
    get.say(body, 'e-2');
    await stream.has(1);
    assert.deepEqual([stream.events[0]?.data, stream.events[0]?.id], [body, 'e-2']);
  });

  for (const from of ['as it was given', 'as the server knows it']) {
    test(`replays, from an id ${from}, what was said on the way as it was shown the first time: without the words of the server`, async () => {
      const last = await begun('people');
      const get = holding();
      const stream = await listen({ 'last-event-id': from === 'as it was given' ? last : 'e-1' });
      await get.begun();
      get.write(`: ${anna.name}\n\n`);
      get.say(log('info', anna.name), `e-2 ${anna.name}`);
      get.say(notification('progress', { progressToken: anna.name, progress: 1, message: anna.name }), 'e-3');
      get.say({ jsonrpc: '2.0', id: 1, result: people }, 'e-4');
      await until(() => stream.messages.some(({ result }) => result !== undefined), 'the answer');
      assert.ok(!stream.text().includes(anna.name), stream.text());
      for (const { id } of stream.events) assert.match(id ?? '', /^writ\./);
    });
  }

  test('shows no answer of a call that policy refuses by now', async () => {
    const last = await begun('echo');
    const bundle = await askingBundle();
    const data = JSON.parse(fileOf(bundle, 'data.json'));
    delete data.catalogue.desk.echo;
    const put = async (bytes: Uint8Array) => {
      writeFileSync(join(gateway.directory, 'bundle.tar.gz'), bytes);
      await gateway.running.reload();
    };
    await put(repack(bundle, { 'data.json': JSON.stringify(data) }));
    try {
      const get = holding();
      const stream = await listen({ 'last-event-id': last });
      await get.begun();
      get.say({ jsonrpc: '2.0', id: 1, result: { content: 'canary-11' } }, 'e-2');
      get.say(notification('tools/list_changed'));
      await stream.has(1);
      assert.doesNotMatch(stream.text(), /canary/);
    } finally {
      await put(bundle);
    }
  });

  test('a subscription (2026-07-28) carries what it is about, takes no place among calls, and goes with its client', async () => {
    const post = held();
    gateway.stub.conduct = conducts({ 'subscriptions/listen': post.conduct, 'tools/call': result(people) });
    const id = { 'io.modelcontextprotocol/subscriptionId': 'sub-1' };
    const wanted = { toolsListChanged: true, resourceSubscriptions: ['desk://open/1'] };
    const subscribe = (n: number): Asked => ({
      server: 'desk',
      id: `sub-${n}`,
      rpc: 'subscriptions/listen',
      params: { notifications: wanted },
    });
    const stream = await openStream(gateway, subscribe(1));
    streams.push(stream);
    await post.begun();
    const said = [
      notification('subscriptions/acknowledged', { notifications: wanted, _meta: id }),
      notification('tools/list_changed', { _meta: id }),
      notification('resources/updated', { uri: 'desk://hidden/canary-12', _meta: id }),
      notification('resources/updated', { uri: 'desk://open/1', _meta: id }),
      log('debug', 'canary-13'),
    ];
    for (const message of said) post.say(message);
    await stream.has(3);
    assert.deepEqual(stream.messages, [said[0], said[1], said[3]]);
    for (let n = 2; n < 7; n++) streams.push(await openStream(gateway, subscribe(n)));
    assert.equal((await gateway.ask(call('echo'))).status, 200);
    const refused = await gateway.ask(subscribe(7));
    assert.deepEqual([refused.status, refused.last.error?.data?.code], [429, 'WRIT_OVERLOADED']);
    for (const one of streams.splice(0)) await one.leave();
    await until(() => post.closed(), 'the server hears of it');
    assert.doesNotMatch(stream.text(), /canary/);
  });

  test('shows no answer under an id that two calls of the session had: nobody knows of which it is', async () => {
    const last = await begun('people');
    await begun('echo');
    for (const from of [last, 'e-1']) {
      const get = holding();
      const stream = await listen({ 'last-event-id': from });
      await get.begun();
      get.say({ jsonrpc: '2.0', id: 1, result: people });
      get.say(notification('tools/list_changed'));
      await stream.has(1);
      assert.ok(!stream.text().includes(anna.name), stream.text());
      await stream.leave();
    }
  });

  test('remembers of a session the last 256 calls, and shows no answer of those before under an id of another', async () => {
    const last = await begun('people');
    gateway.stub.conduct = answers(() => 'id: e-1\ndata:\n\n');
    for (let n = 2; n < 260; n++) await gateway.ask(call('echo', { id: n }));
    await begun('echo');
    const get = holding();
    const stream = await listen({ 'last-event-id': last });
    await get.begun();
    get.say({ jsonrpc: '2.0', id: 1, result: people });
    get.say({ jsonrpc: '2.0', id: 259, result: toolResult({ n: 259 }) });
    await stream.has(1);
    assert.ok(!stream.text().includes(anna.name), stream.text());
    assert.equal(stream.messages[0]?.id, 259);
  });

  test('of a server without sessions says none of its words again where something was hidden of a call', async () => {
    headers = {};
    gateway.stub.conduct = answers(() => 'id: e-1\ndata:\n\n');
    await gateway.ask(call('people'));
    const get = holding();
    const stream = await listen({ 'last-event-id': 'e-1' });
    await get.begun();
    get.say(log('info', anna.name));
    get.say({ jsonrpc: '2.0', id: 1, result: people });
    get.say(notification('tools/list_changed'));
    await until(() => stream.messages.some(({ method }) => method === 'notifications/tools/list_changed'), 'the end');
    assert.ok(!stream.text().includes(anna.name), stream.text());
  });

  test('asks the client nothing on a stream that is resumed of which something was hidden', async () => {
    const last = await begun('people');
    const get = holding();
    const stream = await listen({ 'last-event-id': last });
    await get.begun();
    get.say({ jsonrpc: '2.0', id: 'q-1', method: 'elicitation/create', params: { message: anna.name } });
    get.say({ jsonrpc: '2.0', id: 1, result: people });
    await stream.has(1);
    assert.ok(!stream.text().includes(anna.name));
    const declined = ({ message }: { message: object }) => 'error' in message;
    await until(() => gateway.stub.seen.some(declined), 'the server hears of the refusal');
  });

  test('a resumed call that a rule refuses is refused there too', async () => {
    const last = await begun('echo');
    const get = holding();
    const stream = await listen({ 'last-event-id': last });
    await get.begun();
    get.say({ jsonrpc: '2.0', id: 1, result: { resultType: 'input_required', inputRequests: {} } });
    await stream.ended;
    assert.doesNotMatch(stream.text(), /inputRequests/);
  });

  test('an answer of another session is not shown, nor one with an id that only looks like it', async () => {
    await begun('people');
    const other = await beginSession(gateway, session(), { server: 'desk' });
    const get = holding();
    const stream = await listen(other);
    await get.begun();
    get.say({ jsonrpc: '2.0', id: 1, result: people });
    get.say(log('info', 'end'));
    await stream.has(1);
    await stream.leave();
    const own = holding();
    const again = await listen();
    await own.begun();
    own.say({ jsonrpc: '2.0', id: '1', result: people });
    own.say(log('info', 'end'));
    await until(() => again.messages.some(({ method }) => method === 'notifications/message'), 'the end');
    for (const one of [stream, again]) assert.ok(one.messages.every(({ result }) => result === undefined));
  });

  test('an id of an event that another session got is refused', async () => {
    const last = await begun('people');
    const seen = gateway.stub.seen.length;
    const other = await beginSession(gateway, session(), { server: 'desk' });
    for (const wrong of [
      { ...other, 'last-event-id': last },
      { ...headers, 'last-event-id': `${last}A` },
    ]) {
      const { status, last: answer } = await gateway.ask(listening(wrong));
      assert.deepEqual([status, answer.error?.data?.code], [400, 'WRIT_PARAMS_INVALID']);
    }
    const theirs = await beginSession(gateway, `s-${count - 2}`, { server: 'desk', persona: 'medical-officer' });
    const { status } = await gateway.ask({
      ...listening({ ...theirs, 'last-event-id': last }),
      persona: 'medical-officer',
    });
    assert.equal(status, 400);
    assert.ok(gateway.stub.seen.slice(seen).every(({ verb }) => verb !== 'GET'));
  });

  test('a server without one says so, and one that answers with no stream is not carried', async () => {
    gateway.stub.conduct = raw(405, { allow: 'POST' }, 'canary-7');
    const none = await gateway.ask(listening(headers));
    assert.deepEqual([none.status, none.last.error?.data?.code], [405, 'WRIT_METHOD_NOT_ALLOWED']);
    for (const conduct of [
      raw(200, {}, '{"canary-8":1}'),
      raw(202, {}),
      raw(500, {}, 'canary-8'),
      raw(400, {}, 'canary-8'),
    ]) {
      gateway.stub.conduct = conduct;
      const { status, last, wire } = await gateway.ask(listening(headers));
      assert.deepEqual([status, last.error?.data?.code], [500, 'WRIT_UPSTREAM_INVALID']);
      assert.doesNotMatch(wire, /canary/);
    }
  });

  test('takes no place among calls, and has an end to how many there may be', async () => {
    const get = holding({ 'tools/call': result(people) });
    for (let n = 0; n < 6; n++) await listen();
    await get.begun();
    assert.equal((await gateway.ask(call('echo'))).status, 200);
    const refused = await gateway.ask(listening(headers));
    assert.deepEqual([refused.status, refused.last.error?.data?.code], [429, 'WRIT_OVERLOADED']);
    for (const stream of streams.splice(0)) await stream.leave();
    await until(() => gateway.stub.seen.filter(({ verb }) => verb === 'GET').length >= 6, 'the streams');
    let freed: Streamed | undefined;
    for (let n = 0; n < 50 && freed?.status !== 200; n++) freed = await listen();
    assert.equal(freed?.status, 200);
  });

  test('goes with the client: what is left is not held open at the server', async () => {
    const get = holding();
    const stream = await listen();
    await get.begun();
    await stream.leave();
    await until(() => get.closed(), 'the server hears of it');
  });

  test('ends when the server ends it', async () => {
    const get = holding();
    const stream = await listen();
    await get.begun();
    get.end();
    await stream.ended;
    assert.deepEqual(stream.messages, []);
  });

  test('that holds something that is no message, or more than an event may hold, ends in an error', async () => {
    for (const text of ['data: canary-9\n\n', 'data: [{"jsonrpc":"2.0","method":"canary-9"}]\n\n']) {
      const get = holding();
      const stream = await listen();
      await get.begun();
      get.write(text);
      await stream.ended;
      assert.equal(stream.messages.at(-1)?.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
      assert.doesNotMatch(stream.text(), /canary/);
    }
  });

  test('is 405 in the version without it, and needs a token', async () => {
    const modern = await gateway.ask({ ...listening(headers), era: 'modern' });
    assert.deepEqual([modern.status, modern.last.error?.data?.code], [405, 'WRIT_METHOD_NOT_ALLOWED']);
    const { url, headers: sent } = await gateway.compose(listening(headers));
    const { authorization: _, ...bare } = sent;
    const answer = await send(url, { method: 'GET', headers: bare });
    assert.deepEqual([answer.status, answer.last.error?.data?.code], [401, 'WRIT_TOKEN_MISSING']);
  });

  test('a server that grants little grants this too, and its own methods stay refused', async () => {
    const get = holding();
    headers = await beginSession(gateway, session(), { server: 'counter' });
    const stream = await listen({}, 'counter');
    await get.begun();
    get.say(notification('vendor/canary-10'));
    // No rule lets anyone read it, so nobody learns that it changed.
    get.say(notification('resources/updated', { uri: 'counter://canary-10' }));
    get.say(notification('tools/list_changed'));
    await stream.has(1);
    assert.deepEqual(stream.messages, [notification('tools/list_changed')]);
  });

  test('all of it is in the log as what it was', async () => {
    for (const stream of streams.splice(0)) await stream.leave();
    const entries = await gateway.entries();
    const listens = decided(entries).filter(([method]) => method === 'session/listen');
    assert.ok(listens.length >= 20);
    for (const of of listens) assert.deepEqual(of, ['session/listen', 'to-server', 'allow']);
    const intents = ofKind(entries, 'intent').map(({ call }) => call);
    const outcomes = ofKind(entries, 'outcome').map(({ call }) => call);
    assert.deepEqual(intents.toSorted(), outcomes.toSorted());
  });
});

test('a gateway that stops ends the streams, and does not wait for them', async () => {
  const gateway = await openAsking();
  try {
    const headers = await beginSession(gateway, 's-1', { server: 'desk' });
    const get = held();
    gateway.stub.conduct = conducts({ GET: get.conduct });
    const stream = await openStream(gateway, listening(headers));
    await get.begun();
    get.say(log('info', 'before'));
    await stream.has(1);
    const entries = await gateway.entries();
    await stream.ended;
    await until(() => get.closed(), 'the server hears of it');
    assert.deepEqual(decided(entries), [
      ['initialize', 'to-server', 'allow'],
      ['session/listen', 'to-server', 'allow'],
    ]);
  } finally {
    await gateway.close();
  }
});

test('a call whose answer never came is in the log as one of which nobody knows, and the log is whole', async () => {
  const gateway = await openAsking();
  try {
    const headers = await beginSession(gateway, 's-1', { server: 'desk' });
    gateway.stub.conduct = raw(200, { 'content-type': 'text/event-stream' }, event(log('info', 'wait'), 'e-1'));
    const { messages } = await gateway.ask({ server: 'desk', era: 'legacy', headers, params: { name: 'echo' } });
    assert.deepEqual(messages, [log('info', 'wait')]);
    const entries = withoutListings(await gateway.entries());
    const [, outcome] = ofKind(entries, 'outcome');
    assert.deepEqual([outcome?.status, outcome?.frames], ['unknown', 0]);
  } finally {
    await gateway.close();
  }
});
