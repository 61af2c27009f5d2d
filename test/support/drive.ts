import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import type { RecordedCalls } from '../../fixtures/sessions.ts';

/** Where a client finds a server: an address, or a command to start. */
export type Reached = { url: string } | { command: string[]; env: Record<string, string> };

/** A client that makes the calls of a session, in their order. */
export type Drive = (reached: Reached, calls: RecordedCalls['calls']) => Promise<void>;

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

const inspector = fileURLToPath(
  new URL('../../node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url),
);

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
