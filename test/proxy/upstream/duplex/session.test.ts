import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { initialize, reader, said, scripted } from '../../../support/scripted-peer.ts';
import { refused, taken } from '../../../support/stub-upstream.ts';
import { until } from '../../../support/until.ts';

const call = (id: string | number, more: object = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'a', ...more } });
const result = (id: string | number, value = 'ok') => ({ jsonrpc: '2.0', id, result: { value } });
const notice = (method: string, params = {}) => ({ jsonrpc: '2.0', method, params });
const roots = (id: string | number) => ({ jsonrpc: '2.0', id, method: 'roots/list' });

describe('a session', () => {
  test('is begun by initialize, with an id nobody can guess', async () => {
    const { session, peers } = scripted();
    const [one, two] = [await session(), await session()];
    assert.match(one.headers['mcp-session-id'], /^[\w-]{22}$/);
    assert.notEqual(one.headers['mcp-session-id'], two.headers['mcp-session-id']);
    assert.equal(peers.length, 2);
    assert.deepEqual(one.peer.heard, [initialize]);
  });

  test('is none where the server refuses initialize', async () => {
    const { upstream, peer, peers } = scripted();
    const { answer } = upstream.post(initialize, {}, 'alice');
    const far = await peer(0);
    far.say({ jsonrpc: '2.0', id: 0, error: { code: -32602, message: 'no' } });
    const { headers } = await answer;
    assert.equal(headers['mcp-session-id'], undefined);
    assert.equal(said(await answer).error.code, -32602);
    await until(() => peers.every(({ closed }) => closed), 'its duplex is closed');
  });

  test('is none where the client goes away before it began', async () => {
    const { upstream, peer } = scripted();
    const sent = upstream.post(initialize, {}, 'alice');
    sent.abort();
    await refused(sent.answer, 'WRIT_UPSTREAM_UNREACHABLE');
    const far = await peer(0);
    await until(() => far.closed, 'its duplex is closed');
  });

  test('is its caller’s alone', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session('alice');
    for (const sent of [
      upstream.post(call(1), headers, 'mallory'),
      upstream.post(JSON.stringify(notice('notifications/cancelled', { requestId: 1 })), headers, 'mallory'),
      upstream.listen(headers, 'mallory'),
      upstream.end(headers, 'mallory'),
      upstream.post(call(1), { 'mcp-session-id': 'unknown' }, 'alice'),
    ]) {
      const answer = await sent.answer;
      assert.deepEqual([answer.status, said(answer).error.code], [404, -32001]);
    }
    assert.equal(peer.heard.length, 1);
    assert.equal(peer.closed, false);
  });

  test('has to be named', async () => {
    const { upstream } = scripted();
    for (const sent of [upstream.post(call(1), {}, 'a'), upstream.listen({}, 'a'), upstream.end({}, 'a')])
      assert.equal((await sent.answer).status, 400);
    assert.equal((await upstream.post('[]', {}, 'a').answer).status, 400);
  });

  test('ends by DELETE, and with it its duplex', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    assert.equal((await upstream.end(headers, 'alice').answer).status, 204);
    assert.equal((await upstream.post(call(1), headers, 'alice').answer).status, 404);
    await until(() => peer.closed, 'its duplex is closed');
  });

  test('ends when nobody has used it for long, and lasts while a stream is open', async () => {
    const { upstream, session } = scripted({ sessionIdleMs: 300 });
    const { headers, peer } = await session();
    const stream = await upstream.listen(headers, 'alice').answer;
    await new Promise((resolve) => setTimeout(resolve, 700));
    assert.equal(peer.closed, false);
    const open = reader(stream);
    peer.say(notice('a'));
    await open.next();
    await open.leave();
    await until(() => peer.closed, 'its duplex is closed');
    assert.equal((await upstream.post(call(1), headers, 'alice').answer).status, 404);
  });

  test('of a server that ends fails what is under way, and is then unknown', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const open = reader(await upstream.post(call(1), headers, 'alice').answer);
    const stream = reader(await upstream.listen(headers, 'alice').answer);
    peer.die();
    await refused(open.next(), 'WRIT_UPSTREAM_UNREACHABLE');
    assert.equal(await stream.next(), undefined);
    assert.equal((await upstream.post(call(2), headers, 'alice').answer).status, 404);
    assert.ok(peer.closed);
  });
});

describe('a request', () => {
  test('and its answer pass as they are', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const odd = '{ "id" : 1.0, "method":"tools/call","params":{"é":1.50 },"jsonrpc":"2.0"}';
    const { answer } = upstream.post(Buffer.from(odd), headers, 'alice');
    const answered = '{"jsonrpc":"2.0" , "result":{"n":1e2},\r"id":1}';
    await peer.last(2);
    peer.say(answered);
    assert.deepEqual(await taken(await answer), [answered.replace('\r', ' ')]);
    assert.equal(peer.heard[1], odd);
  });

  test('is answered by its very id alone: 1 is not "1"', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const one = await upstream.post(call(1), headers, 'alice').answer;
    const other = await upstream.post(call('2'), headers, 'alice').answer;
    peer.say(result('1'), result(2), result('2'), result(1), result(1));
    assert.deepEqual(await taken(one), [JSON.stringify(result(1))]);
    assert.deepEqual(await taken(other), [JSON.stringify(result('2'))]);
    await until(() => upstream.counts.unexpected === 3, 'three answers are nobody’s');
  });

  test('has an id that no other under way has', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const first = await upstream.post(call(1), headers, 'alice').answer;
    const twin = await upstream.post(call(1), headers, 'alice').answer;
    assert.deepEqual([twin.status, said(twin).id, said(twin).error.code], [400, 1, -32600]);
    peer.say(result(1));
    await taken(first);
    const again = await upstream.post(call(1), headers, 'alice').answer;
    peer.say(result(1, 'again'));
    assert.deepEqual(await taken(again), [JSON.stringify(result(1, 'again'))]);
  });

  test('that its client leaves is no cancel: its id stays taken, and its answer is nobody’s', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const sent = upstream.post(call(1), headers, 'alice');
    await sent.answer;
    sent.abort();
    assert.equal((await upstream.post(call(1), headers, 'alice').answer).status, 400);
    peer.say(result(1, 'late'));
    await until(() => upstream.counts.unexpected === 1, 'the late answer is dropped');
    const again = await upstream.post(call(1), headers, 'alice').answer;
    peer.say(result(1));
    assert.deepEqual(await taken(again), [JSON.stringify(result(1))]);
    assert.deepEqual(
      peer.heard.map((each) => JSON.parse(each).method),
      ['initialize', 'tools/call', 'tools/call'],
    );
  });

  test('that is cancelled ends without an answer', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const open = await upstream.post(call(1), headers, 'alice').answer;
    const cancel = JSON.stringify(notice('notifications/cancelled', { requestId: 1 }));
    assert.equal((await upstream.post(cancel, headers, 'alice').answer).status, 202);
    assert.deepEqual(await taken(open), []);
    peer.say(result(1));
    await until(() => upstream.counts.unexpected === 1, 'a late answer is dropped');
  });

  test('that is never answered fails after a while', async () => {
    const { upstream, session } = scripted({ idleMs: 30 });
    const { headers } = await session();
    await refused(taken(await upstream.post(call(1), headers, 'alice').answer), 'WRIT_UPSTREAM_UNREACHABLE');
  });

  test('has time while its server waits for its client', async () => {
    const { upstream, session } = scripted({ idleMs: 40, streamIdleMs: 1_500 });
    const { headers, peer } = await session();
    const open = reader(await upstream.post(call(1), headers, 'alice').answer);
    peer.say(roots('a'));
    await open.next();
    await new Promise((resolve) => setTimeout(resolve, 120));
    await upstream.post(JSON.stringify(result('a')), headers, 'alice').answer;
    peer.say(result(1));
    assert.equal(await open.next(), JSON.stringify(result(1)));
    const other = reader(await upstream.post(call(2), headers, 'alice').answer);
    peer.say(roots('b'));
    await other.next();
    await refused(other.next(), 'WRIT_UPSTREAM_UNREACHABLE');
  });

  test('with an answer that cannot be read fails at once; other noise is counted', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const open = await upstream.post(call(1), headers, 'alice').answer;
    peer.say(
      'Listening on stdio',
      '[]',
      '{"jsonrpc":"2.0","id":2,"result":{}',
      '{"jsonrpc":"2.0","id":1,"result":{},"id":1}',
    );
    await refused(taken(open), 'WRIT_UPSTREAM_INVALID');
    assert.equal(upstream.counts.unreadable, 4);
    const next = await upstream.post(call(2), headers, 'alice').answer;
    peer.say(result(2));
    assert.equal((await taken(next)).length, 1);
  });

  test('of nothing but noise fails in the end', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const open = await upstream.post(call(1), headers, 'alice').answer;
    peer.say(...Array.from({ length: 1_001 }, () => 'noise'));
    await refused(taken(open), 'WRIT_UPSTREAM_INVALID');
    assert.ok(peer.closed);
  });
});

describe('what a server says of its own accord', () => {
  test('about progress goes to the request it names', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const token = (progressToken: string | number) => ({ _meta: { progressToken } });
    const one = reader(await upstream.post(call(1, token(7)), headers, 'alice').answer);
    const two = reader(await upstream.post(call(2, token('7')), headers, 'alice').answer);
    await upstream.listen(headers, 'alice').answer;
    const [of7, ofText] = [7, '7'].map((progressToken) => notice('notifications/progress', { progressToken }));
    assert.ok(of7 && ofText);
    peer.say(ofText, of7, result(1), result(2));
    assert.deepEqual(
      [await one.next(), await one.next()],
      [of7, result(1)].map((each) => JSON.stringify(each)),
    );
    assert.deepEqual(
      [await two.next(), await two.next()],
      [ofText, result(2)].map((each) => JSON.stringify(each)),
    );
  });

  test('goes to the newest stream, else to the oldest request, else waits', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    peer.say(notice('waits'), roots(1));
    const older = reader(await upstream.post(call(1), headers, 'alice').answer);
    await upstream.post(call(2), headers, 'alice').answer;
    assert.deepEqual(JSON.parse((await older.next()) ?? ''), notice('waits'));
    assert.deepEqual(JSON.parse((await older.next()) ?? ''), roots(1));
    peer.say(notice('to the oldest request'));
    assert.deepEqual(JSON.parse((await older.next()) ?? ''), notice('to the oldest request'));
    await upstream.listen(headers, 'alice').answer;
    const newer = reader(await upstream.listen(headers, 'alice').answer);
    peer.say(notice('to the newest stream'));
    assert.deepEqual(JSON.parse((await newer.next()) ?? ''), notice('to the newest stream'));
  });

  test('and was not taken goes to whoever comes next', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const sent = upstream.listen(headers, 'alice');
    await sent.answer;
    peer.say(roots(5));
    await until(() => peer.taken === 2, 'the question was given to the stream');
    sent.abort();
    const next = reader(await upstream.listen(headers, 'alice').answer);
    assert.deepEqual(JSON.parse((await next.next()) ?? ''), roots(5));
  });

  test('and was not taken by a request whose client left is not lost either', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const sent = upstream.post(call(1), headers, 'alice');
    await sent.answer;
    peer.say(roots(5));
    await until(() => peer.taken === 2, 'the question was given to the request');
    sent.abort();
    const next = reader(await upstream.listen(headers, 'alice').answer);
    assert.deepEqual(JSON.parse((await next.next()) ?? ''), roots(5));
  });

  test('has few streams', async () => {
    const { upstream, session } = scripted();
    const { headers } = await session();
    for (let count = 0; count < 4; count++) assert.equal((await upstream.listen(headers, 'alice').answer).status, 200);
    assert.equal((await upstream.listen(headers, 'alice').answer).status, 409);
  });

  test('and asks is answered once, by the very id', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const stream = reader(await upstream.listen(headers, 'alice').answer);
    peer.say(roots('1'));
    await stream.next();
    for (const id of [1, '1', '1', 9]) {
      const { answer } = upstream.post(JSON.stringify(result(id)), headers, 'alice');
      assert.equal((await answer).status, 202);
    }
    assert.deepEqual(peer.heard.slice(1), [JSON.stringify(result('1'))]);
    assert.equal(upstream.counts.unasked, 3);
  });

  test('and asks is not answered by another session', async () => {
    const { upstream, session } = scripted();
    const [asked, other] = [await session(), await session()];
    const stream = reader(await upstream.listen(asked.headers, 'alice').answer);
    asked.peer.say(roots(1));
    await stream.next();
    await upstream.post(JSON.stringify(result(1)), other.headers, 'alice').answer;
    assert.deepEqual([asked.peer.heard.length, other.peer.heard.length], [1, 1]);
  });
});

describe('back pressure', () => {
  test('of a reader that does not take holds the server, and loses nothing', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const open = await upstream.post(call(1), headers, 'alice').answer;
    const notices = Array.from({ length: 500 }, (_, count) => notice('notifications/message', { count }));
    peer.say(...notices, result(1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(peer.taken < 50, `${peer.taken} were taken from the server with nobody to read them`);
    const all = await taken(open);
    assert.deepEqual(
      all,
      [...notices, result(1)].map((each) => JSON.stringify(each)),
    );
  });

  test('of nobody who reads at all holds the server too', async () => {
    const { upstream, session } = scripted();
    const { headers, peer } = await session();
    const notices = Array.from({ length: 2_000 }, (_, count) => notice('notifications/message', { count }));
    peer.say(...notices, result(1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(peer.taken < 300, `${peer.taken} were taken from the server with nobody to read them`);
    const open = await upstream.post(call(1), headers, 'alice').answer;
    assert.equal((await taken(open)).length, 2_001);
  });

  test('of one reader that does not take for long ends that one alone', async () => {
    const { upstream, session } = scripted({ idleMs: 1_000 });
    const { headers, peer } = await session();
    const stuck = await upstream.post(call(1, { _meta: { progressToken: 1 } }), headers, 'alice').answer;
    const notices = Array.from({ length: 40 }, () => notice('notifications/progress', { progressToken: 1 }));
    peer.say(...notices, result(2));
    const next = await upstream.post(call(2), headers, 'alice').answer;
    assert.equal((await taken(next)).at(-1), JSON.stringify(result(2)));
    await refused(taken(stuck), 'WRIT_UPSTREAM_UNREACHABLE');
  });

  test('of a server that does not read refuses more than the limit', async () => {
    const { upstream, session } = scripted({ bytes: 1_000 });
    const { headers, peer } = await session();
    peer.reads = false;
    const first = await upstream.post(call(1, { text: 'x'.repeat(5_000) }), headers, 'alice').answer;
    assert.equal(first.status, 200);
    const second = await upstream.post(call(2), headers, 'alice').answer;
    assert.deepEqual([second.status, said(second).id], [503, 2]);
    assert.equal((await upstream.post(JSON.stringify(notice('n')), headers, 'alice').answer).status, 503);
    peer.reads = true;
    await peer.last(2);
    await until(() => peer.heard.length === 2, 'the first is read');
    assert.equal((await upstream.post(call(3), headers, 'alice').answer).status, 200);
  });

  test('of a server that does not read for long ends the session', async () => {
    const { upstream, session } = scripted({ idleMs: 30 });
    const { headers, peer } = await session();
    peer.reads = false;
    await refused(taken(await upstream.post(call(1), headers, 'alice').answer), 'WRIT_UPSTREAM_UNREACHABLE');
    await until(() => peer.closed, 'its duplex is closed');
  });
});

describe('sessions of one server', () => {
  test('are few, and one caller has not all of them', async () => {
    const { upstream, session, peers } = scripted({ sessions: 3, callerSessions: 2 });
    const held = [await session('alice'), await session('alice')];
    for (const { headers } of held) await upstream.listen(headers, 'alice').answer;
    const third = await upstream.post(initialize, {}, 'alice').answer;
    assert.deepEqual([third.status, third.headers['retry-after'], said(third).id], [503, '5', 0]);
    await session('bob');
    assert.equal((await upstream.post(initialize, {}, 'carol').answer).status, 503);
    assert.equal(peers.length, 3);
  });

  test('give way, the longest unused first, to another of the same caller', async () => {
    const { upstream, session } = scripted({ callerSessions: 2 });
    const [first, second] = [await session(), await session()];
    await upstream.post(JSON.stringify(notice('notifications/initialized')), first.headers, 'alice').answer;
    await session();
    await until(() => second.peer.closed, 'the longest unused gave way');
    assert.equal(first.peer.closed, false);
  });

  test('end with the upstream', async () => {
    const { upstream, session, peers } = scripted();
    await session();
    await session('bob');
    await upstream.close();
    assert.ok(peers.every(({ closed }) => closed));
    await refused(upstream.post(initialize, {}, 'alice').answer, 'WRIT_UPSTREAM_UNREACHABLE');
  });
});
