import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { python } from '../python-environment.ts';
import { fastmcpVersion } from '../versions.ts';
import type { ClientKind, ListedTool, Reached, Session, ToolAnswer } from './types.ts';

const main = fileURLToPath(new URL('../python/client.py', import.meta.url));

/** The client in a process of its own, asked a line at a time. */
async function converse(reached: Reached, sse: boolean): Promise<Session> {
  const forgotten = { timeout: 120_000, killSignal: 'SIGKILL' } as const;
  const child = spawn(python, [main], { ...forgotten, stdio: ['pipe', 'pipe', 'ignore'] });
  const ended = once(child, 'close');
  child.stdin.on('error', () => undefined);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const ask = async (asked: unknown): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify(asked)}\n`);
    const { value, done } = await lines.next();
    if (done === true) throw new Error('the client ended');
    const { result, error } = JSON.parse(value) as { result?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return result;
  };
  const close = async () => {
    child.stdin.end();
    await ended;
  };
  const request = (method: string, params: unknown) => ask({ method, params });
  try {
    const { url, headers } = reached;
    const protocolVersion = String(await ask({ url: sse ? reached.sse : url, headers, sse }));
    return {
      protocolVersion,
      tools: async () => (await request('tools/list', {})) as ListedTool[],
      call: async (name, args) => (await request('tools/call', { name, arguments: args })) as ToolAnswer,
      prompt: (name, args) => request('prompts/get', { name, arguments: args }),
      resource: (uri) => request('resources/read', { uri }),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

const name = `fastmcp ${fastmcpVersion}`;
export const fastmcps: ClientKind[] = [
  { id: 'fastmcp-http', name, way: 'Streamable HTTP, auto', open: (reached) => converse(reached, false) },
  { id: 'fastmcp-sse', name, way: 'HTTP+SSE', open: (reached) => converse(reached, true) },
];
