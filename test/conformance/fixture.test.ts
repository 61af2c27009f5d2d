import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { isObject } from '../../engine/json/types.ts';
import { readYaml } from '../../engine/yaml/read.ts';
import { begin } from '../support/http.ts';
import { conformanceBundle, openConformanceGateway } from './gateway.ts';
import { assertMasked } from './masking.ts';
import { type FixtureServer, startFixtureServer } from './server/serve.ts';
import { tools } from './server/tools.ts';

const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
});

describe('the fixture server', () => {
  let server: FixtureServer;
  before(async () => {
    server = await startFixtureServer();
  });
  after(() => server.close());

  for (const mode of ['auto', 'legacy'] as const)
    test(`lists its tools in the era ${mode}`, async () => {
      const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
      await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
      const { tools: listed } = await client.listTools();
      await client.close();
      assert.deepEqual(
        listed.map(({ name }) => name),
        tools.map(({ name }) => name),
      );
    });

  test('takes no request of another host or origin', async () => {
    const accept = 'application/json, text/event-stream';
    const status = async (headers: Record<string, string>): Promise<number> => {
      const [response] = await once(
        begin(server.url, { headers: { accept, ...headers }, body: initialize }),
        'response',
      );
      response.destroy();
      return response.statusCode;
    };
    assert.equal(await status({}), 200);
    assert.equal(await status({ host: 'evil.example.com' }), 403);
    assert.equal(await status({ origin: 'http://evil.example.com' }), 403);
  });

  test('gives its personal data away, until the masks of the pack are before it', async () => {
    const gateway = await openConformanceGateway(server.url, await conformanceBundle());
    try {
      await assert.rejects(assertMasked(server.url), /not active/);
      await assert.rejects(assertMasked(gateway.url('open')), /not active/);
      await assertMasked(gateway.url('crm'));
    } finally {
      await gateway.close();
    }
  });
});

test('the catalogue knows every tool of the fixture server, by both names of it', () => {
  const file = 'policies/catalogue.yaml';
  const { value } = readYaml(readFileSync(new URL(file, import.meta.url), 'utf8'), file, 'WRIT_FIXTURE_INVALID');
  const catalogue = isObject(value) && isObject(value.catalogue) ? value.catalogue : {};
  for (const server of ['open', 'crm'])
    for (const { name } of tools) assert.ok(Object.hasOwn(Object(catalogue[server]), name), `${server} ${name}`);
});
