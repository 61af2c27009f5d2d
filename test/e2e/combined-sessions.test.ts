import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { conducts, decided, held, openStream } from '../support/asking.ts';
import { type CombinedStubs, codeOf, done, names, openCombined, page, tools } from '../support/combined.ts';
import { ofKind } from '../support/log.ts';
import { begins } from '../support/session.ts';
import { failure, raw, result } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

describe('sessions with all servers at once', () => {
  let all: CombinedStubs;
  before(async () => {
    all = await openCombined();
  });
  after(() => all.close());
  beforeEach(() => {
    all.forget();
    for (const stub of [all.desk, all.annex, all.counter]) stub.conduct = result(done);
  });
  const elicit = (id: unknown) => ({ jsonrpc: '2.0', id, method: 'elicitation/create', params: { message: 'Sure?' } });
  const legacy = (headers: Record<string, string>): Asked => ({ era: 'legacy', headers });
  const say = (headers: Record<string, string>, message: object, more: Asked = {}) =>
    all.ask({ ...legacy(headers), body: JSON.stringify({ jsonrpc: '2.0', ...message }), ...more });

  test('initialize agrees on what every server can do, and each gets its own session', async () => {
    all.desk.conduct = result(
      { protocolVersion: '2025-11-25', capabilities: { tools: {}, tasks: {} }, serverInfo: {} },
      { 'mcp-session-id': 'desk-1' },
    );
    all.annex.conduct = result({ protocolVersion: '2025-06-18', capabilities: { logging: {} }, serverInfo: {} });
    all.counter.conduct = (_, response) => void response.destroy();
    const capabilities = { tasks: {}, elicitation: {} };
    const params = { protocolVersion: '2025-11-25', capabilities, clientInfo: { name: 'c', version: '1' } };
    const { last, headers } = await all.ask({ era: 'legacy', rpc: 'initialize', params });
    assert.equal(last.result?.protocolVersion, '2025-06-18');
    assert.deepEqual(last.result?.capabilities, { tools: {}, logging: {} });
    assert.deepEqual(last.result?.serverInfo, { name: 'edge-1', version: '1' });
    const sent = all.desk.seen[0]?.message.params as { capabilities?: object } | undefined;
    assert.deepEqual(sent?.capabilities, { elicitation: {} });
    assert.match(all.gateway.messages(), /WRIT_UPSTREAM_UNREACHABLE/);
    all.forget();
    for (const stub of [all.desk, all.annex, all.counter]) stub.conduct = result(done);
    const id = String(headers['mcp-session-id']);
    assert.ok(!id.includes('desk-1'));
    const own = { 'mcp-session-id': id, 'mcp-protocol-version': '2025-06-18' };
    for (const name of ['desk__echo', 'annex__echo']) await all.call(name, legacy(own));
    const told = [all.desk, all.annex].map(({ seen }) => seen[0]?.headers);
    assert.deepEqual(
      told.map((each) => [each?.['mcp-session-id'], each?.['mcp-protocol-version']]),
      [
        ['desk-1', '2025-11-25'],
        [undefined, '2025-06-18'],
      ],
    );
    // A server that was not there when the session began is not there in it.
    assert.equal(codeOf(await all.call('counter__echo', legacy(own))), 'WRIT_NAME_UNKNOWN');
  });

  test('where no server begins a session the first failure is the answer', async () => {
    for (const stub of [all.desk, all.annex, all.counter]) stub.conduct = failure({ code: -32000, message: 'closed' });
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'c', version: '1' } };
    const { last, headers } = await all.ask({ era: 'legacy', rpc: 'initialize', params });
    assert.deepEqual([last.error?.code, last.id, headers['mcp-session-id']], [-32000, 1, undefined]);
  });

  test('a session is of its caller and its endpoint alone', async () => {
    const headers = await all.begin('own');
    const single = await all.gateway.ask({
      server: 'desk',
      era: 'legacy',
      rpc: 'initialize',
      params: { protocolVersion: '2025-11-25' },
    });
    assert.equal(single.status, 200);
    all.desk.conduct = begins('desk-single');
    const begun = await all.gateway.ask({
      server: 'desk',
      era: 'legacy',
      rpc: 'initialize',
      params: { protocolVersion: '2025-11-25' },
    });
    const ofDesk = { 'mcp-session-id': String(begun.headers['mcp-session-id']) };
    all.forget();
    for (const [asked, server] of [
      [legacy(ofDesk), ''],
      [legacy(headers), 'desk'],
      [{ ...legacy(headers), persona: 'medical-officer' }, ''],
      [legacy({ 'mcp-session-id': 'desk-own' }), ''],
      [legacy({ 'mcp-session-id': `${headers['mcp-session-id']}A` }), ''],
    ] as [Asked, string][]) {
      for (const one of [
        { params: { name: server === '' ? 'desk__echo' : 'echo', arguments: {} } },
        { method: 'GET' },
        { method: 'DELETE' },
      ]) {
        const { status, last } = await all.ask({ server, ...asked, ...one, ...('method' in one && { body: '' }) });
        assert.deepEqual([status, last.error?.data?.code], [404, 'WRIT_SESSION_ENDED']);
      }
    }
    assert.deepEqual(all.desk.seen, []);
  });

  test('a question goes to the client under an id of its own, and the answer to the server under the very id it gave', async () => {
    const headers = await all.begin('asks');
    const [desk, annex] = [held(), held()];
    all.desk.conduct = conducts({ 'tools/call': desk.conduct });
    all.annex.conduct = conducts({ 'tools/call': annex.conduct });
    const open = (name: string, id: string) =>
      openStream(all.gateway, { server: '', ...legacy(headers), id, params: { name, arguments: {} } });
    const opening = [open('desk__echo', 'a'), open('annex__echo', 'b')] as const;
    await Promise.all([desk.begun(), annex.begun()]);
    desk.say(elicit(0));
    annex.say(elicit(0));
    const [ofDesk, ofAnnex] = await Promise.all(opening);
    await Promise.all([ofDesk.has(1), ofAnnex.has(1)]);
    assert.deepEqual([ofDesk.messages[0]?.id, ofAnnex.messages[0]?.id], ['desk__0', 'annex__0']);
    assert.equal(ofDesk.messages[0]?.params?.message, 'desk: Sure?');
    const answers = () =>
      [all.desk, all.annex].map(({ seen }) =>
        seen.filter(({ message }) => 'result' in message).map(({ body }) => JSON.parse(body)),
      );
    const answer = { action: 'accept', content: {} };
    for (const id of [
      0,
      '0',
      'desk__"0"',
      'desk__1',
      'desk__0.0',
      'counter__0',
      'nobody__0',
      'Desk__0',
      'desk__desk__0',
      'annex__ 0',
    ])
      assert.equal(codeOf(await say(headers, { id, result: answer })), 'WRIT_ANSWER_UNEXPECTED', String(id));
    const another = await all.begin('another');
    assert.equal(codeOf(await say(another, { id: 'desk__0', result: answer })), 'WRIT_ANSWER_UNEXPECTED');
    assert.deepEqual(answers(), [[], []]);
    assert.equal((await say(headers, { id: 'annex__0', result: answer })).status, 202);
    assert.deepEqual(answers(), [[], [{ jsonrpc: '2.0', id: 0, result: answer }]]);
    assert.equal((await say(headers, { id: 'desk__0', result: answer })).status, 202);
    assert.equal(codeOf(await say(headers, { id: 'desk__0', result: answer })), 'WRIT_ANSWER_UNEXPECTED');
    assert.equal(answers()[0]?.length, 1);
    for (const [post, id] of [
      [desk, 'a'],
      [annex, 'b'],
    ] as const)
      post.say({ jsonrpc: '2.0', id, result: done });
    await Promise.all([ofDesk.ended, ofAnnex.ended]);
    assert.deepEqual(ofDesk.messages.at(-1)?.id, 'a');
  });

  test('a request is cancelled at the server that has it; no other hears why', async () => {
    const headers = await all.begin('cancels');
    const post = held();
    all.desk.conduct = conducts({ 'tools/call': post.conduct });
    const opening = openStream(all.gateway, {
      server: '',
      ...legacy(headers),
      id: 'a',
      params: { name: 'desk__echo', arguments: {} },
    });
    await post.begun();
    all.forget();
    const cancel = (requestId: unknown) =>
      say(headers, { method: 'notifications/cancelled', params: { requestId, reason: 'why' } });
    assert.deepEqual([(await cancel('b')).status, (await cancel('a')).status], [202, 202]);
    const elsewhere = await all.begin('elsewhere');
    all.annex.seen.length = 0;
    await say(elsewhere, { method: 'notifications/cancelled', params: { requestId: 'a' } });
    const heard = (method: string) =>
      [all.desk, all.annex, all.counter].map(
        ({ seen }) => seen.filter(({ message }) => message.method === method).length,
      );
    assert.deepEqual(heard('notifications/cancelled'), [1, 0, 0]);
    post.say({ jsonrpc: '2.0', id: 'a', result: done });
    await (await opening).ended;
  });

  test('ping, levels and what a client tells go to all servers of the session', async () => {
    const headers = await all.begin('tells');
    all.annex.conduct = failure({ code: -32601, message: 'no' });
    for (const rpc of ['ping', 'logging/setLevel']) {
      all.forget();
      const { last } = await all.ask({ ...legacy(headers), rpc, params: rpc === 'ping' ? {} : { level: 'info' } });
      assert.deepEqual(last.result, {}, rpc);
      assert.ok(all.desk.seen.length === 1 && all.annex.seen.length === 1);
    }
    all.annex.conduct = result(done);
    all.forget();
    assert.equal((await say(headers, { method: 'notifications/initialized' })).status, 202);
    assert.deepEqual([all.desk.seen.length, all.annex.seen.length], [1, 1]);
    const strange = await say(headers, { method: 'notifications/x', params: { secret: 1 } });
    assert.equal(codeOf(strange), 'WRIT_MESSAGE_UNSUPPORTED');
    assert.deepEqual([all.desk.seen.length, all.annex.seen.length], [1, 1]);
  });

  test('one stream has what all servers say of their own accord, of each in its own names', async () => {
    const headers = await all.begin('listens');
    const [desk, annex] = [held(), held()];
    all.desk.conduct = conducts({ GET: desk.conduct });
    all.annex.conduct = conducts({ GET: annex.conduct });
    all.counter.conduct = raw(405, {});
    const opening = openStream(all.gateway, { server: '', ...legacy(headers), method: 'GET', body: '' });
    await Promise.all([desk.begun(), annex.begun()]);
    const stream = await opening;
    const updated = (uri: string) => ({ jsonrpc: '2.0', method: 'notifications/resources/updated', params: { uri } });
    desk.say(updated('desk://a'), 'id-1');
    await stream.has(1);
    annex.say(updated('a://b'));
    await stream.has(2);
    annex.say({ jsonrpc: '2.0', method: 'notifications/progress', params: { progressToken: 1, progress: 1 } });
    desk.say(elicit('q'));
    await stream.has(3);
    assert.deepEqual(
      stream.messages.map(({ id, params }) => id ?? params?.uri),
      ['desk+desk://a', 'annex+a://b', 'desk__"q"'],
    );
    assert.ok(stream.events.every(({ id }) => !id));
    // A server that ends its stream is listened to again; the others go on meanwhile.
    const again = held();
    all.annex.conduct = conducts({ GET: again.conduct });
    annex.end();
    await again.begun();
    again.say(updated('a://c'));
    desk.say(updated('desk://d'));
    await stream.has(5);
    await stream.leave();
    await until(() => desk.closed() && again.closed(), 'the servers are let go');
  });

  test('a stream of a call is resumed at its server alone', async () => {
    const headers = await all.begin('resumes');
    const post = held();
    all.desk.conduct = conducts({ 'tools/call': post.conduct });
    const opening = openStream(all.gateway, {
      server: '',
      ...legacy(headers),
      id: 'a',
      params: { name: 'desk__echo', arguments: {} },
    });
    await post.begun();
    post.write('id: e-1\ndata:\n\n');
    const first = await opening;
    await until(() => first.events.length > 0, 'there is an id to resume by');
    post.end();
    await first.ended;
    const last = String(first.events[0]?.id);
    assert.equal(last, 'desk__e-1');
    const listening = held();
    all.desk.conduct = conducts({ GET: listening.conduct });
    all.forget();
    const resuming = openStream(all.gateway, {
      server: '',
      ...legacy({ ...headers, 'last-event-id': last }),
      method: 'GET',
      body: '',
    });
    await listening.begun();
    listening.say({ jsonrpc: '2.0', id: 'a', result: done }, 'e-2');
    const resumed = await resuming;
    await resumed.has(1);
    assert.deepEqual([resumed.messages[0]?.id, resumed.events[0]?.id], ['a', 'desk__e-2']);
    assert.equal(all.desk.seen[0]?.headers['last-event-id'], 'e-1');
    assert.equal(all.annex.seen.length, 0);
    await resumed.leave();
    for (const id of ['e-1', 'nobody__e-1', '__e-1'])
      assert.equal(
        (await all.ask({ ...legacy({ ...headers, 'last-event-id': id }), method: 'GET', body: '' })).status,
        400,
      );
  });

  test('DELETE ends the session with every server', async () => {
    const headers = await all.begin('ends');
    all.forget();
    all.annex.conduct = raw(405, {});
    const { status } = await all.ask({ ...legacy(headers), method: 'DELETE', body: '' });
    assert.equal(status, 200);
    assert.deepEqual(
      [all.desk, all.annex].map(({ seen }) => seen[0]?.verb),
      ['DELETE', 'DELETE'],
    );
    for (const stub of [all.desk, all.annex, all.counter]) stub.conduct = raw(405, {});
    assert.equal((await all.ask({ ...legacy(headers), method: 'DELETE', body: '' })).status, 405);
    assert.equal((await all.ask({ era: 'legacy', method: 'DELETE', body: '' })).status, 400);
  });

  test('each member of a batch goes its own way (2025-03-26)', async () => {
    const headers = { ...(await all.begin('batch')), 'mcp-protocol-version': '2025-03-26' };
    const call = (id: number, name: string) => ({
      jsonrpc: '2.0',
      id,
      method: 'tools/call',
      params: { name, arguments: {} },
    });
    const body = JSON.stringify([
      call(1, 'desk__echo'),
      call(2, 'annex__echo'),
      call(3, 'nobody__echo'),
      { jsonrpc: '2.0', method: 'notifications/initialized' },
    ]);
    const answer = await all.ask({ ...legacy(headers), body });
    const said: { id: number; error?: { data: { code: string } } }[] = JSON.parse(answer.body);
    assert.deepEqual(said.map(({ id, error }) => [id, error?.data.code]).sort(), [
      [1, undefined],
      [2, undefined],
      [3, 'WRIT_NAME_UNKNOWN'],
    ]);
  });

  test('what a server says before its part of a list is passed on, and the list comes last', async () => {
    const headers = await all.begin('talks');
    const post = held();
    all.desk.conduct = conducts({ 'tools/list': post.conduct });
    all.annex.conduct = page('tools', tools('echo'));
    const opening = openStream(all.gateway, { server: '', ...legacy(headers), rpc: 'tools/list' });
    await post.begun();
    post.say({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'x' } });
    post.say(elicit(7));
    const stream = await opening;
    await stream.has(2);
    post.say({ jsonrpc: '2.0', id: 1, result: { tools: tools('people') } });
    await stream.ended;
    assert.deepEqual(
      stream.messages.map(({ id, method }) => method ?? id),
      ['notifications/message', 'elicitation/create', 1],
    );
    assert.deepEqual(names(stream.messages.at(-1)?.result?.tools), ['desk__people', 'annex__echo']);
    assert.equal((await say(headers, { id: 'desk__7', result: { action: 'decline' } })).status, 202);
  });

  test('everything is on record as what its server was asked', async () => {
    all.desk.conduct = page('tools', tools('echo'));
    all.annex.conduct = page('tools', tools('echo'));
    await all.ask({ rpc: 'tools/list' });
    await all.call('counter__unlisted');
    const entries = await all.gateway.entries();
    const asked = ofKind(entries, 'decision').filter(({ method }) => method === 'tools/list');
    assert.deepEqual([...new Set(asked.map(({ server }) => server))].sort(), ['annex', 'counter', 'desk']);
    assert.deepEqual(decided(entries).at(-1), ['tools/call', 'to-server', 'deny']);
  });
});

test('a server takes no more calls through this address than through its own', async () => {
  const all = await openCombined({ server_calls: 1 });
  try {
    const post = held();
    all.desk.conduct = conducts({ 'tools/call': post.conduct });
    const opening = openStream(all.gateway, { server: '', params: { name: 'desk__echo', arguments: {} } });
    await post.begun();
    const refused = await all.call('desk__echo');
    assert.deepEqual([refused.status, codeOf(refused)], [429, 'WRIT_OVERLOADED']);
    assert.equal((await all.gateway.call('desk')).status, 429);
    all.annex.conduct = page('tools', tools('echo'));
    const list = await all.ask({ rpc: 'tools/list' });
    assert.deepEqual(names(list.last.result?.tools), ['annex__echo']);
    post.say({ jsonrpc: '2.0', id: 1, result: done });
    await (await opening).ended;
    assert.deepEqual((await all.call('annex__echo')).status, 200);
    all.desk.conduct = result(done);
    assert.equal((await all.call('desk__echo')).status, 200);
  } finally {
    await all.close();
  }
});

test('a tool that nobody has makes its server list its tools once in a session, not each time', async () => {
  const all = await openCombined();
  try {
    const headers = await all.begin('asks-again');
    for (let count = 0; count < 4; count++)
      assert.equal(codeOf(await all.call('desk__nothing', { era: 'legacy', headers })), 'WRIT_NAME_UNKNOWN');
    const methods = decided(await all.gateway.entries()).map(([method]) => method);
    assert.deepEqual(methods.slice(-5), ['tools/list', 'tools/call', 'tools/call', 'tools/call', 'tools/call']);
  } finally {
    await all.close();
  }
});
