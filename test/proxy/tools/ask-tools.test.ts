import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askTools } from '../../../proxy/tools/ask-tools.ts';
import { listServerTools } from '../../../proxy/tools/list-server-tools.ts';
import { limits, type Received, stubUpstream } from '../../support/stub-upstream.ts';

const json = { 'content-type': 'application/json' };
const asker = { headers: { 'mcp-protocol-version': '2026-07-28' }, caller: 'gateway' };
const few = { pages: 3, tools: 4, bytes: 4_000, others: 5 };

type Asked = { id?: string; method: string; params: { cursor?: string; _meta?: object; protocolVersion?: string } };
const read = ({ body }: Received): Asked => (body === '' ? { method: 'none', params: {} } : JSON.parse(body));
const result = (received: Received, value: unknown, headers: Record<string, string> = {}) =>
  received.response
    .writeHead(200, { ...json, ...headers })
    .end(JSON.stringify({ jsonrpc: '2.0', id: read(received).id, result: value }));
const failure = (received: Received, code: number, status = 200) =>
  received.response
    .writeHead(status, json)
    .end(JSON.stringify({ jsonrpc: '2.0', id: read(received).id ?? null, error: { code, message: 'secret words' } }));

describe('asking a server for its tools', () => {
  test('goes on page by page to the end', async () => {
    const { upstream } = await stubUpstream((received) => {
      const { cursor = '0' } = read(received).params;
      result(received, {
        tools: [{ name: `t${cursor}` }],
        ...(cursor !== '2' && { nextCursor: `${Number(cursor) + 1}` }),
      });
    });
    const tools = await askTools(upstream, asker, few);
    assert.deepEqual(
      tools.map((tool) => JSON.stringify(tool)),
      ['{"name":"t0"}', '{"name":"t1"}', '{"name":"t2"}'],
    );
  });

  const hostile: [string, (received: Received) => unknown][] = [
    ['has pages without end', (received) => result(received, { tools: [], nextCursor: read(received).id })],
    ['leads back to a page', (received) => result(received, { tools: [], nextCursor: 'a' })],
    ['lists too many tools', (received) => result(received, { tools: [1, 2, 3, 4, 5] })],
    ['lists too many bytes', (received) => result(received, { tools: ['x'.repeat(5_000)] })],
    ['has no tools', (received) => result(received, {})],
    ['has a cursor that is none', (received) => result(received, { tools: [], nextCursor: 7 })],
    ['has a result that is none', (received) => result(received, [])],
    ['is an error', (received) => failure(received, -32603)],
    ['is no JSON', ({ response }) => response.writeHead(200, json).end('<html>')],
    ['is empty', ({ response }) => response.writeHead(404).end()],
    [
      'has a key twice',
      ({ response }) => response.writeHead(200, json).end('{"jsonrpc":"2.0","id":1,"id":2,"result":{}}'),
    ],
    [
      'is of another request',
      ({ response }) => response.writeHead(200, json).end('{"jsonrpc":"2.0","id":"x","result":{"tools":[]}}'),
    ],
    [
      'is a stream of other things',
      ({ response }) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write('data: {"jsonrpc":"2.0","method":"notifications/message","params":{}}\n\n'.repeat(20));
      },
    ],
    [
      'is a stream that ends',
      ({ response }) => response.writeHead(200, { 'content-type': 'text/event-stream' }).end(': no\n\n'),
    ],
  ];
  for (const [name, answer] of hostile)
    test(`stops where the answer ${name}`, async () => {
      const { upstream } = await stubUpstream(answer);
      await assert.rejects(askTools(upstream, asker, few), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'WRIT_UPSTREAM_INVALID');
        assert.doesNotMatch(error.message, /secret|html/);
        return true;
      });
    });

  test('takes its answer from a stream, and lets go of the rest', async () => {
    let broken: Promise<void> | undefined;
    const { upstream } = await stubUpstream((received) => {
      broken = received.broken;
      const answer = JSON.stringify({ jsonrpc: '2.0', id: read(received).id, result: { tools: [{ name: 'a' }] } });
      received.response.writeHead(200, { 'content-type': 'text/event-stream' });
      received.response.write(
        `: hello\n\ndata: {"jsonrpc":"2.0","method":"notifications/message","params":{}}\n\ndata: ${answer}\n\n`,
      );
    });
    assert.equal((await askTools(upstream, asker, few)).length, 1);
    await broken;
  });

  test('is broken off from outside', async () => {
    const { upstream } = await stubUpstream(() => {});
    await assert.rejects(askTools(upstream, asker, few, AbortSignal.timeout(20)), {
      code: 'WRIT_UPSTREAM_UNREACHABLE',
    });
    await assert.rejects(askTools(upstream, asker, few, AbortSignal.abort()), { code: 'WRIT_UPSTREAM_UNREACHABLE' });
  });
});

describe('a server of either era', () => {
  test('is asked as 2026-07-28 has it where it knows that', async () => {
    const seen: string[] = [];
    const { upstream } = await stubUpstream((received) => {
      seen.push(`${read(received).method} ${received.request.headers['mcp-method']}`);
      result(received, { tools: [{ name: 'a' }], resultType: 'complete' });
    });
    assert.equal((await listServerTools(upstream, '0.0.0')).length, 1);
    assert.deepEqual(seen, ['tools/list tools/list']);
  });

  test('is asked in a session of its own where it does not, which is ended', async () => {
    const seen: string[] = [];
    const { upstream } = await stubUpstream((received) => {
      const { method } = read(received);
      const session = received.request.headers['mcp-session-id'];
      seen.push(`${received.request.method} ${method} ${session} ${received.request.headers['mcp-protocol-version']}`);
      if (method === 'initialize')
        return result(received, { protocolVersion: '2025-06-18' }, { 'mcp-session-id': 's1' });
      if (session !== 's1') return failure(received, -32000, 400);
      if (method === 'tools/list') return result(received, { tools: [{ name: 'a' }] });
      return received.response.writeHead(202).end();
    });
    assert.equal((await listServerTools(upstream, '0.0.0')).length, 1);
    assert.deepEqual(seen, [
      'POST tools/list undefined 2026-07-28',
      'POST initialize undefined undefined',
      'POST notifications/initialized s1 2025-06-18',
      'POST tools/list s1 2025-06-18',
      'DELETE none s1 2025-06-18',
    ]);
  });

  test('that is not there is not asked twice', async () => {
    const { upstream } = await stubUpstream(({ request }) => request.socket.destroy(), { bytes: limits.bytes });
    await assert.rejects(listServerTools(upstream, '0.0.0'), { code: 'WRIT_UPSTREAM_UNREACHABLE' });
  });
});
