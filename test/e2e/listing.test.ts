import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { type RunningCrm, startCrm } from '../../fixtures/servers/crm.ts';
import { tools } from '../../fixtures/servers/tools.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import type { Rpc } from '../support/http.ts';
import { shippedBundle } from '../support/scene.ts';
import { raw, result } from '../support/stub-server.ts';
import type { Era } from '../support/surroundings.ts';

/** What is asked of each tool of the CRM to be answered; deleting comes last. */
const asked: Record<string, Record<string, string>> = {
  'customers.lookup': { id: 'C-1001' },
  'customers.search': { region: 'EU' },
  'customers.stats': {},
  'customers.report': { region: 'UK' },
  'customers.export': { id: 'C-1002' },
  'customers.import': { csv: 'a' },
  'health.notes': { id: 'C-1003' },
  'messages.send': { to: 'anna.lindqvist@example.com', subject: 's', text: 't' },
  'customers.delete': { id: 'C-1004' },
};

const groups = ['support', 'medical', 'subject-rights'];
const combinations = Array.from({ length: 2 ** groups.length }, (_, bits) => groups.filter((_, n) => (bits >> n) & 1));
const identities = [
  ...combinations.map((groups) => ({
    name: `a person in ${groups.join(' and ') || 'no group'}`,
    idtyp: 'user',
    groups,
  })),
  { name: 'a program', idtyp: 'app', groups: [] },
  { name: 'a program somebody put into every group', idtyp: 'app', groups },
];

const namesOf = ({ result }: Rpc) => result?.tools?.map(({ name }) => name) ?? [];

describe('what a listing hides, no call may do; what it shows is refused only for what a call says', () => {
  let gateway: TestGateway;
  let crm: RunningCrm;
  before(async () => {
    crm = await startCrm();
    gateway = await openGateway({ bundle: await shippedBundle(), servers: { crm: { url: crm.url } } });
  });
  after(async () => {
    await gateway.close();
    await crm.close();
  });

  test('every tool of the server is asked about', () => {
    assert.deepEqual(tools.map(({ name }) => name).toSorted(), Object.keys(asked).toSorted());
  });

  for (const { name, ...claims } of identities) {
    test(name, async () => {
      const token = await gateway.issuer.token({ persona: 'support-agent', claims });
      const headers = { authorization: `Bearer ${token}` };
      const list = await gateway.ask({ server: 'crm', rpc: 'tools/list', headers });
      assert.equal(list.last.result?.cacheScope, 'private');
      const listed = new Set(namesOf(list.last));
      for (const [tool, args] of Object.entries(asked)) {
        const seen = crm.seen.length;
        const { last } = await gateway.call('crm', args, { tool, headers });
        const effect = last.result?._meta?.['writ/decision']?.effect ?? 'allow';
        assert.equal(effect !== 'deny', listed.has(tool), `${tool}: ${effect}`);
        assert.equal(crm.seen.length - seen, effect === 'allow' ? 1 : 0, `${tool} reaches the server`);
      }
    });
  }

  test('a tool that is hidden is in no other answer to the caller either', async () => {
    for (const era of ['legacy', 'modern'] as const) {
      const { wire } = await gateway.ask({
        server: 'crm',
        rpc: 'tools/list',
        persona: 'ci-job',
        era,
        ...(await session(era)),
      });
      assert.ok(wire.includes('customers.stats'));
      for (const { name, description } of tools) {
        if (name === 'customers.stats') continue;
        assert.ok(!wire.includes(name) && !wire.includes(description), name);
      }
    }
  });

  async function session(era: Era): Promise<{ headers?: Record<string, string> }> {
    if (era === 'modern') return {};
    const clientInfo = { name: 'test', version: '1' };
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const { headers } = await gateway.ask({ server: 'crm', rpc: 'initialize', persona: 'ci-job', era, params });
    return { headers: { 'mcp-session-id': String(headers['mcp-session-id']) } };
  }
});

describe('lists of a server', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openGateway();
  });
  after(() => gateway.close());

  const list = (era: Era, server = 'guarded') => gateway.ask({ server, rpc: 'tools/list', era });
  const tool = (name: unknown, more: object = {}) => ({
    name,
    description: `canary of ${name}`,
    inputSchema: {},
    ...more,
  });

  test('modern: what one caller sees is private, and kept for a minute at most', async () => {
    for (const [ttlMs, kept] of [
      [3_600_000, 60_000],
      [500, 500],
      ['long', 0],
      [undefined, 0],
    ]) {
      gateway.stub.conduct = result({ tools: [tool('echo')], cacheScope: 'public', ttlMs, resultType: 'complete' });
      const { last } = await list('modern');
      assert.deepEqual([last.result?.cacheScope, last.result?.ttlMs], ['private', kept]);
      assert.deepEqual(last.result?.tools, [tool('echo')]);
    }
  });

  test('legacy: a list of which nothing is hidden is passed as the bytes it came in', async () => {
    const body = '{ "jsonrpc":"2.0","id":1, "result":{"tools":[{"name":"echo","x":1.0}],"nextCursor":"c"}}';
    gateway.stub.conduct = raw(200, { 'content-type': 'application/json' }, body);
    assert.equal((await list('legacy')).body, body);
  });

  test('hidden tools are left out, and all else of the page is kept', async () => {
    const tools = [tool('secret'), tool('echo', { x: 1 }), tool('nobody knows'), tool('wipe')];
    gateway.stub.conduct = result({ tools, nextCursor: 'page-2', more: [1] });
    const { last, wire } = await list('legacy');
    assert.deepEqual(last.result, { tools: [tools[1], tools[3]], nextCursor: 'page-2', more: [1] });
    for (const hidden of ['secret', 'nobody knows']) assert.ok(!wire.includes(hidden));
  });

  test('two tools of one name, and what has no name, are not shown', async () => {
    gateway.stub.conduct = result({
      tools: [tool('echo'), tool('echo'), tool(7), null, 'wipe', [tool('wipe')], tool('wipe')],
    });
    assert.deepEqual(namesOf((await list('legacy')).last), ['wipe']);
  });

  test('names that differ in case, or by what cannot be seen, are not the tool they look like', async () => {
    gateway.stub.conduct = result({
      tools: ['Echo', 'echo ', 'ech\u043e', 'echo\u200b', '__proto__', 'toString'].map((name) => tool(name)),
    });
    for (const server of ['guarded', 'open']) assert.deepEqual(namesOf((await list('legacy', server)).last), []);
  });

  test('a page that is none, or has more tools than can be decided in one turn, is not shown', async () => {
    for (const value of [{}, { tools: {} }, [], null, { tools: Array(1001).fill(tool('echo')) }]) {
      gateway.stub.conduct = result(value);
      assert.equal((await list('legacy')).last.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
    }
  });
});
