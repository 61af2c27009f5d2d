import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, type Baseline, check } from './asked.ts';
import { fastmcps } from './clients/fastmcp.ts';
import { inspectors } from './clients/inspector.ts';
import { bridges } from './clients/mcp-remote.ts';
import { sdks } from './clients/sdk-v1.ts';
import type { ClientKind, Reached } from './clients/types.ts';
import { typescripts } from './clients/typescript.ts';
import { type MatrixGateway, openMatrixGateway } from './gateway.ts';
import { limitOf } from './limits.ts';
import { type Cells, type Found, keepTable, keptTable, table } from './page.ts';
import { installPython } from './python-environment.ts';
import { type RealServer, type ServerId, serverIds, startServers } from './servers.ts';

// Published clients, unchanged, through one gateway to published servers, unchanged: each with each.
const clients: ClientKind[] = [...inspectors, ...typescripts, ...sdks, ...fastmcps, ...bridges];
const write = process.env.WRIT_MATRIX === 'write';

let servers: Map<ServerId, RealServer> = new Map();
const baselines = new Map<ServerId, Baseline>();
let gateway: MatrixGateway | undefined;
const cells: Cells = new Map(clients.map(({ id }) => [id, new Map()]));

before(async () => {
  await installPython();
  servers = new Map((await startServers()).map((server) => [server.id, server]));
  for (const [id, server] of servers) {
    const session = await server.direct();
    baselines.set(id, await ask(session, server.questions).finally(() => session.close()));
  }
  gateway = await openMatrixGateway([...servers.values()]);
});
after(async () => {
  await gateway?.close();
  await Promise.all([...servers.values()].map(({ close }) => close()));
});

async function through(client: ClientKind, reached: Reached, server: RealServer, direct: Baseline): Promise<Found> {
  const session = await client.open(reached);
  await check(session, server.questions, direct).finally(() => session.close());
  return { version: session.protocolVersion };
}

async function fails(client: ClientKind, reached: Reached): Promise<string> {
  let session: Awaited<ReturnType<ClientKind['open']>> | undefined;
  try {
    session = await client.open(reached);
    await session.tools();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    await session?.close();
  }
  return assert.fail('it works');
}

async function cell(client: ClientKind, id: ServerId): Promise<Found> {
  const [server, direct] = [servers.get(id), baselines.get(id)];
  assert.ok(server && direct && gateway);
  const limit = limitOf(client.id, id);
  if (limit === undefined) return through(client, gateway.reached(id), server, direct);
  assert.match(await fails(client, gateway.reached(id)), limit.says);
  // It is not the gateway's doing: without one it is the same.
  if (server.url !== undefined)
    assert.match(await fails(client, { url: server.url, sse: '', headers: {} }), limit.says);
  return { limit };
}

// A few at a time: most clients are processes of their own.
describe('published clients through the gateway to published servers', { concurrency: 3, timeout: 240_000 }, () => {
  for (const client of clients)
    for (const id of serverIds) {
      test(`${client.id} to ${id}`, async () => {
        cells.get(client.id)?.set(id, await cell(client, id));
      });
    }
});

test('what was refused has not been done', () => {
  for (const { questions } of servers.values()) questions.untouched?.();
});

test('the gateway had nothing to warn of', () => {
  const lines = gateway?.messages().trim().split('\n') ?? [];
  const messages = lines.map((line) => JSON.parse(line) as { level: number });
  assert.deepEqual(
    messages.filter(({ level }) => level > 30),
    [],
  );
});

test('the page has what was found', () => {
  for (const [client, found] of cells)
    assert.deepEqual(
      serverIds.filter((id) => !found.has(id)),
      [],
      `all of ${client}`,
    );
  if (write) keepTable(table(clients, cells));
  assert.equal(keptTable(), table(clients, cells));
});
