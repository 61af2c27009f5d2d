import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { versionOf } from '../versions.ts';
import type { ClientKind, Session, ToolAnswer } from './types.ts';

/** A session of the TypeScript client 2.x over any transport. */
export async function withClient(transport: Transport, mode: 'legacy' | 'auto'): Promise<Session> {
  const client = new Client({ name: 'matrix', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect(transport);
  return {
    protocolVersion: client.getNegotiatedProtocolVersion(),
    tools: async () => (await client.listTools()).tools,
    call: async (name, args) => (await client.callTool({ name, arguments: args })) as ToolAnswer,
    prompt: async (name, args) => (await client.getPrompt({ name, arguments: args })).messages,
    resource: async (uri) => (await client.readResource({ uri })).contents,
    close: () => client.close(),
  };
}

function typescript(mode: 'legacy' | 'auto'): ClientKind {
  return {
    id: `typescript-${mode}`,
    name: `TypeScript client ${versionOf('@modelcontextprotocol/client')}`,
    way: `Streamable HTTP, ${mode}`,
    open: ({ url, headers }) =>
      withClient(new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers } }), mode),
  };
}

export const typescripts: ClientKind[] = [typescript('legacy'), typescript('auto')];
