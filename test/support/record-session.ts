import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { startCrm } from '../../fixtures/servers/crm.ts';
import { crm, everything, files, filesystem, memory, type RecordedCalls } from '../../fixtures/sessions.ts';
import { until } from './until.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const tsx = import.meta.resolve('tsx');
const modules = join(root, 'node_modules/@modelcontextprotocol');

/** Where a client finds a server: an address, or a command to start. */
export type Reached = { url: string } | { command: string[]; env: Record<string, string> };

/** A client that makes the calls of a session, in their order. */
export type Drive = (reached: Reached, calls: RecordedCalls['calls']) => Promise<void>;

/** A server to record from, and the calls to make of it. */
export interface Subject {
  session: RecordedCalls;
  reached: Reached;
  /** Further options of `writ record`. */
  options: string[];
  close(): Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

async function startEverything(): Promise<Subject> {
  const port = await freePort();
  const env = { ...process.env, PORT: String(port) };
  const main = join(modules, 'server-everything/dist/index.js');
  const child = spawn(process.execPath, [main, 'streamableHttp'], { env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/mcp`;
  let up = false;
  const poll = async () => {
    while (!up && child.exitCode === null) up = await answers(url);
  };
  await Promise.all([poll(), until(() => up || child.exitCode !== null, 'server-everything listens')]);
  return { session: everything, reached: { url }, options: [], close: () => ended(child) };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const over = once(child, 'exit');
  child.kill();
  await over;
}

async function startFilesystem(): Promise<Subject> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'writ-files-')));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o644);
  }
  return {
    session: filesystem(folder),
    reached: { command: [process.execPath, join(modules, 'server-filesystem/dist/index.js'), folder], env: {} },
    options: ['--replace', `${folder}=/srv/files`],
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function startMemory(): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-memory-'));
  return {
    session: memory,
    reached: {
      command: [process.execPath, join(modules, 'server-memory/dist/index.js')],
      env: { MEMORY_FILE_PATH: join(folder, 'graph.jsonl') },
    },
    options: [],
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

export const subjects = {
  everything: startEverything,
  filesystem: startFilesystem,
  memory: startMemory,
  crm: async (): Promise<Subject> => {
    const { url, close } = await startCrm();
    return { session: crm, reached: { url }, options: [], close };
  },
} as const satisfies Record<string, () => Promise<Subject>>;

/** `writ record` as a process: the arguments that start it, but for what it stands before. */
export function recorder({ session, options }: Subject, out: string): string[] {
  const own = ['--out', out, '--name', session.server, '--identity', session.identity];
  return [
    process.execPath,
    '--import',
    tsx,
    join(root, 'cli/main.ts'),
    'record',
    ...own,
    '--policies',
    join(root, 'policies'),
    ...options,
  ];
}

/** Records the calls of a subject into a folder; what it prints is given back, and its exit code. */
export async function record(subject: Subject, out: string, drive: Drive): Promise<{ code: number; printed: string }> {
  const { reached, session } = subject;
  const [program = '', ...args] = recorder(subject, out);
  if (!('url' in reached)) {
    await drive({ command: [program, ...args, '--', ...reached.command], env: reached.env }, session.calls);
    return { code: 0, printed: '' };
  }
  const child = spawn(program, [...args, '--server', reached.url], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const over = once(child, 'close');
  const url = () => /client at (http\S+)/.exec(said)?.[1];
  await until(() => url() !== undefined || child.exitCode !== null, 'the recorder listens');
  try {
    await drive({ url: url() ?? '' }, session.calls);
  } finally {
    child.kill('SIGINT');
  }
  const [code] = await over;
  return { code, printed: printed + said };
}

/** The TypeScript client, one session. */
export function withClient(era: 'legacy' | 'modern'): Drive {
  return async (reached, calls) => {
    const mode = era === 'legacy' ? 'legacy' : { pin: '2026-07-28' };
    // As the Inspector says over HTTP: to such a client server-everything lists one tool more.
    const capabilities = 'url' in reached ? { roots: {} } : {};
    const client = new Client({ name: 'test', version: '1' }, { capabilities, versionNegotiation: { mode } });
    await client.connect(
      'url' in reached
        ? new StreamableHTTPClientTransport(new URL(reached.url))
        : new StdioClientTransport({
            command: reached.command[0] ?? '',
            args: reached.command.slice(1),
            env: { ...inherited(), ...reached.env },
            stderr: 'ignore',
          }),
    );
    for (const { method, params } of calls) await request(client, method, params);
    await client.close();
  };
}

function inherited(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
}

async function request(
  client: Client,
  method: string,
  params: RecordedCalls['calls'][number]['params'],
): Promise<void> {
  const { name, arguments: args, uri } = params;
  const given = { name: String(name), arguments: Object(args) };
  if (method === 'tools/call') await client.callTool(given);
  else if (method === 'tools/list') await client.listTools();
  else if (method === 'prompts/get') await client.getPrompt(given);
  else if (method === 'prompts/list') await client.listPrompts();
  else if (method === 'resources/list') await client.listResources();
  else await client.readResource({ uri: String(uri) });
}

const inspector = join(modules, 'inspector/clients/launcher/build/index.js');

/** The MCP Inspector, a session a call. */
export function withInspector(era: 'legacy' | 'modern'): Drive {
  return async (reached, calls) => {
    for (const { method, params } of calls) {
      const target =
        'url' in reached
          ? [reached.url, '--transport', 'http', '--protocol-era', era]
          : Object.entries(reached.env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
      const command = 'url' in reached ? [] : ['--', ...reached.command];
      const asked = inspectorOptions(method, params);
      // It ends with 5 where a tool answers isError.
      await promisify(execFile)(process.execPath, [inspector, '--cli', ...target, ...asked, ...command], {
        timeout: 60_000,
      }).catch((error: { code: number; stderr: string }) => {
        if (error.code !== 5) throw new Error(`the Inspector ended with ${error.code}: ${error.stderr}`);
      });
    }
  };
}

function inspectorOptions(method: string, params: RecordedCalls['calls'][number]['params']): string[] {
  const pairs = Object.entries(Object(params.arguments)).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const named = { 'tools/call': ['--tool-name', '--tool-arg'], 'prompts/get': ['--prompt-name', '--prompt-args'] };
  const [name, args] = Object.hasOwn(named, method) ? Object(named)[method] : [];
  return [
    '--method',
    method,
    ...(name === undefined ? [] : [name, String(params.name)]),
    ...pairs.flatMap((pair) => [args, pair]),
    ...(params.uri === undefined ? [] : ['--uri', String(params.uri)]),
  ];
}
