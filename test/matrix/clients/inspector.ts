import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { versionOf } from '../versions.ts';
import type { ClientKind, ListedTool, Reached, Session, ToolAnswer } from './types.ts';

const launcher = fileURLToPath(
  new URL('../../../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url),
);

/** One run of the Inspector, one request; rejects with its exit code and what it said. */
async function run(home: string, args: string[]): Promise<Record<string, unknown>> {
  const options = { timeout: 60_000, env: { ...process.env, HOME: home } };
  const { stdout } = await promisify(execFile)(process.execPath, [launcher, '--cli', ...args], options).catch(
    (error: { stdout: string; stderr: string; code: number }) => {
      // It ends with 5 where a tool answers isError, and prints the result all the same.
      if (error.code === 5 && error.stdout !== '') return error;
      throw new Error(`exit ${error.code}: ${error.stderr}`);
    },
  );
  const printed = JSON.parse(stdout) as Record<string, unknown>;
  return 'result' in printed ? (printed.result as Record<string, unknown>) : printed;
}

function asSession(home: string, reach: string[]): Session {
  const ask = (method: string, ...rest: string[]) => run(home, [...reach, '--method', method, ...rest]);
  return {
    tools: async () => (await ask('tools/list')).tools as ListedTool[],
    async call(name, args) {
      const { content, structuredContent, isError } = await ask(
        'tools/call',
        '--tool-name',
        name,
        '--tool-args-json',
        JSON.stringify(args),
      );
      return { content, structuredContent, isError } as ToolAnswer;
    },
    async prompt(name, args) {
      const pairs = Object.entries(args).flatMap(([key, value]) => ['--prompt-args', `${key}=${value}`]);
      return (await ask('prompts/get', '--prompt-name', name, ...pairs)).messages;
    },
    resource: async (uri) => (await ask('resources/read', '--uri', uri)).contents,
    close: async () => rmSync(home, { recursive: true, force: true }),
  };
}

function inspector(id: string, way: string, reach: (reached: Reached) => string[]): ClientKind {
  return {
    id,
    name: `MCP Inspector CLI ${versionOf('@modelcontextprotocol/inspector')}`,
    way,
    async open(reached) {
      const home = mkdtempSync(join(tmpdir(), 'writ-inspector-'));
      const headers = Object.entries(reached.headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]);
      return asSession(home, [...reach(reached), ...headers, '--format', 'json']);
    },
  };
}

const overHttp = (era: string) => (reached: Reached) => [reached.url, '--transport', 'http', '--protocol-era', era];

export const inspectors: ClientKind[] = [
  inspector('inspector-legacy', 'Streamable HTTP, legacy', overHttp('legacy')),
  inspector('inspector-modern', 'Streamable HTTP, modern', overHttp('modern')),
  inspector('inspector-sse', 'HTTP+SSE', ({ sse }) => [sse, '--transport', 'sse']),
];
