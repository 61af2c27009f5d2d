import assert from 'node:assert/strict';
import type { TestGateway } from './gateway.ts';
import { type Conduct, result } from './stub-server.ts';
import type { Asked } from './surroundings.ts';

/** What a server says to initialize, with the id it gives the session. */
export function begins(id: string, version = '2025-11-25'): Conduct {
  return result({ protocolVersion: version, capabilities: {}, serverInfo: {} }, { 'mcp-session-id': id });
}

/** Begins a session through the gateway, the stub giving it `id`; returns the header by which its client names it. */
export async function beginSession(
  gateway: Pick<TestGateway, 'ask' | 'stub'>,
  id = 'session-1',
  asked: Asked = {},
): Promise<{ 'mcp-session-id': string }> {
  const { conduct } = gateway.stub;
  gateway.stub.conduct = begins(id);
  try {
    const clientInfo = { name: 'test', version: '1' };
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const { headers } = await gateway.ask({ rpc: 'initialize', era: 'legacy', params, ...asked });
    const session = headers['mcp-session-id'];
    assert.ok(typeof session === 'string', 'the gateway gives an id for the session');
    return { 'mcp-session-id': session };
  } finally {
    gateway.stub.conduct = conduct;
  }
}
