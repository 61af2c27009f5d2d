import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { decided, openAsking } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { event, raw, result } from '../support/stub-server.ts';
import type { Asked, Era } from '../support/surroundings.ts';

/** A list, the member that holds its items and how one is named, and what asks for one item. */
interface Listing {
  list: string;
  member: string;
  key: string;
  open: string;
  hidden: string;
  get(name: string): Asked;
}
const listings: Listing[] = [
  {
    list: 'prompts/list',
    member: 'prompts',
    key: 'name',
    open: 'greet',
    hidden: 'hidden-greet',
    get: (name) => ({ rpc: 'prompts/get', params: { name } }),
  },
  {
    list: 'resources/list',
    member: 'resources',
    key: 'uri',
    open: 'desk://open/1',
    hidden: 'desk://hidden/1',
    get: (uri) => ({ rpc: 'resources/read', params: { uri }, headers: { 'mcp-name': uri } }),
  },
  {
    list: 'resources/templates/list',
    member: 'resourceTemplates',
    key: 'uriTemplate',
    open: 'desk://open/{id}',
    hidden: 'desk://hidden/{id}',
    get: (uri) => ({
      rpc: 'resources/read',
      params: { uri: uri.replace('{id}', '7') },
      headers: { 'mcp-name': uri.replace('{id}', '7') },
    }),
  },
  {
    list: 'tools/list',
    member: 'tools',
    key: 'name',
    open: 'echo',
    hidden: 'shut',
    get: (name) => ({ rpc: 'tools/call', params: { name, arguments: {} } }),
  },
];

describe('what a list hides cannot be had, and what it shows can', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openAsking();
  });
  after(() => gateway.close());
  beforeEach(() => {
    gateway.stub.seen.length = 0;
  });

  const ask = (era: Era, asked: Asked) => gateway.ask({ server: 'desk', era, ...asked });

  for (const { list, member, key, open, hidden, get } of listings) {
    const item = (name: unknown, more: object = {}) => ({
      [key]: name,
      title: `canary of ${name}`,
      ...(member === 'tools' && { inputSchema: { type: 'object' } }),
      ...more,
    });

    for (const era of ['legacy', 'modern'] as const) {
      test(`${list}, ${era}: hidden items are left out, all else of the page is kept`, async () => {
        const items = [item(hidden), item(open, { icons: [{ src: 'a' }] }), item(`${hidden}2`)];
        gateway.stub.conduct = result({ [member]: items, nextCursor: 'page-2', more: [1] });
        const { last, wire } = await ask(era, { rpc: list, params: { cursor: 'page-1' } });
        const { cacheScope, ttlMs, ...page } = last.result ?? {};
        assert.deepEqual(page, { [member]: [items[1]], nextCursor: 'page-2', more: [1] });
        assert.ok(!wire.includes(hidden));
        assert.deepEqual([cacheScope, ttlMs], era === 'modern' ? ['private', 0] : [undefined, undefined]);
        assert.equal(gateway.stub.seen[0]?.message.params?.cursor, 'page-1');
      });

      test(`${list}, ${era}: what is hidden is refused when it is asked for, what is shown is not`, async () => {
        gateway.stub.conduct = result({ content: [], contents: [], messages: [] });
        const refused = await ask(era, get(hidden));
        const decision = refused.last.result?._meta?.['writ/decision'] ?? refused.last.error?.data?.['writ/decision'];
        assert.equal(decision?.effect, 'deny');
        assert.deepEqual(gateway.stub.seen, []);
        assert.equal((await ask(era, get(open))).last.error, undefined);
        assert.equal(gateway.stub.seen.length, 1);
      });

      test(`${list}, ${era}: on a stream, and page by page`, async () => {
        const pages = [[hidden, open], [hidden], [], [open]].map((names) => names.map((name) => item(name)));
        for (const [n, items] of pages.entries()) {
          const text = event({
            jsonrpc: '2.0',
            id: 1,
            result: { [member]: items, ...(n < 3 && { nextCursor: `c-${n}` }) },
          });
          gateway.stub.conduct = raw(200, { 'content-type': 'text/event-stream' }, text);
          const { last, wire } = await ask(era, { rpc: list });
          const shown = last.result?.[member];
          assert.deepEqual(
            shown,
            items.filter((one) => Object(one)[key] === open),
          );
          assert.equal(last.result?.nextCursor, n < 3 ? `c-${n}` : undefined);
          assert.ok(!wire.includes(hidden));
        }
      });
    }

    test(`${list}, legacy: where nothing is hidden is passed as the bytes it came in`, async () => {
      const body = `{ "jsonrpc":"2.0","id":1, "result":{"${member}":[${JSON.stringify(item(open))}],"x":1.0}}`;
      gateway.stub.conduct = raw(200, { 'content-type': 'application/json' }, body);
      assert.equal((await ask('legacy', { rpc: list })).body, body);
    });

    test(`${list}, modern: is private to its caller, and kept for a minute at most`, async () => {
      for (const [ttlMs, kept] of [
        [3_600_000, 60_000],
        [60_000, 60_000],
        [500, 500],
        [0, 0],
        ['long', 0],
        [undefined, 0],
      ]) {
        gateway.stub.conduct = result({ [member]: [item(open)], cacheScope: 'public', ttlMs, resultType: 'complete' });
        const { last } = await ask('modern', { rpc: list });
        assert.deepEqual([last.result?.cacheScope, last.result?.ttlMs], ['private', kept]);
      }
    });

    test(`${list}: what has no name, and a page that is none, are not shown`, async () => {
      gateway.stub.conduct = result({
        [member]: [item(7), item(null), null, open, [item(open)], { title: 'canary' }, item(open)],
      });
      const { last } = await ask('legacy', { rpc: list });
      assert.deepEqual(last.result, { [member]: [item(open)] });
      for (const value of [
        {},
        { [member]: {} },
        { [member]: 'canary' },
        [],
        null,
        'canary',
        { [member]: Array(1001).fill(item(open)) },
      ]) {
        gateway.stub.conduct = result(value);
        const answer = await ask('legacy', { rpc: list });
        assert.equal(answer.last.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
        assert.doesNotMatch(answer.wire, /canary/);
      }
    });

    test(`${list}: of a server of which none may be had is empty`, async () => {
      if (member === 'tools') return;
      gateway.stub.conduct = result({ [member]: [item(open), item('other')] });
      const { last } = await ask('legacy', { rpc: list, server: 'counter' });
      assert.deepEqual(last.result, { [member]: [] });
    });
  }

  test('two prompts of one name are not told apart, so neither is shown; two resources of one URI are one', async () => {
    gateway.stub.conduct = result({
      prompts: [{ name: 'greet', title: 'a' }, { name: 'greet', title: 'b' }, { name: 'bye' }],
    });
    assert.deepEqual((await ask('legacy', { rpc: 'prompts/list' })).last.result, { prompts: [{ name: 'bye' }] });
    const resources = [
      { uri: 'desk://open/1', name: 'a' },
      { uri: 'desk://open/1', name: 'b' },
    ];
    gateway.stub.conduct = result({ resources });
    assert.deepEqual((await ask('legacy', { rpc: 'resources/list' })).last.result, { resources });
  });

  test('what is read is private to its caller too', async () => {
    gateway.stub.conduct = result({ contents: [], cacheScope: 'public', ttlMs: 100_000, resultType: 'complete' });
    const { last } = await ask('modern', {
      rpc: 'resources/read',
      params: { uri: 'desk://open/1' },
      headers: { 'mcp-name': 'desk://open/1' },
    });
    assert.deepEqual([last.result?.cacheScope, last.result?.ttlMs], ['private', 60_000]);
  });

  test('completion and subscription are about the prompt or resource they name', async () => {
    gateway.stub.conduct = result({ completion: { values: [] } });
    const complete = (ref: object): Asked => ({
      rpc: 'completion/complete',
      params: { ref, argument: { name: 'a', value: 'b' } },
    });
    const refused: Asked[] = [
      complete({ type: 'ref/prompt', name: 'hidden-greet' }),
      complete({ type: 'ref/resource', uri: 'desk://hidden/{id}' }),
      { rpc: 'resources/subscribe', params: { uri: 'desk://hidden/1' } },
    ];
    for (const asked of refused) {
      const { last } = await ask('legacy', asked);
      assert.equal(last.error?.code, -31403, String(asked.rpc));
    }
    for (const ref of [
      undefined,
      {},
      { type: 'ref/prompt' },
      { type: 'ref/other', name: 'greet' },
      { type: 'ref/resource', name: 'greet' },
    ])
      assert.equal((await ask('legacy', complete(Object(ref)))).last.error?.data?.code, 'WRIT_PARAMS_INVALID');
    assert.deepEqual(gateway.stub.seen, []);
    assert.equal((await ask('legacy', complete({ type: 'ref/prompt', name: 'greet' }))).last.error, undefined);
  });

  test('each page is one decision', async () => {
    const lists = decided(await gateway.entries()).filter(([method]) => method.endsWith('/list'));
    assert.equal(lists.length, gatewayPages);
    for (const [, direction, effect] of lists) assert.deepEqual([direction, effect], ['to-server', 'allow']);
  });
  /** Of each list: two eras of one page and of four, one of bytes, six to cache, eight that are none, and one of `counter`; two more. */
  const gatewayPages = listings.length * (2 * 5 + 1 + 6 + 8 + 1) - 1 + 2;
});

describe('a method that nobody knows', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openAsking();
  });
  after(() => gateway.close());

  for (const era of ['legacy', 'modern'] as const) {
    test(`${era}: is refused where no rule grants it`, async () => {
      for (const rpc of [
        'vendor/other',
        'vendor/Count',
        'vendor/count ',
        'tools/Call',
        '__proto__',
        'session/listen ',
      ].filter((name) => era === 'legacy' || name.trim() === name)) {
        const { status, last } = await gateway.ask({ server: 'counter', era, rpc });
        assert.deepEqual([status, last.error?.code], [200, -31403], rpc);
        assert.deepEqual(last.error?.data?.['writ/decision']?.rules, ['writ.no_grant']);
        const told = await gateway.ask({ server: 'counter', era, rpc, id: null });
        assert.equal(told.status, 403);
      }
      assert.deepEqual(gateway.stub.seen, []);
    });

    test(`${era}: passes where a rule grants it by its name, and its answer as it came`, async () => {
      const body = '{"jsonrpc":"2.0","id":1, "result":{"n":1.50,"resultType":"complete"}}';
      gateway.stub.conduct = raw(200, { 'content-type': 'application/json' }, body);
      const { status, body: got } = await gateway.ask({
        server: 'counter',
        era,
        rpc: 'vendor/count',
        params: { of: 'things' },
      });
      assert.deepEqual([status, got], [200, body]);
      assert.equal(gateway.stub.seen.at(-1)?.message.method, 'vendor/count');
      gateway.stub.seen.length = 0;
    });

    test(`${era}: is no name of the gateway's own`, async () => {
      for (const rpc of ['session/listen', 'session/end'])
        for (const id of [1, null]) {
          const { status, last } = await gateway.ask({ server: 'desk', era, rpc, id });
          assert.deepEqual([status, last.error?.data?.code], [400, 'WRIT_MESSAGE_INVALID']);
        }
    });
  }

  test('is in the log as one of the others', async () => {
    const kinds = new Set(decided(await gateway.entries()).map((of) => of.join(' ')));
    assert.deepEqual([...kinds].toSorted(), ['other to-server allow', 'other to-server deny']);
  });
});
