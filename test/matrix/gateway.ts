import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { startIssuer } from '../../fixtures/issuer.ts';
import { loadConfig } from '../../proxy/config/load.ts';
import { startGateway } from '../../proxy/gateway.ts';
import { compiled } from '../support/compiled.ts';
import type { Reached } from './clients/types.ts';
import type { RealServer } from './servers.ts';

/** One gateway in this process, in front of all servers. */
export interface MatrixGateway {
  reached(server: string): Reached;
  /** What it logged, a JSON object a line. */
  messages(): string;
  close(): Promise<void>;
}

/** JSON is YAML. */
function configuration(issuer: string, servers: readonly RealServer[]): string {
  return JSON.stringify({
    gateway: { name: 'matrix', environment: 'test', listen: '127.0.0.1:0' },
    identity: { issuers: [{ issuer, audiences: ['api://writ'] }] },
    servers: Object.fromEntries(servers.map(({ id, config }) => [id, config])),
    policy: { bundle: './bundle.tar.gz', poll_seconds: 3600 },
    audit: {
      directory: './audit',
      origin: 'matrix.example.com',
      signer: { key_file: './keys/audit.pem' },
      master_key_file: './keys/master.key',
    },
  });
}

/** Its data are in a folder that goes when it is closed. */
export async function openMatrixGateway(servers: readonly RealServer[]): Promise<MatrixGateway> {
  const directory = mkdtempSync(join(tmpdir(), 'writ-matrix-'));
  const issuer = await startIssuer();
  const remove = async () => {
    await issuer.close();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    mkdirSync(join(directory, 'audit'));
    writeFileSync(
      join(directory, 'bundle.tar.gz'),
      await compiled(fileURLToPath(new URL('policies', import.meta.url))),
    );
    const file = join(directory, 'writ.yaml');
    writeFileSync(file, configuration(issuer.issuer, servers));
    const lines: string[] = [];
    const log = pino({ level: 'info', base: null }, { write: (line) => void lines.push(line) });
    const running = await startGateway(loadConfig(file), 'test', log);
    const token = await issuer.token({ persona: 'support-agent', claims: { groups: ['staff'] } });
    return {
      reached: (server) => ({
        url: `${running.url}/${server}/mcp`,
        sse: `${running.url}/${server}/sse`,
        headers: { authorization: `Bearer ${token}` },
      }),
      messages: () => lines.join(''),
      close: () => running.close('matrix ended').finally(remove),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
