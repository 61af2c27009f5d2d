import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { versionOf } from '../versions.ts';
import type { ClientKind, Reached, Session, ToolAnswer } from './types.ts';

/** A session of the TypeScript SDK 1.x, over any transport. */
async function withSdk(transport: Transport): Promise<Session> {
  const client = new Client({ name: 'matrix', version: '1.0.0' });
  await client.connect(transport);
  return {
    tools: async () => (await client.listTools()).tools,
    call: async (name, args) => (await client.callTool({ name, arguments: args })) as ToolAnswer,
    prompt: async (name, args) => (await client.getPrompt({ name, arguments: args })).messages,
    resource: async (uri) => (await client.readResource({ uri })).contents,
    close: () => client.close(),
  };
}

function overSse({ sse, headers }: Reached): Promise<Session> {
  const withHeaders = (url: string | URL, init: RequestInit = {}) => {
    const sent = new Headers(init.headers);
    for (const [name, value] of Object.entries(headers)) sent.set(name, value);
    return fetch(url, { ...init, headers: sent });
  };
  return withSdk(new SSEClientTransport(new URL(sse), { fetch: withHeaders, eventSourceInit: { fetch: withHeaders } }));
}

// The SDK's own transport does not fit its interface under exactOptionalPropertyTypes: `sessionId` may be undefined.
const overHttp = ({ url, headers }: Reached) =>
  withSdk(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }) as Transport);

/** A command that speaks stdio, such as mcp-remote and servers without a gateway. */
export function overStdio([command = '', ...args]: readonly string[], env: Record<string, string>): Promise<Session> {
  const inherited = { PATH: process.env.PATH ?? '' };
  return withSdk(new StdioClientTransport({ command, args, env: { ...inherited, ...env }, stderr: 'ignore' }));
}

const name = `TypeScript SDK ${versionOf('@modelcontextprotocol/sdk')}`;
export const sdks: ClientKind[] = [
  { id: 'sdk-http', name, way: 'Streamable HTTP', open: overHttp },
  { id: 'sdk-sse', name, way: 'HTTP+SSE', open: overSse },
];
