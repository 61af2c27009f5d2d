import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as TransportV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { customers } from '../../fixtures/servers/people.ts';
import { conformanceBundle } from '../conformance/gateway.ts';
import { type FixtureServer, startFixtureServer } from '../conformance/server/serve.ts';
import { eras } from '../support/combined.ts';
import { type CombinedScene, openCombinedScene } from '../support/combined-scene.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { subjects } from '../support/record-session.ts';
import { shippedBundle } from '../support/scene.ts';

const inspector = fileURLToPath(
  new URL('../../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url),
);
const [anna] = customers;
assert.ok(anna);
/** In support, and on the staff that may use the reference server. */
const sam = { persona: 'support-agent', claims: { groups: ['support', 'staff'] } } as const;
const denied = 'There is no tool, prompt or resource of this name.';

describe('real clients at the address of all servers', () => {
  let scene: CombinedScene;
  before(async () => {
    scene = await openCombinedScene();
  });
  after(() => scene.close());

  /** What a caller is shown at the servers' own addresses, under the names they have here. */
  async function apart(era: 'legacy' | 'modern', servers: readonly string[]): Promise<string[]> {
    const lists = servers.map(async (server) => {
      const client = await scene.connect(sam, era, {}, `/${server}/mcp`);
      return (await client.listTools()).tools.map(({ name }) => `${server}__${name}`);
    });
    return (await Promise.all(lists)).flat();
  }

  for (const era of eras) {
    const servers = era === 'legacy' ? ['crm', 'hr', 'tickets', 'everything'] : ['crm', 'hr', 'tickets'];

    test(`TypeScript client 2.x, ${era} era: the tools of all servers, as each shows them by itself`, async () => {
      const client = await scene.connect(sam, era);
      const { tools } = await client.listTools();
      assert.deepEqual(
        tools.map(({ name }) => name),
        await apart(era, servers),
      );
      assert.ok(tools.some(({ name }) => name === 'crm__customers.lookup'));
      assert.ok(!tools.some(({ name }) => name.startsWith('hr__')));
    });

    test(`TypeScript client 2.x, ${era} era: allowed, masked and denied`, async () => {
      const client = await scene.connect(sam, era);
      const seen = JSON.stringify(await client.callTool({ name: 'crm__customers.lookup', arguments: { id: anna.id } }));
      assert.ok(seen.includes(anna.name));
      for (const hidden of [anna.email, anna.phone, anna.address.street]) assert.ok(!seen.includes(hidden));
      const search = await client.callTool({ name: 'crm__customers.search', arguments: {} });
      assert.deepEqual(search._meta?.['writ/decision'] && Object(search._meta['writ/decision']).rules, [
        'gdpr.deny.unbounded_search',
      ]);
      const stats = await client.callTool({ name: 'tickets__tickets.stats', arguments: {} });
      assert.notEqual(stats.isError, true);
      for (const name of ['hr__employees.lookup', 'hr__nothing', 'crm__employees.lookup', 'nobody__x'])
        await assert.rejects(client.callTool({ name, arguments: { id: 'E-1' } }), { message: denied, code: -32602 });
      assert.ok(!scene.servers.hr.seen.some(({ method }) => method === 'tools/call'));
    });

    test(`MCP Inspector CLI, ${era} era`, async () => {
      const run = async (...asked: string[]) => {
        const token = await scene.token(sam);
        const command = [
          inspector,
          '--cli',
          scene.url,
          '--transport',
          'http',
          '--protocol-era',
          era,
          '--format',
          'json',
        ];
        const header = ['--header', `Authorization: Bearer ${token}`];
        const { stdout } = await promisify(execFile)(process.execPath, [...command, ...header, ...asked], {
          timeout: 60_000,
        });
        const printed = JSON.parse(stdout);
        return printed.result ?? printed;
      };
      const { tools } = await run('--method', 'tools/list');
      assert.ok(tools.some(({ name }: { name: string }) => name === 'tickets__tickets.stats'));
      const lookup = ['--tool-name', 'crm__customers.lookup', '--tool-arg', `id=${anna.id}`];
      const result = await run('--method', 'tools/call', ...lookup);
      assert.equal(result.structuredContent.customers[0].name, anna.name);
      assert.notEqual(result.structuredContent.customers[0].email, anna.email);
    });
  }

  test('resources, templates, prompts and completion lead to their server and back', async () => {
    const client = await scene.connect(sam, 'legacy');
    const { resources } = await client.listResources();
    const [first] = resources;
    assert.ok(first);
    assert.ok(first.uri.startsWith('everything+demo://resource/static/'));
    const { contents } = await client.readResource({ uri: first.uri });
    assert.equal(contents[0]?.uri, first.uri);
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.ok(resourceTemplates.every(({ uriTemplate }) => uriTemplate.startsWith('everything+demo://')));
    const { content } = await client.callTool({ name: 'everything__get-resource-links', arguments: { count: 2 } });
    const links = content.flatMap((item) => (item.type === 'resource_link' ? [item.uri] : []));
    assert.equal(links.length, 2);
    for (const uri of links) assert.equal((await client.readResource({ uri })).contents[0]?.uri, uri);
    const { prompts } = await client.listPrompts();
    assert.ok(prompts.some(({ name }) => name === 'everything__args-prompt'));
    const prompt = await client.getPrompt({ name: 'everything__args-prompt', arguments: { city: 'Chicago' } });
    assert.match(JSON.stringify(prompt.messages), /Chicago/);
    await assert.rejects(client.readResource({ uri: 'crm+demo://resource/static/x' }), { message: denied });
    await assert.rejects(client.getPrompt({ name: 'crm__args-prompt' }), { message: denied });
    await client.close();
  });

  test('SDK v1: lists, calls, and masks alike', async () => {
    const client = new ClientV1({ name: 'v1', version: '1' });
    const headers = { authorization: `Bearer ${await scene.token(sam)}` };
    const transport = new TransportV1(new URL(scene.url), { requestInit: { headers } });
    // The SDK's own transport does not fit its interface under exactOptionalPropertyTypes.
    await client.connect(transport as Transport);
    const { tools } = await client.listTools();
    assert.ok(
      tools.some(({ name }) => name === 'everything__echo') &&
        tools.some(({ name }) => name === 'crm__customers.stats'),
    );
    const echo = await client.callTool(
      { name: 'everything__echo', arguments: { message: 'hi' } },
      CallToolResultSchema,
    );
    assert.match(JSON.stringify(echo), /hi/);
    await client.ping();
    await client.close();
  });
});

describe('a server that asks and tells, at the address of all servers', () => {
  let server: FixtureServer;
  let gateway: TestGateway;
  before(async () => {
    server = await startFixtureServer();
    const url = server.url;
    gateway = await openGateway({
      bundle: await conformanceBundle(),
      combined: true,
      servers: { open: { url }, crm: { url } },
    });
  });
  after(async () => {
    await gateway.close();
    await server.close();
  });

  async function connect(era: 'legacy' | 'modern'): Promise<{ client: Client; asked: string[]; told: unknown[] }> {
    const mode = era === 'legacy' ? 'legacy' : { pin: '2026-07-28' };
    const capabilities = { elicitation: {}, sampling: {} };
    const client = new Client({ name: 'test', version: '1' }, { capabilities, versionNegotiation: { mode } });
    const [asked, told]: [string[], unknown[]] = [[], []];
    client.setRequestHandler('elicitation/create', ({ params }) => {
      asked.push(params.message);
      return { action: 'accept', content: { username: 'sam', email: 'sam@example.org' } };
    });
    client.setRequestHandler('sampling/createMessage', ({ params }) => {
      asked.push(JSON.stringify(params.messages));
      return { role: 'assistant', content: { type: 'text', text: 'said by the model' }, model: 'm' };
    });
    client.setNotificationHandler('notifications/message', ({ params }) => void told.push(params.data));
    const headers = { authorization: `Bearer ${await gateway.issuer.token({ persona: 'support-agent' })}` };
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${gateway.url}/mcp`), { requestInit: { headers } }),
    );
    return { client, asked, told };
  }

  for (const era of eras) {
    test(`${era}: a person is asked, told who asks, and the answer comes to the call`, async () => {
      const { client, asked } = await connect(era);
      const result = await client.callTool({ name: 'open__test_elicitation', arguments: { message: 'Who?' } });
      assert.match(JSON.stringify(result.content), /sam@example.org/);
      assert.deepEqual(asked, ['open: Who?']);
      const sampled = await client.callTool({ name: 'open__test_sampling', arguments: { prompt: 'Say' } });
      assert.match(JSON.stringify(sampled.content), /said by the model/);
      await client.close();
    });

    test(`${era}: progress and messages of a call come while it runs`, async () => {
      const { client, told } = await connect(era);
      const seen: number[] = [];
      const onprogress = ({ progress }: { progress: number }) => void seen.push(progress);
      await client.callTool({ name: 'open__test_tool_with_progress', arguments: {} }, { onprogress });
      assert.ok(seen.length > 1);
      if (era === 'legacy') {
        await client.setLoggingLevel('debug');
        await client.callTool({ name: 'open__test_tool_with_logging', arguments: {} });
        assert.ok(told.length > 0);
      }
      await client.close();
    });

    test(`${era}: an argument that a header repeats reaches its tool`, async () => {
      const { client } = await connect(era);
      const { tools } = await client.listTools();
      const tool = tools.find(({ name }) => name === 'open__test_mirrored_argument');
      assert.ok(tool);
      const [name = ''] = Object.keys(Object(tool.inputSchema.properties));
      const result = await client.callTool({ name: tool.name, arguments: { [name]: 'north' } });
      assert.notEqual(result.isError, true);
      await client.close();
    });
  }

  test('legacy: a stream that its server closes early is resumed where it began', async () => {
    const { client } = await connect('legacy');
    const result = await client.callTool({ name: 'open__test_reconnection', arguments: {} });
    assert.notEqual(result.isError, true);
    await client.close();
  });

  test('legacy: changes are told on the stream of all servers, under the names of here', async () => {
    const { client } = await connect('legacy');
    const updated: string[] = [];
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => void updated.push(params.uri));
    const { resources } = await client.listResources();
    const uri = resources.find((each) => each.uri.startsWith('open+'))?.uri ?? '';
    await client.subscribeResource({ uri });
    await client.unsubscribeResource({ uri });
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'open__test_prompt_with_arguments' },
      argument: { name: 'arg1', value: 'te' },
    });
    assert.ok(Array.isArray(completion.values));
    await client.close();
  });
});

test('a client that tries the newer version first falls back where every server is of the older', async () => {
  const everything = await subjects.everything();
  assert.ok('url' in everything.reached);
  const servers = { everything: { url: everything.reached.url } };
  const gateway = await openGateway({ bundle: await shippedBundle(), combined: true, servers });
  try {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    const headers = { authorization: `Bearer ${await gateway.issuer.token(sam)}` };
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${gateway.url}/mcp`), { requestInit: { headers } }),
    );
    const { tools } = await client.listTools();
    assert.ok(tools.some(({ name }) => name === 'everything__echo'));
    await client.close();
  } finally {
    await gateway.close();
    await everything.close();
  }
});
