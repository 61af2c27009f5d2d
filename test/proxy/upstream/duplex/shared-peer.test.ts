import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { reader, said, scripted } from '../../../support/scripted-peer.ts';
import { refused, taken } from '../../../support/stub-upstream.ts';
import { until } from '../../../support/until.ts';

const version = { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' };
const subscription = 'io.modelcontextprotocol/subscriptionId';
const modern = { 'mcp-protocol-version': '2026-07-28' };

const ask = (id: string | number, method = 'tools/call', meta: object = {}) =>
  JSON.stringify({ jsonrpc: '2.0', id, method, params: { name: 'a', _meta: { ...version, ...meta } } });
const result = (id: string | number, value = 'ok') => ({ jsonrpc: '2.0', id, result: { value } });
const notice = (method: string, params = {}) => ({ jsonrpc: '2.0', method, params });

describe('requests of the version without sessions', () => {
  test('of one caller share a duplex, and each gets its own answer under its own name', async () => {
    const { upstream, peer, peers } = scripted();
    const bodies = [
      ask(1, 'tools/call', { progressToken: 1 }),
      ask(1, 'tools/call', { progressToken: '1' }),
      ask('1'),
      '{"id": 1.0,"jsonrpc":"2.0","method":"tools/call","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}',
    ];
    const answers = await Promise.all(bodies.map((body) => upstream.post(body, modern, 'alice').answer));
    const far = await peer(0);
    await far.last(4);
    assert.equal(peers.length, 1);
    const heard = far.heard.map((each) => JSON.parse(each));
    const ids: number[] = heard.map(({ id }) => id);
    assert.equal(new Set(ids).size, 4);
    const tokens = heard.map(({ params }) => params._meta.progressToken);
    assert.deepEqual(tokens, [ids[0], ids[1], undefined, undefined]);
    const progress = (progressToken: unknown) => notice('notifications/progress', { progressToken, progress: 1 });
    far.say(progress(ids[1]), progress(ids[0]), progress(ids[2]), progress(99));
    far.say(...ids.toReversed().map((id, index) => result(id, `of ${index}`)));
    const all = await Promise.all(answers.map(taken));
    assert.deepEqual(all, [
      [JSON.stringify(progress(1)), JSON.stringify(result(1, 'of 3'))],
      [JSON.stringify(progress('1')), JSON.stringify(result(1, 'of 2'))],
      [JSON.stringify(result('1', 'of 1'))],
      ['{"jsonrpc":"2.0","id":1.0,"result":{"value":"of 0"}}'],
    ]);
    assert.equal(upstream.counts.unclaimed, 2);
  });

  test('pass as they are but for their names', async () => {
    const { upstream, peer } = scripted();
    const odd = `{ "params":{"é":1.50, "id":1, "_meta" : ${JSON.stringify(version)}},"method":"x","jsonrpc":"2.0", "id" : 1 }`;
    const { answer } = upstream.post(odd, modern, 'alice');
    const far = await peer(0);
    const { id } = await far.last(1);
    assert.equal(far.heard[0], odd.replace('"id" : 1', `"id" : ${id}`));
    far.say(`{"jsonrpc":"2.0" , "result":{"id":${id},"n":1e2},"id":${id}}`);
    assert.deepEqual(await taken(await answer), [`{"jsonrpc":"2.0" , "result":{"id":${id},"n":1e2},"id":1}`]);
  });

  test('of several callers share nothing', async () => {
    const { upstream, peer } = scripted();
    const alice = await upstream.post(ask(1), modern, 'alice').answer;
    const bob = await upstream.post(ask(1), modern, 'bob').answer;
    const [ofAlice, ofBob] = [await peer(0), await peer(1)];
    const { id } = await ofBob.last(1);
    ofBob.say(result(id, 'for bob'));
    assert.deepEqual(await taken(bob), [JSON.stringify(result(1, 'for bob'))]);
    ofAlice.say(result((await ofAlice.last(1)).id, 'for alice'));
    assert.deepEqual(await taken(alice), [JSON.stringify(result(1, 'for alice'))]);
  });

  test('are answered once', async () => {
    const { upstream, peer } = scripted();
    const open = await upstream.post(ask(1), modern, 'alice').answer;
    const far = await peer(0);
    const { id } = await far.last(1);
    far.say(result(String(id)), result(id), result(id));
    assert.deepEqual(await taken(open), [JSON.stringify(result(1))]);
    await until(() => upstream.counts.unexpected === 2, 'two answers are nobody’s');
  });

  test('that their client leaves are cancelled, under the name the server knows', async () => {
    const { upstream, peer } = scripted();
    const sent = upstream.post(ask('mine'), modern, 'alice');
    await sent.answer;
    const far = await peer(0);
    const { id } = await far.last(1);
    sent.abort();
    assert.deepEqual(await far.last(2), notice('notifications/cancelled', { requestId: id }));
  });

  test('are told apart by more than a header', async () => {
    const { upstream, peers } = scripted();
    assert.equal((await upstream.post(ask(1), {}, 'alice').answer).status, 200);
    assert.equal(peers.length, 1);
    assert.equal((await upstream.post(JSON.stringify(result(1)), modern, 'alice').answer).status, 400);
    assert.equal((await upstream.listen(modern, 'alice').answer).status, 405);
    assert.equal((await upstream.end(modern, 'alice').answer).status, 405);
  });

  test('are not cancelled by a notification, which could mean another of the same id', async () => {
    const { upstream, peer } = scripted();
    await upstream.post(ask(1), modern, 'alice').answer;
    const far = await peer(0);
    await far.last(1);
    const cancel = JSON.stringify(notice('notifications/cancelled', { requestId: 1 }));
    assert.equal((await upstream.post(cancel, modern, 'alice').answer).status, 202);
    assert.equal((await upstream.post(JSON.stringify(notice('x/y')), modern, 'alice').answer).status, 202);
    assert.deepEqual(await far.last(2), notice('x/y'));
  });
});

describe('a subscription', () => {
  test('takes what names it, and ends as the server says', async () => {
    const { upstream, peer } = scripted();
    const one = reader(await upstream.post(ask(1, 'subscriptions/listen'), modern, 'alice', true).answer);
    const other = reader(await upstream.post(ask(1, 'subscriptions/listen'), modern, 'alice', true).answer);
    const far = await peer(0);
    const [first, second]: number[] = [(await far.last(1)).id, (await far.last(2)).id];
    const changed = (id: unknown) => notice('notifications/tools/list_changed', { _meta: { [subscription]: id } });
    far.say(changed(second), changed(first), changed('1'), changed(99));
    assert.equal(await one.next(), JSON.stringify(changed(1)));
    assert.equal(await other.next(), JSON.stringify(changed(1)));
    far.say(notice('notifications/cancelled', { requestId: first }));
    assert.equal(await one.next(), undefined);
    const end = (id: unknown) => ({ jsonrpc: '2.0', id, result: { _meta: { [subscription]: id } } });
    far.say(end(second));
    assert.equal(await other.next(), JSON.stringify(end(1)));
    assert.equal(await other.next(), undefined);
    assert.equal(upstream.counts.unclaimed, 2);
  });
});

describe('what a server says without saying to whom', () => {
  test('goes to the one request under way; to several, to none', async () => {
    const { upstream, peer } = scripted();
    const listening = reader(await upstream.post(ask(9, 'subscriptions/listen'), modern, 'alice', true).answer);
    const only = reader(await upstream.post(ask(1), modern, 'alice').answer);
    const far = await peer(0);
    const { id } = await far.last(2);
    far.say(notice('notifications/message', { data: 'a' }));
    assert.equal(await only.next(), JSON.stringify(notice('notifications/message', { data: 'a' })));
    await upstream.post(ask(2), modern, 'alice').answer;
    far.say(notice('notifications/message', { data: 'b' }), { jsonrpc: '2.0', id: 1, method: 'roots/list' });
    far.say(result(id));
    assert.equal(await only.next(), JSON.stringify(result(1)));
    assert.equal(upstream.counts.unclaimed, 2);
    far.die();
    await refused(listening.next(), 'WRIT_UPSTREAM_UNREACHABLE');
  });
});

describe('a server', () => {
  test('of the older versions alone says so by a status, and is let go', async () => {
    const { upstream, peer } = scripted();
    const { answer } = upstream.post(ask(1, 'server/discover'), modern, 'alice');
    const far = await peer(0);
    const { id } = await far.last(1);
    far.say({ jsonrpc: '2.0', id, error: { code: -32601, message: 'Method not found' } });
    assert.deepEqual([(await answer).status, (await answer).kind], [404, 'body']);
    assert.deepEqual(said(await answer), {
      jsonrpc: '2.0',
      id: 1,
      error: { code: -32601, message: 'Method not found' },
    });
    assert.ok(far.closed);
    // That it was let go is no failure of its own.
    for (let count = 1; count < 5; count++) {
      const again = upstream.post(ask(1, 'server/discover'), modern, 'alice');
      const next = await peer(count);
      next.say({ jsonrpc: '2.0', id: (await next.last(1)).id, error: { code: -32601, message: 'Method not found' } });
      assert.equal((await again.answer).status, 404);
    }
  });

  test('that speaks this version is kept', async () => {
    const { upstream, peer } = scripted();
    const { answer } = upstream.post(ask(1, 'server/discover'), modern, 'alice');
    const far = await peer(0);
    far.say(result((await far.last(1)).id));
    assert.deepEqual([(await answer).status, said(await answer)], [200, result(1)]);
    assert.equal(far.closed, false);
  });

  test('that ends is started again at once, then after a while; for each caller by itself', async () => {
    const { upstream, peer, peers } = scripted();
    for (let count = 0; count < 2; count++) {
      const open = await upstream.post(ask(1), modern, 'alice').answer;
      (await peer(count)).die();
      await refused(taken(open), 'WRIT_UPSTREAM_UNREACHABLE');
    }
    await refused(upstream.post(ask(1), modern, 'alice').answer, 'WRIT_UPSTREAM_UNREACHABLE');
    assert.equal(peers.length, 2);
    assert.equal((await upstream.post(ask(1), modern, 'bob').answer).status, 200);
  });
});
