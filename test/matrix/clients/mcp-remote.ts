import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { versionOf } from '../versions.ts';
import { overStdio } from './sdk-v1.ts';
import type { ClientKind, Reached } from './types.ts';

const main = fileURLToPath(new URL('../../../node_modules/mcp-remote/dist/proxy.js', import.meta.url));

/** The bridge from stdio, driven by the TypeScript SDK over stdio. What it keeps is in a folder that goes with the session. */
function mcpRemote(id: string, way: string, strategy: string, address: (reached: Reached) => string): ClientKind {
  return {
    id,
    name: `mcp-remote ${versionOf('mcp-remote')}`,
    way,
    async open(reached) {
      const folder = mkdtempSync(join(tmpdir(), 'writ-mcp-remote-'));
      const headers = join(folder, 'headers');
      const lines = Object.entries(reached.headers).map(([name, value]) => `${name}: ${value}\n`);
      writeFileSync(headers, lines.join(''), { mode: 0o600 });
      const command = [process.execPath, main, address(reached), '--transport', strategy, '--header-file', headers];
      const remove = () => rmSync(folder, { recursive: true, force: true });
      try {
        const session = await overStdio(command, { MCP_REMOTE_CONFIG_DIR: folder, HOME: folder });
        return { ...session, close: () => session.close().finally(remove) };
      } catch (error) {
        remove();
        throw error;
      }
    },
  };
}

export const bridges: ClientKind[] = [
  mcpRemote('mcp-remote-http', 'Streamable HTTP', 'http-only', ({ url }) => url),
  mcpRemote('mcp-remote-sse', 'HTTP+SSE', 'sse-only', ({ sse }) => sse),
];
