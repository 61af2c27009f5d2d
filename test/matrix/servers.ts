import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { files } from '../../fixtures/sessions.ts';
import { overStdio, sdks } from './clients/sdk-v1.ts';
import type { Session } from './clients/types.ts';
import { listening } from './listening.ts';
import { python } from './python-environment.ts';
import { ofEverything, ofFilesystem, ofMemory, ofNotes, type Questions } from './questions.ts';
import { fastmcpVersion, versionOf } from './versions.ts';

/** A published server, running or ready to be started. */
export interface RealServer {
  /** In the gateway's configuration, and in policies. */
  id: ServerId;
  questions: Questions;
  /** In the gateway's configuration. */
  config: Record<string, unknown>;
  /** Over Streamable HTTP, for clients that ask it directly; undefined where it does not speak that. */
  url?: string;
  /** A session without a gateway between. */
  direct(): Promise<Session>;
  close(): Promise<void>;
}

const main = (name: string) => fileURLToPath(import.meta.resolve(`@modelcontextprotocol/${name}/dist/index.js`));
const everything = main('server-everything');
const [overHttp, overSse] = sdks;
const nothing = async () => undefined;

const everythingName = `server-everything ${versionOf('@modelcontextprotocol/server-everything')}`;

/** What each is called, with its version and the way it is reached; the order is that of the table. */
export const serverNames = {
  everything: `${everythingName}, Streamable HTTP`,
  'everything-sse': `${everythingName}, HTTP+SSE`,
  'everything-stdio': `${everythingName}, stdio`,
  filesystem: `server-filesystem ${versionOf('@modelcontextprotocol/server-filesystem')}, stdio`,
  memory: `server-memory ${versionOf('@modelcontextprotocol/server-memory')}, stdio`,
  notes: `FastMCP ${fastmcpVersion}, Streamable HTTP`,
};
export type ServerId = keyof typeof serverNames;
export const serverIds = Object.keys(serverNames) as ServerId[];

async function overStreamableHttp(id: ServerId, questions: Questions, command: string[]): Promise<RealServer> {
  const { origin, close } = await listening(command);
  const url = `${origin}/mcp`;
  const direct = () => required(overHttp).open({ url, sse: '', headers: {} });
  return { id, questions, config: { url }, url, direct, close };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a client is missing');
  return value;
}

async function everythingOverSse(): Promise<RealServer> {
  const { origin, close } = await listening([process.execPath, everything, 'sse']);
  const sse = `${origin}/sse`;
  const direct = () => required(overSse).open({ url: '', sse, headers: {} });
  return {
    id: 'everything-sse',
    questions: ofEverything,
    config: { url: sse, transport: 'sse' },
    direct,
    close,
  };
}

function everythingOverStdio(): RealServer {
  const command = [process.execPath, everything, 'stdio'];
  const direct = () => overStdio(command, {});
  return { id: 'everything-stdio', questions: ofEverything, config: { command }, direct, close: nothing };
}

function filesystem(): RealServer {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'writ-matrix-files-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const command = [process.execPath, main('server-filesystem'), folder];
  return {
    id: 'filesystem',
    questions: ofFilesystem(folder),
    config: { command },
    direct: () => overStdio(command, {}),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** What it remembers is in a file that a variable names; the gateway hands that on by its name. */
function memory(): RealServer {
  const folder = mkdtempSync(join(tmpdir(), 'writ-matrix-memory-'));
  const graph = join(folder, 'graph.jsonl');
  const entities = [
    { type: 'entity', name: 'Thomas Ashcombe', entityType: 'person', observations: ['thomas.ashcombe@example.org'] },
    { type: 'entity', name: 'invoice 17', entityType: 'document', observations: ['is paid'] },
  ];
  writeFileSync(graph, entities.map((entity) => JSON.stringify(entity)).join('\n'));
  process.env.MEMORY_FILE_PATH = graph;
  const command = [process.execPath, main('server-memory')];
  return {
    id: 'memory',
    questions: ofMemory(graph),
    config: { command, env: ['MEMORY_FILE_PATH'] },
    direct: () => overStdio(command, { MEMORY_FILE_PATH: graph }),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

const notes = fileURLToPath(new URL('./python/notes.py', import.meta.url));

/** All of them; what was started is ended where one does not start. */
export async function startServers(): Promise<RealServer[]> {
  const starting = await Promise.allSettled([
    overStreamableHttp('everything', ofEverything, [process.execPath, everything, 'streamableHttp']),
    everythingOverSse(),
    everythingOverStdio(),
    filesystem(),
    memory(),
    overStreamableHttp('notes', ofNotes, [python, notes]),
  ]);
  const started = starting.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const failed = starting.find((each) => each.status === 'rejected');
  if (failed === undefined) return started;
  await Promise.all(started.map(({ close }) => close()));
  throw failed.reason;
}
