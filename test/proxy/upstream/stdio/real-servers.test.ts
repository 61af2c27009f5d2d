import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as FirstTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema, ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import { DuplexUpstream } from '../../../../proxy/upstream/duplex/duplex-upstream.ts';
import { openProcess } from '../../../../proxy/upstream/stdio/open-process.ts';
import { duplexLimits } from '../../../support/scripted-peer.ts';
import { serveUpstream } from '../../../support/serve-upstream.ts';
import { until } from '../../../support/until.ts';

const packages = fileURLToPath(new URL('../../../../node_modules/@modelcontextprotocol', import.meta.url));
const info = { name: 'test', version: '1' };

function folder(): string {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), 'writ-stdio-')));
  after(() => rmSync(directory, { recursive: true }));
  return directory;
}

/** A server of a package, or of a script, over stdio; and how many processes of it there were and are. */
async function served(server: string, args: string[] = [], environment: Record<string, string> = {}) {
  const file = server.endsWith('.mjs') ? server : `${packages}/${server}/dist/index.js`;
  const command = [process.execPath, file, ...args];
  const count = { started: 0, ended: 0 };
  const upstream = new DuplexUpstream(async () => {
    count.started++;
    const limits = { bytes: duplexLimits.bytes, graceMs: 2_000 };
    return await openProcess({ command, cwd: folder(), environment }, limits, { ended: () => count.ended++ });
  }, duplexLimits);
  after(() => upstream.close());
  return { url: await serveUpstream(upstream), count, upstream };
}

async function connect(url: URL, mode: 'legacy' | 'auto') {
  const client = new Client(info, { versionNegotiation: { mode } });
  const transport = new StreamableHTTPClientTransport(url);
  await client.connect(transport);
  return { client, transport };
}

const textOf = (result: object): string => {
  const content = 'content' in result && Array.isArray(result.content) ? result.content : [];
  return content.map(({ text }) => String(text)).join('');
};

describe('over stdio', () => {
  for (const mode of ['legacy', 'auto'] as const)
    test(`server-filesystem serves a client that begins as ${mode}`, async () => {
      const directory = folder();
      writeFileSync(join(directory, 'note.txt'), 'quiet – and "exact"');
      const { url, count } = await served('server-filesystem', [directory]);
      const { client, transport } = await connect(url, mode);
      const { tools } = await client.listTools();
      assert.ok(tools.some(({ name }) => name === 'read_text_file'));
      const path = join(directory, 'note.txt');
      const read = await client.callTool({ name: 'read_text_file', arguments: { path } });
      assert.equal(textOf(read), 'quiet – and "exact"');
      await transport.terminateSession();
      await until(() => count.ended === count.started, 'every process has ended');
      await client.close();
    });

  test('server-memory serves two clients with a process each', async () => {
    const { url, count } = await served('server-memory', [], { MEMORY_FILE_PATH: join(folder(), 'memory.jsonl') });
    const [one, two] = [await connect(url, 'legacy'), await connect(url, 'legacy')];
    const entities = [{ name: 'Ada', entityType: 'person', observations: ['likes tea'] }];
    await one.client.callTool({ name: 'create_entities', arguments: { entities } });
    assert.match(textOf(await two.client.callTool({ name: 'read_graph', arguments: {} })), /likes tea/);
    assert.equal(count.started, 2);
    await one.transport.terminateSession();
    await until(() => count.ended === 1, 'its process has ended');
    assert.match(textOf(await two.client.callTool({ name: 'read_graph', arguments: {} })), /Ada/);
    await one.client.close();
    await two.client.close();
  });

  test('server-everything asks its client, tells of progress, and is answered', async () => {
    const { url } = await served('server-everything', ['stdio']);
    const client = new FirstClient(info, { capabilities: { roots: {}, elicitation: {} } });
    client.setRequestHandler(ListRootsRequestSchema, () => ({ roots: [{ uri: 'file:///work', name: 'work' }] }));
    client.setRequestHandler(ElicitRequestSchema, () => ({ action: 'accept', content: { name: 'Ada' } }));
    const transport = new FirstTransport(url);
    // Its types do not know exactOptionalPropertyTypes.
    await client.connect(transport as Parameters<typeof client.connect>[0]);
    const progress: number[] = [];
    const done = await client.callTool(
      { name: 'trigger-long-running-operation', arguments: { duration: 0.2, steps: 4 } },
      undefined,
      { onprogress: (each) => progress.push(each.progress) },
    );
    assert.match(textOf(done), /completed/);
    assert.deepEqual(progress, [1, 2, 3, 4]);
    const asked = await client.callTool({ name: 'trigger-elicitation-request', arguments: {} });
    assert.match(textOf(asked), /Ada/);
    assert.match(textOf(await client.callTool({ name: 'get-roots-list', arguments: {} })), /file:\/\/\/work/);
    await client.close();
  });

  test('a server of the newest version serves clients of both, one process for all without sessions', async () => {
    const server = `${folder()}/server.mjs`;
    const sdk = (path: string) => JSON.stringify(`${packages}/server/dist/${path}.mjs`);
    writeFileSync(
      server,
      `import { McpServer } from ${sdk('index')};
      import { serveStdio } from ${sdk('stdio')};
      serveStdio(() => {
        const server = new McpServer({ name: 'both', version: '1' }, { capabilities: { tools: { listChanged: true } } });
        const say = (text) => ({ content: [{ type: 'text', text }] });
        server.registerTool('pid', {}, () => say(String(process.pid)));
        server.registerTool('change', {}, () => { server.sendToolListChanged(); return say('changed'); });
        server.registerTool('hang', {}, ({ mcpReq }) => new Promise((resolve) => {
          mcpReq.signal.addEventListener('abort', () => { globalThis.cancelled = true; resolve(say('cancelled')); });
        }));
        server.registerTool('cancelled', {}, () => say(String(globalThis.cancelled)));
        return server;
      });`,
    );
    const { url, count } = await served(server);
    const [one, two] = [await connect(url, 'auto'), await connect(url, 'auto')];
    assert.equal(one.client.getNegotiatedProtocolVersion(), '2026-07-28');
    const pids = await Promise.all([one, two].map(({ client }) => client.callTool({ name: 'pid' }).then(textOf)));
    assert.equal(new Set(pids).size, 1);
    assert.equal(count.started, 1);

    let changes = 0;
    one.client.setNotificationHandler('notifications/tools/list_changed', () => {
      changes++;
    });
    const subscription = await one.client.listen({ toolsListChanged: true });
    await two.client.callTool({ name: 'change' });
    await until(() => changes === 1, 'the subscriber is told');
    await subscription.close();

    const leaving = new AbortController();
    const hanging = one.client.callTool({ name: 'hang' }, { signal: leaving.signal });
    setTimeout(() => leaving.abort(), 50);
    await assert.rejects(hanging);
    const told = async () => textOf(await two.client.callTool({ name: 'cancelled' }));
    for (let tries = 0; tries < 100 && (await told()) !== 'true'; tries++);
    assert.equal(await told(), 'true');

    const old = await connect(url, 'legacy');
    assert.notEqual(textOf(await old.client.callTool({ name: 'pid' })), pids[0]);
    assert.equal(count.started, 2);
    for (const { client } of [one, two, old]) await client.close();
  });
});
