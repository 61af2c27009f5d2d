import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startCrm } from '../../fixtures/servers/crm.ts';
import { crm, everything, files, filesystem, memory, type RecordedCalls } from '../../fixtures/sessions.ts';
import type { Drive, Reached } from './drive.ts';
import { until } from './until.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const module = (name: string) => fileURLToPath(import.meta.resolve(name));

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
  const main = module('@modelcontextprotocol/server-everything/dist/index.js');
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
    reached: {
      command: [process.execPath, module('@modelcontextprotocol/server-filesystem/dist/index.js'), folder],
      env: {},
    },
    options: ['--replace', `${folder}=/srv/files`],
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function startMemory(): Promise<Subject> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-memory-'));
  return {
    session: memory,
    reached: {
      command: [process.execPath, module('@modelcontextprotocol/server-memory/dist/index.js')],
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
