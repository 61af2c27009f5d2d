import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import type { Scene } from '../../cli/demo/scene.ts';
import type { Persona } from '../../fixtures/issuer.ts';
import { customers } from '../../fixtures/servers/people.ts';
import { openTestScene } from '../support/scene.ts';

const [anna] = customers;
assert.ok(anna);

/** What the SDK types as a union of every kind of result. */
interface ToolResult {
  isError?: boolean;
  structuredContent?: { total?: number; customers?: { email: string }[] };
}

describe('HTTP+SSE, by the TypeScript SDK 1.x', () => {
  let scene: Scene;
  const open: Client[] = [];
  before(async () => {
    scene = await openTestScene();
  });
  after(async () => {
    for (const client of open) await client.close();
    await scene.close();
  });

  const addressOf = () => new URL(scene.endpoint.replace(/mcp$/, 'sse'));
  const connect = async (persona: Persona) => {
    const authorization = `Bearer ${await scene.issuer.token({ persona })}`;
    const client = new Client({ name: 'old-client', version: '1.0.0' });
    const withToken = (url: string | URL, init: RequestInit = {}) => {
      const headers = new Headers(init.headers);
      headers.set('authorization', authorization);
      return fetch(url, { ...init, headers });
    };
    await client.connect(
      new SSEClientTransport(addressOf(), { fetch: withToken, eventSourceInit: { fetch: withToken } }),
    );
    open.push(client);
    return client;
  };

  test('an allowed call is answered on the stream', async () => {
    const client = await connect('ci-job');
    const { structuredContent } = (await client.callTool({ name: 'customers.stats' })) as ToolResult;
    assert.equal(structuredContent?.total, customers.length);
  });

  test('a masked one is masked, and a list holds what the caller may use', async () => {
    const client = await connect('support-agent');
    const { tools } = await client.listTools();
    assert.ok(tools.length > 0 && tools.every(({ name }) => name !== 'health.notes'));
    const result = (await client.callTool({ name: 'customers.lookup', arguments: { id: anna.id } })) as ToolResult;
    assert.ok(!JSON.stringify(result).includes(anna.email));
    assert.equal(result.structuredContent?.customers?.length, 1);
  });

  test('a denied one is refused', async () => {
    const client = await connect('ci-job');
    const args = { id: anna.id };
    const result = (await client.callTool({ name: 'customers.lookup', arguments: args })) as ToolResult;
    assert.equal(result.isError, true);
  });

  test('many at once each get their own answer', async () => {
    const client = await connect('support-agent');
    const asked = customers.slice(0, 8).map(async ({ id }) => {
      const result = await client.callTool({ name: 'customers.lookup', arguments: { id } });
      assert.ok(JSON.stringify(result).includes(id));
    });
    await Promise.all(asked);
  });

  test('messages are taken from the caller alone whose stream it is, while it is open', async () => {
    const [support, job] = [
      await scene.issuer.token({ persona: 'support-agent' }),
      await scene.issuer.token({ persona: 'ci-job' }),
    ];
    const leaving = new AbortController();
    const stream = await fetch(addressOf(), {
      headers: { authorization: `Bearer ${support}` },
      signal: leaving.signal,
    });
    const first = await stream.body?.pipeThrough(new TextDecoderStream()).getReader().read();
    const endpoint = /^event: endpoint\ndata: (\S+)\n\n/.exec(first?.value ?? '')?.[1] ?? '';
    const post = async (token: string, path = endpoint) => {
      const response = await fetch(new URL(path, addressOf()), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: '{"jsonrpc":"2.0","id":1,"method":"ping"}',
      });
      await response.text();
      return response.status;
    };
    assert.equal(await post(support), 202);
    assert.equal(await post(job), 404);
    assert.equal(await post('none'), 401);
    assert.equal(await post(support, endpoint.slice(0, -4)), 404);
    leaving.abort();
    let ended = 202;
    for (let tries = 0; tries < 100 && ended === 202; tries++) ended = await post(support);
    assert.equal(ended, 404);
  });
});
