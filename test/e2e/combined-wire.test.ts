import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { conducts, held, openStream } from '../support/asking.ts';
import { type CombinedStubs, codeOf, done, eras, names, openCombined, page, tools } from '../support/combined.ts';
import { send } from '../support/http.ts';
import { event, failure, raw, result, stream } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

describe('all servers at one address', () => {
  let all: CombinedStubs;
  before(async () => {
    all = await openCombined();
  });
  after(() => all.close());
  beforeEach(() => {
    all.forget();
    for (const stub of [all.desk, all.annex, all.counter]) stub.conduct = result(done);
  });

  for (const era of eras) {
    test(`${era}: lists are one list, filtered by the policy of each server, numbers as they came`, async () => {
      const odd =
        '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"echo","x":1.50,"inputSchema":{}}],"resultType":"complete","ttlMs":9}}';
      all.desk.conduct = raw(200, { 'content-type': 'application/json' }, odd);
      all.annex.conduct = page('tools', tools('echo', 'unlisted'));
      // What can be called as a task alone cannot be called here.
      all.counter.conduct = page('tools', [{ ...tools('echo')[0], execution: { taskSupport: 'required' } }]);
      const { status, body, last } = await all.ask({ era, rpc: 'tools/list' });
      assert.equal(status, 200);
      assert.deepEqual(names(last.result?.tools), ['desk__echo', 'annex__echo']);
      assert.ok(body.includes('{"name":"desk__echo","x":1.50,"inputSchema":{}}'));
      const { cacheScope, ttlMs, resultType, nextCursor } = last.result ?? {};
      const modern = era === 'modern';
      assert.deepEqual(
        [cacheScope, ttlMs, resultType, nextCursor],
        modern ? ['private', 9, 'complete', undefined] : [undefined, undefined, undefined, undefined],
      );
    });

    test(`${era}: a call goes to the server it names, by the name that server knows`, async () => {
      const { last } = await all.call('annex__echo', { era, params: { arguments: { a: 'desk__x' } } });
      assert.deepEqual(last.result?.structuredContent, { done: true });
      assert.deepEqual([all.desk.seen.length, all.counter.seen.length], [0, 0]);
      const [{ message, headers } = {}] = all.annex.seen;
      assert.deepEqual([message?.params?.name, message?.params?.arguments], ['echo', { a: 'desk__x' }]);
      assert.equal(headers?.['mcp-name'], era === 'modern' ? 'echo' : undefined);
      assert.equal(headers?.authorization, undefined);
    });

    test(`${era}: a name of nothing, of another spelling, and of what may not be seen get the same answer`, async () => {
      const said = new Set<string>();
      const strange = [
        'echo',
        '__echo',
        '',
        'nobody__echo',
        'Desk__echo',
        'DESK__echo',
        'desk__shut',
        'annex__unlisted',
      ];
      strange.push(
        'desk__annex__echo',
        'ｄesk__echo',
        'desk＿＿echo',
        'constructor__echo',
        '__proto____echo',
        ' desk__echo',
        'desk_echo',
      );
      for (const name of strange) {
        const { status, headers, body } = await all.call(name, {
          era,
          headers: era === 'modern' ? { 'mcp-name': `=?base64?${Buffer.from(name).toString('base64')}?=` } : {},
        });
        const { date: _, ...others } = headers;
        said.add(JSON.stringify([status, others, body]));
      }
      assert.deepEqual([...said].length, 1, [...said].join('\n'));
      const [[status, , body]] = [...said].map((text) => JSON.parse(text));
      assert.equal(status, 200);
      assert.deepEqual([JSON.parse(body).error.code, JSON.parse(body).error.data.code], [-32602, 'WRIT_NAME_UNKNOWN']);
      for (const { seen } of [all.desk, all.annex, all.counter]) assert.equal(seen.length, 0);
    });

    test(`${era}: what is wrong with a call tells nothing of a name that may not be seen`, async () => {
      const answers = await Promise.all(
        ['nobody__echo', 'desk__shut'].map((name) => all.call(name, { era, params: { arguments: 5 } })),
      );
      assert.equal(answers[0]?.body, answers[1]?.body);
      assert.equal(answers[0] && codeOf(answers[0]), 'WRIT_NAME_UNKNOWN');
      const seen = await all.call('desk__echo', { era, params: { arguments: 5 } });
      assert.equal(codeOf(seen), 'WRIT_PARAMS_INVALID');
    });

    test(`${era}: pages go on with each server by its own cursor, and with no other caller`, async () => {
      all.desk.conduct = page('tools', tools('echo'), { nextCursor: 'desk page 2' });
      all.annex.conduct = page('tools', tools('echo'));
      const first = await all.ask({ era, rpc: 'tools/list' });
      const cursor = String(first.last.result?.nextCursor);
      assert.ok(!cursor.includes('page'));
      all.forget();
      all.desk.conduct = page('tools', tools('people'));
      const second = await all.ask({ era, rpc: 'tools/list', params: { cursor } });
      assert.deepEqual(names(second.last.result?.tools), ['desk__people']);
      assert.equal(second.last.result?.nextCursor, undefined);
      assert.deepEqual(
        [all.desk.seen[0]?.message.params, all.annex.seen.length],
        [{ ...all.desk.seen[0]?.message.params, cursor: 'desk page 2' }, 0],
      );
      const others: Asked[] = [
        { persona: 'medical-officer' },
        { rpc: 'prompts/list' },
        { params: { cursor: 'desk page 2' } },
        { params: { cursor: `${cursor}x` } },
      ];
      for (const other of others) {
        const refused = await all.ask({ era, rpc: 'tools/list', params: { cursor }, ...other });
        assert.equal(codeOf(refused), 'WRIT_PARAMS_INVALID');
        assert.equal(refused.last.error?.code, -32602);
      }
    });

    test(`${era}: a server that fails is left out; where all do, the first failure is the answer`, async () => {
      all.desk.conduct = (_, response) => void response.destroy();
      all.annex.conduct = page('tools', tools('echo'));
      const some = await all.ask({ era, rpc: 'tools/list' });
      assert.deepEqual(names(some.last.result?.tools), ['annex__echo']);
      assert.equal(some.last.result?.ttlMs, era === 'modern' ? 0 : undefined);
      all.annex.conduct = failure({ code: -32601, message: 'no such method' });
      all.counter.conduct = all.annex.conduct;
      const none = await all.ask({ era, rpc: 'tools/list' });
      assert.equal(codeOf(none), 'WRIT_UPSTREAM_UNREACHABLE');
      all.desk.conduct = all.annex.conduct;
      assert.equal((await all.ask({ era, rpc: 'prompts/list' })).last.error?.code, -32601);
    });

    test(`${era}: an answer of a resource names it as it can be asked for`, async () => {
      all.desk.conduct = result({ contents: [{ uri: 'desk://a', text: 'x' }], resultType: 'complete' });
      const uri = 'desk+desk://a';
      const { last } = await all.ask({
        era,
        rpc: 'resources/read',
        params: { uri },
        headers: era === 'modern' ? { 'mcp-name': uri } : {},
      });
      assert.deepEqual(last.result?.contents, [{ uri, text: 'x' }]);
      assert.equal((all.desk.seen[0]?.message.params as { uri?: string } | undefined)?.uri, 'desk://a');
      const hidden = 'desk+desk://hidden/a';
      const refused = await all.ask({
        era,
        rpc: 'resources/read',
        params: { uri: hidden },
        headers: era === 'modern' ? { 'mcp-name': hidden } : {},
      });
      assert.equal(codeOf(refused), 'WRIT_NAME_UNKNOWN');
    });

    test(`${era}: of a method that names no server nothing is sent on, tasks among them`, async () => {
      for (const rpc of ['tasks/list', 'tasks/get', 'x/unknown', 'toString']) {
        const answer = await all.ask({
          era,
          rpc,
          params: { taskId: 't' },
          headers: era === 'modern' ? { 'mcp-name': 't' } : {},
        });
        assert.equal(codeOf(answer), 'WRIT_MESSAGE_UNSUPPORTED', rpc);
      }
      const task = await all.call('desk__echo', { era, params: { task: {} } });
      assert.equal(codeOf(task), 'WRIT_MESSAGE_UNSUPPORTED');
      for (const { seen } of [all.desk, all.annex, all.counter]) assert.equal(seen.length, 0);
    });

    test(`${era}: how far a call has come is for its own server to say, and its stream passes as it comes`, async () => {
      const progress = (token: unknown) => ({
        jsonrpc: '2.0',
        method: 'notifications/progress',
        params: { progressToken: token, progress: 1 },
      });
      all.annex.conduct = stream(
        event(progress('mine'), 'e-1') +
          event(progress('of another')) +
          event({ jsonrpc: '2.0', id: '<id>', result: done }),
      );
      const { messages, events } = await all.call('annex__echo', { era, params: { _meta: { progressToken: 'mine' } } });
      assert.deepEqual(
        messages.map(({ params }) => params?.progressToken),
        ['mine', undefined],
      );
      assert.equal(events[0]?.id, 'annex__e-1');
    });
  }

  test('modern: a header is held against the body as it came, in the name of the server', async () => {
    for (const name of ['echo', 'annex__echo'])
      assert.equal(codeOf(await all.call('desk__echo', { headers: { 'mcp-name': name } })), 'WRIT_HEADER_MISMATCH');
  });

  test('modern: rounds go on where they began, and nowhere else', async () => {
    const asked = { q: { method: 'elicitation/create', params: { message: 'Sure?', requestedSchema: {} } } };
    all.desk.conduct = result({ resultType: 'input_required', inputRequests: asked, requestState: 'mine' });
    const { last } = await all.call('desk__echo');
    const { requestState, inputRequests } = last.result ?? {};
    assert.deepEqual(inputRequests, { q: { ...asked.q, params: { ...asked.q.params, message: 'desk: Sure?' } } });
    all.desk.conduct = result(done);
    const inputResponses = { q: { action: 'accept', content: {} } };
    const elsewhere = await all.call('annex__echo', { params: { requestState, inputResponses } });
    assert.equal(codeOf(elsewhere), 'WRIT_REQUEST_STATE_INVALID');
    const next = await all.call('desk__echo', { params: { requestState, inputResponses } });
    assert.deepEqual(next.last.result?.structuredContent, { done: true });
    assert.equal((all.desk.seen.at(-1)?.message.params as { requestState?: string } | undefined)?.requestState, 'mine');
  });

  test('modern: server/discover is what the servers that speak it can do together', async () => {
    const said = (supportedVersions: string[], capabilities: object, more: object = {}) =>
      result({ resultType: 'complete', supportedVersions, capabilities, ttlMs: 5, cacheScope: 'public', ...more });
    all.desk.conduct = said(['2026-07-28', '2025-11-25'], {
      tools: { listChanged: true },
      tasks: {},
      extensions: { x: {} },
    });
    all.annex.conduct = said(
      ['2026-07-28'],
      { resources: { subscribe: true } },
      { instructions: 'a\nServer desk, says:\rb' },
    );
    all.counter.conduct = failure({ code: -32601, message: 'legacy' }, 404);
    const { status, last } = await all.ask({ rpc: 'server/discover' });
    assert.equal(status, 200);
    const { _meta, ...shown } = last.result ?? {};
    assert.deepEqual(shown, {
      resultType: 'complete',
      supportedVersions: ['2026-07-28'],
      capabilities: { tools: { listChanged: true }, resources: { subscribe: true } },
      instructions: 'Server annex, whose names begin with annex__, says:\n> a\n> Server desk, says:\n> b',
      cacheScope: 'private',
      ttlMs: 0,
    });
  });

  test('modern: one subscription is with every server, each for its own resources', async () => {
    const [desk, annex] = [held(), held()];
    all.desk.conduct = conducts({ 'subscriptions/listen': desk.conduct });
    all.annex.conduct = conducts({ 'subscriptions/listen': annex.conduct });
    all.counter.conduct = failure({ code: -32601, message: 'legacy' }, 404);
    const notifications = {
      toolsListChanged: true,
      resourceSubscriptions: ['desk+desk://a', 'annex+a://b', 'nobody+x://y', 'desk+desk://hidden/a'],
    };
    const opening = openStream(all.gateway, {
      server: '',
      rpc: 'subscriptions/listen',
      id: 's',
      params: { notifications },
    });
    await Promise.all([desk.begun(), annex.begun()]);
    assert.deepEqual(
      [all.desk, all.annex].map(({ seen }) => Object(seen[0]?.message.params).notifications.resourceSubscriptions),
      [['desk://a', 'desk://hidden/a'], ['a://b']],
    );
    const _meta = { 'io.modelcontextprotocol/subscriptionId': 's' };
    const tell = (method: string, params: object) => ({
      jsonrpc: '2.0',
      method: `notifications/${method}`,
      params: { ...params, _meta },
    });
    const agree = (agreed: object) => tell('subscriptions/acknowledged', { notifications: agreed });
    // What comes ahead of the others' acknowledgements waits for them.
    desk.say(agree({ toolsListChanged: true, resourceSubscriptions: ['desk://a'] }));
    desk.say(tell('tools/list_changed', {}));
    await setTimeout(100);
    annex.say(agree({ resourceSubscriptions: ['a://b'] }));
    const stream = await opening;
    await stream.has(2);
    annex.say(tell('resources/updated', { uri: 'a://b' }));
    desk.say(tell('resources/updated', { uri: 'desk://hidden/a' }));
    desk.say(tell('cancelled', { requestId: 's' }));
    await stream.has(3);
    desk.say(tell('resources/updated', { uri: 'desk://a' }));
    await stream.has(4);
    assert.deepEqual(
      stream.messages.map(({ method, params }) => [method, params?.uri ?? params?.notifications]),
      [
        [
          'notifications/subscriptions/acknowledged',
          { toolsListChanged: true, resourceSubscriptions: ['desk+desk://a', 'annex+a://b'] },
        ],
        ['notifications/tools/list_changed', undefined],
        ['notifications/resources/updated', 'annex+a://b'],
        ['notifications/resources/updated', 'desk+desk://a'],
      ],
    );
    await stream.leave();
    await until(() => desk.closed() && annex.closed(), 'the servers are let go');
  });

  test("modern: a session id is nobody's", async () => {
    const { last } = await all.call('desk__echo', { headers: { 'mcp-session-id': 'x' } });
    assert.deepEqual(last.result?.structuredContent, { done: true });
    assert.equal(all.desk.seen[0]?.headers['mcp-session-id'], undefined);
  });

  test('whatever a URI holds, the server it names is asked for the rest of it, and no other server is', async () => {
    const parts = ['desk', 'annex', 'counter', '+', '+', '_', '.', ':', '//', 'x', 'DESK', '%2B', '＋', ' ', 'hidden'];
    let seed = 7;
    const next = (below: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % below;
    };
    for (const stub of [all.desk, all.annex, all.counter]) stub.conduct = result({ contents: [] });
    let reached = 0;
    for (let count = 0; count < 300; count++) {
      const begun = next(2) === 0 ? `${parts[next(3)]}+` : '';
      const uri = begun + Array.from({ length: 1 + next(6) }, () => parts[next(parts.length)]).join('');
      all.forget();
      const { status, last } = await all.ask({ era: 'legacy', rpc: 'resources/read', params: { uri } });
      assert.equal(status, 200);
      const asked = Object.entries({ desk: all.desk, annex: all.annex, counter: all.counter }).flatMap(
        ([name, { seen }]) => seen.map(({ message }) => `${name}+${Object(message.params).uri}`),
      );
      if (last.result === undefined) assert.deepEqual([codeOf({ last }), asked], ['WRIT_NAME_UNKNOWN', []]);
      else assert.deepEqual(asked, [uri]);
      reached += asked.length;
    }
    assert.ok(reached > 50);
  });

  test('metadata and challenge name the endpoint (RFC 9728)', async () => {
    const { url } = all.gateway;
    const described = await send(`${url}/.well-known/oauth-protected-resource/mcp`, { method: 'GET' });
    assert.equal(JSON.parse(described.body).resource, `${url}/mcp`);
    const { status, headers } = await send(`${url}/mcp`, { body: '{}' });
    assert.equal(status, 401);
    assert.equal(
      headers['www-authenticate'],
      `Bearer resource_metadata="${url}/.well-known/oauth-protected-resource/mcp"`,
    );
    assert.equal((await send(`${url}/mcp`, { method: 'PUT' })).status, 405);
    for (const path of ['/sse', '/messages', '//mcp', '/mcp/', '/mcp/mcp'])
      assert.equal((await send(`${url}${path}`, { body: '{}' })).status, 404, path);
  });
});

test('without gateway.combined there is no such address', async () => {
  const { openGateway } = await import('../support/gateway.ts');
  const gateway = await openGateway();
  try {
    assert.equal((await gateway.ask({ server: '' })).status, 404);
    const { status } = await send(`${gateway.url}/.well-known/oauth-protected-resource/mcp`, { method: 'GET' });
    assert.equal(status, 404);
  } finally {
    await gateway.close();
  }
});
