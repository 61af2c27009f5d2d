import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioClientTransportV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  ResourceUpdatedNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import type { Scene } from '../../cli/demo/scene.ts';
import type { Persona } from '../../fixtures/issuer.ts';
import { customers } from '../../fixtures/servers/people.ts';
import { foundIn } from '../support/canaries.ts';
import { openTestScene } from '../support/scene.ts';
import { until } from '../support/until.ts';
import { modernMeta } from './bridge/harness.ts';
import { granted, pending, startTestIssuer } from './bridge/issuer.ts';
import { initialized, json, plain, startStub } from './bridge/stub.ts';
import { temporary } from './project.ts';
import { runWrit, startWrit } from './run-writ.ts';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
const packages = fileURLToPath(new URL('../../node_modules/', import.meta.url));
const inspector = join(packages, '@modelcontextprotocol/inspector/clients/launcher/build/index.js');
const everything = join(packages, '@modelcontextprotocol/server-everything/dist/index.js');
const start = [main, 'stdio'];
const [anna] = customers;
assert.ok(anna);

/** Command and arguments as a client has them in its configuration. */
function command(...args: string[]) {
  return { command: process.execPath, args: [...start, ...args], stderr: 'ignore' as const };
}

const modes = { legacy: 'legacy', modern: 'auto' } as const;

describe('real clients on stdio, unchanged, through the gateway', () => {
  let scene: Scene;
  let gateway: string[];
  before(async () => {
    scene = await openTestScene();
    gateway = ['--gateway', scene.endpoint.replace('/crm/mcp', ''), '--server', 'crm'];
  });
  after(() => scene.close());

  const env = async (persona: Persona) => ({ WRIT_TOKEN: await scene.issuer.token({ persona }) });

  for (const [name, connect] of [
    ['TypeScript client 2.x, legacy era', (set: Record<string, string>) => connected('legacy', set)],
    ['TypeScript client 2.x, modern era', (set: Record<string, string>) => connected('modern', set)],
    [
      'TypeScript SDK 1.x',
      async (set: Record<string, string>) => {
        const client = new ClientV1({ name: 'test', version: '1' });
        await client.connect(new StdioClientTransportV1({ ...command(...gateway), env: set }));
        return client;
      },
    ],
  ] as const)
    test(`${name}: lists, calls, is masked and is refused`, async () => {
      const client = await connect(await env('support-agent'));
      try {
        const { tools } = await client.listTools();
        assert.ok(tools.some((tool) => tool.name === 'customers.lookup'));
        const masked = await client.callTool({ name: 'customers.lookup', arguments: { id: anna.id } });
        assert.match(JSON.stringify(masked), new RegExp(anna.name));
        assert.ok(!JSON.stringify(masked).includes(anna.email));
        const refused = await client.callTool({ name: 'customers.search', arguments: {} });
        assert.equal(refused.isError, true);
        assert.match(JSON.stringify(refused.content), /A search needs a query or a region/);
        const several = await Promise.all(
          Array.from({ length: 8 }, () => client.callTool({ name: 'customers.lookup', arguments: { id: anna.id } })),
        );
        for (const result of several) assert.deepEqual(result.structuredContent, masked.structuredContent);
      } finally {
        await client.close();
      }
    });

  async function connected(era: keyof typeof modes, set: Record<string, string>) {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: modes[era] } });
    await client.connect(new StdioClientTransport({ ...command(...gateway), env: set }));
    assert.equal(client.getNegotiatedProtocolVersion(), era === 'modern' ? '2026-07-28' : '2025-11-25');
    return client;
  }

  for (const era of ['legacy', 'modern'])
    test(`MCP Inspector CLI, ${era} era: lists and calls`, async () => {
      const { WRIT_TOKEN } = await env('ci-job');
      const inspect = async (...args: string[]) => {
        const given = ['--cli', '-e', `WRIT_TOKEN=${WRIT_TOKEN}`, '--protocol-era', era, '--format', 'json', ...args];
        const { command: node, args: rest } = command(...gateway);
        const { stdout } = await promisify(execFile)(process.execPath, [inspector, ...given, '--', node, ...rest], {
          timeout: 60_000,
        });
        const printed = JSON.parse(stdout);
        return printed.result ?? printed;
      };
      const { tools } = await inspect('--method', 'tools/list');
      assert.ok(tools.some(({ name }: { name: string }) => name === 'customers.stats'));
      const called = await inspect('--method', 'tools/call', '--tool-name', 'customers.stats');
      assert.equal(called.structuredContent.total, customers.length);
    });

  test('without a token the client hears so from the gateway, under its own id', async (t) => {
    const input = `${JSON.stringify({ jsonrpc: '2.0', id: 'a', method: 'tools/list', params: { _meta: modernMeta } })}\n`;
    const { code, stdout } = await runWrit(['stdio', ...gateway], temporary(t), { input });
    assert.equal(code, 0);
    const { id, error } = JSON.parse(stdout);
    assert.deepEqual([id, error.data.code], ['a', 'WRIT_TOKEN_MISSING']);
  });
});

describe('a real server with all that sessions have, by --url', () => {
  let url: string;
  let server: ReturnType<typeof spawn>;
  before(async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const address = free.address();
    assert.ok(address !== null && typeof address === 'object');
    free.close();
    const env = { ...process.env, PORT: String(address.port) };
    server = spawn(process.execPath, [everything, 'streamableHttp'], { env, stdio: 'ignore', timeout: 120_000 });
    url = `http://127.0.0.1:${address.port}/mcp`;
    let answers = false;
    for (let tries = 0; !answers && tries < 200; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      answers = await fetch(url).then(
        () => true,
        () => false,
      );
    }
    assert.ok(answers, 'server-everything is up');
  });
  after(() => server.kill());

  test('TypeScript SDK 1.x: progress, roots, sampling, elicitation, subscriptions and cancellation', async () => {
    const client = new ClientV1(
      { name: 'test', version: '1' },
      { capabilities: { roots: { listChanged: true }, sampling: {}, elicitation: {} } },
    );
    client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///made/up', name: 'made up' }] }));
    client.setRequestHandler(CreateMessageRequestSchema, () => ({
      model: 'none',
      role: 'assistant',
      content: { type: 'text', text: 'sampled through stdio' },
    }));
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'decline' }));
    const updated: string[] = [];
    client.setNotificationHandler(ResourceUpdatedNotificationSchema, ({ params }) => void updated.push(params.uri));
    await client.connect(new StdioClientTransportV1(command('--url', url)));
    try {
      const steps: number[] = [];
      const long = { name: 'trigger-long-running-operation', arguments: { duration: 0.4, steps: 4 } };
      await client.callTool(long, undefined, { onprogress: ({ progress }) => void steps.push(progress) });
      // This client drops progress that arrives with the answer in one read, of a server on stdio just the same.
      assert.deepEqual(steps.slice(0, 3), [1, 2, 3]);
      const said = async (name: string, args: object = {}) =>
        JSON.stringify((await client.callTool({ name, arguments: { ...args } })).content);
      // Which tools there are depends on the capabilities that arrived.
      assert.match(await said('get-roots-list'), /made up/);
      assert.match(await said('trigger-sampling-request', { prompt: 'x' }), /sampled through stdio/);
      assert.match(await said('trigger-elicitation-request'), /declined/i);
      const uri = 'demo://resource/static/document/features.md';
      await client.subscribeResource({ uri });
      await client.callTool({ name: 'toggle-subscriber-updates', arguments: {} });
      await until(() => updated.includes(uri), 'an update on the stream of the server');
      const leave = new AbortController();
      const slow = { name: 'trigger-long-running-operation', arguments: { duration: 60, steps: 600 } };
      const cancelled = client.callTool(slow, undefined, { signal: leave.signal, onprogress: () => leave.abort() });
      await assert.rejects(cancelled);
      await client.ping();
    } finally {
      await client.close();
    }
  });
});

test('TypeScript client 2.x, modern era: a subscription is acknowledged, and closed by the client', async () => {
  const scene = await openTestScene();
  try {
    const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: 'auto' } });
    await client.connect(new StdioClientTransport(command('--url', scene.crm.url)));
    const subscription = await client.listen({ toolsListChanged: true });
    await subscription.close();
    assert.notEqual((await client.listTools()).tools.length, 0);
    await client.close();
  } finally {
    await scene.close();
  }
});

test('SIGTERM ends the session at the server and the process in order', async (t) => {
  const stub = await startStub(t, ({ http, message }, response) => {
    if (http === 'GET') response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': quiet\n\n');
    else if (message.method === 'initialize')
      response.writeHead(200, { ...json, 'mcp-session-id': 's-1' }).end(initialized(message.id));
    else response.writeHead(202).end();
  });
  const child = startWrit(['stdio', '--url', stub.url], temporary(t));
  const lines = [
    '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{}}',
    '{"jsonrpc":"2.0","method":"notifications/initialized"}',
  ];
  child.stdin?.write(`${lines.join('\n')}\n`);
  await until(() => stub.seen.some(({ http }) => http === 'GET'), 'the stream is asked for');
  child.kill('SIGTERM');
  const [code] = await once(child, 'close');
  assert.equal(code, 0);
  assert.equal(stub.last(({ http }) => http === 'DELETE')?.headers['mcp-session-id'], 's-1');
});

test('a token file is read anew for each message; no output names a token', async (t) => {
  const folder = temporary(t);
  const stub = await startStub(t);
  writeFileSync(join(folder, 'token'), 'token-one\n');
  const child = startWrit(['stdio', '--url', stub.url, '--token-file', 'token'], folder);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  const ask = (id: number) =>
    child.stdin?.write(`${JSON.stringify({ jsonrpc: '2.0', id, method: 'ping', params: { _meta: modernMeta } })}\n`);
  ask(1);
  await until(() => said.includes('"id":1'), 'an answer');
  writeFileSync(join(folder, 'token'), 'token-two');
  ask(2);
  await until(() => said.includes('"id":2'), 'an answer');
  writeFileSync(join(folder, 'token'), 'no token at all\n');
  ask(3);
  await until(() => said.includes('"id":3'), 'an error');
  child.stdin?.end();
  await once(child, 'close');
  assert.deepEqual(
    stub.seen.map(({ headers }) => headers.authorization),
    ['Bearer token-one', 'Bearer token-two'],
  );
  assert.deepEqual(foundIn(said, ['token-one', 'token-two', 'no token at all']), []);
});

test('writ login, then writ stdio, then writ logout', async (t) => {
  const folder = temporary(t);
  const issuer = await startTestIssuer(t);
  const stub = await startStub(t, (received, response) => {
    if (received.path === '/metadata') {
      const metadata = { resource: stub.url, authorization_servers: [issuer.issuer] };
      response.writeHead(200, json).end(JSON.stringify(metadata));
    } else if (received.headers.authorization === 'Bearer access-1') plain(received, response);
    else {
      const challenge = `Bearer resource_metadata="${stub.origin}/metadata"`;
      response.writeHead(401, { 'www-authenticate': challenge }).end();
    }
  });
  const env = { XDG_STATE_HOME: join(folder, 'state'), WRIT_TOKEN: '' };
  const options = ['--url', stub.url, '--client-id', 'writ-test'];
  const input = `${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'ping', params: { _meta: modernMeta } })}\n`;
  const before = await runWrit(['stdio', ...options], folder, { env, input });
  assert.equal(JSON.parse(before.stdout).error.data.code, 'WRIT_LOGIN_NEEDED');
  assert.match(before.stdout, /writ login/);
  issuer.tokens.unshift(pending);
  const signedIn = await runWrit(['login', ...options], folder, { env });
  assert.deepEqual([signedIn.code, signedIn.stdout], [0, `Signed in at ${issuer.issuer}.\n`], signedIn.stderr);
  assert.match(signedIn.stderr, /open http:\/\/127\.0\.0\.1:\d+\/activate\n\s+and enter the code WDJB-MJHT/);
  const during = await runWrit(['stdio', ...options], folder, { env, input });
  assert.equal(during.stdout, '{"jsonrpc":"2.0","id":1,"result":{}}\n');
  assert.equal((await runWrit(['logout', ...options], folder, { env })).stdout, 'Signed out.\n');
  const kept = await runWrit(['stdio', ...options], folder, { env, input });
  assert.equal(JSON.parse(kept.stdout).error.data.code, 'WRIT_LOGIN_NEEDED');
  issuer.tokens = [granted('access-1', { refresh_token: 'refresh-9' })];
  const forgotten = await runWrit(['stdio', '--login', '--no-store', ...options], folder, { env, input });
  assert.equal(forgotten.stdout, '{"jsonrpc":"2.0","id":1,"result":{}}\n');
  assert.match(forgotten.stderr, /enter the code WDJB-MJHT/);
  const last = await runWrit(['stdio', ...options], folder, { env, input });
  assert.equal(JSON.parse(last.stdout).error.data.code, 'WRIT_LOGIN_NEEDED');
  issuer.tokens = [[400, { error: 'access_denied' }]];
  const declined = await runWrit(['login', ...options], folder, { env });
  assert.equal(declined.code, 1);
  const all = [before, signedIn, during, kept, forgotten, last, declined].map(({ stdout, stderr }) => stdout + stderr);
  assert.deepEqual(foundIn(all.join(''), ['access-1', 'refresh-1', 'refresh-9', 'device-secret']), []);
});

describe('what is asked wrongly is said with a way out', () => {
  for (const [what, args, code, said] of [
    ['neither server nor URL', [], 64, /either --server <name> or --url/],
    ['both', ['--server', 'crm', '--url', 'http://127.0.0.1:1/mcp'], 64, /either --server/],
    ['a server that leads elsewhere', ['--server', '../x'], 64, /name of a server/],
    ['no URL', ['--url', 'gateway'], 64, /http or https URL/],
    ['a password in the URL', ['--url', 'http://a:secret-word@127.0.0.1/mcp'], 64, /without user, password/],
    ['a token in the clear', ['--url', 'http://mcp.example.com/mcp'], 64, /--allow-http/],
    ['two identities', ['--server', 'crm', '--token-file', 'x', '--login'], 64, /either --token-file or/],
    ['a login without a client', ['--server', 'crm', '--login'], 64, /--client-id/],
    ['a file that is not there', ['--server', 'crm', '--token-file', 'nowhere'], 65, /nowhere is not there/],
    ['no size', ['--server', 'crm', '--max-message', '5'], 64, /--max-message/],
  ] as const)
    test(what, async (t) => {
      const ended = await runWrit(['stdio', ...args], temporary(t), { env: { WRIT_TOKEN: '' } });
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, said);
      assert.equal(ended.stdout, '');
      assert.doesNotMatch(ended.stderr, /secret-word| {4}at /);
    });

  test('a token that is none', async (t) => {
    const env = { WRIT_TOKEN: 'secret word' };
    const ended = await runWrit(['stdio', '--server', 'crm'], temporary(t), { env });
    assert.equal(ended.code, 64);
    assert.match(ended.stderr, /WRIT_TOKEN holds no bearer token/);
    assert.doesNotMatch(ended.stderr, /secret word/);
  });
});
