import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { conducts, held, listening, openAsking } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { raw, result } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

const begun = result(
  { protocolVersion: '2025-11-25', capabilities: {}, serverInfo: { name: 'stub', version: '1' } },
  { 'mcp-session-id': 'session-1' },
);

describe('what is no fault of the server, and nothing to warn of', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openAsking();
  });
  after(() => gateway.close());
  beforeEach(() => {
    gateway.stub.seen.length = 0;
  });
  const warnings = () => gateway.messages().match(/"level":[4-6]0.*/g) ?? [];

  const without: Record<string, Asked> = {
    GET: listening({}),
    DELETE: { ...listening({}), method: 'DELETE' },
    'a notification': { era: 'legacy', server: 'desk', rpc: 'notifications/initialized', id: null },
  };
  for (const [what, asked] of Object.entries(without)) {
    test(`${what} that names no session, to a server that has sessions`, async () => {
      gateway.stub.conduct = raw(400, {}, '{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"canary-7"}}');
      const { status, last, wire } = await gateway.ask(asked);
      assert.deepEqual([status, last.error?.data?.code], [400, 'WRIT_SESSION_MISSING']);
      assert.ok(!wire.includes('canary-7'));
      assert.equal(gateway.stub.seen.length, 1);
      assert.deepEqual(warnings(), []);
    });
  }

  test('a client of HTTP+SSE that goes away while its server has nothing to say', async () => {
    const stream = held();
    gateway.stub.conduct = conducts({ initialize: begun, GET: stream.conduct });
    const { headers, url } = await gateway.compose({ server: 'desk' });
    const withToken = (to: string | URL, init: RequestInit = {}) => {
      const sent = new Headers(init.headers);
      sent.set('authorization', String(headers.authorization));
      return fetch(to, { ...init, headers: sent });
    };
    const client = new Client({ name: 'old-client', version: '1.0.0' });
    await client.connect(
      new SSEClientTransport(new URL(url.replace(/mcp$/, 'sse')), {
        fetch: withToken,
        eventSourceInit: { fetch: withToken },
      }),
    );
    await stream.begun();
    await client.close();
    await until(stream.closed, 'the stream of the server ends');
    await until(() => gateway.stub.seen.some(({ verb }) => verb === 'DELETE'), 'so does the session');
    assert.deepEqual(warnings(), []);
  });
});
