import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { packageFile } from '../../cli/package-files.ts';
import { compilePolicies } from '../../cli/policies.ts';
import { loadConfig } from '../../proxy/config/load.ts';
import { startGateway } from '../../proxy/gateway.ts';

/** Servers of the gateway: without any masks, and behind the pack for customer data. Both lead to the same upstream. */
export type Route = 'open' | 'crm';

export interface ConformanceGateway {
  /** `http://localhost:<port>/<route>/mcp`: the suite insists on the name. */
  url(route: Route): string;
  /** What the gateway logged, a JSON object a line. */
  messages(): string;
  close(): Promise<void>;
}

/** Everything is allowed; behind `crm` the shipped pack for customer data masks. */
export function conformanceBundle(): Promise<Uint8Array> {
  return compilePolicies([fileURLToPath(new URL('policies', import.meta.url)), packageFile('policies/gdpr')]);
}

/** Nobody has to show a token: the suite has none. JSON is YAML. */
function configuration(upstream: string): string {
  return JSON.stringify({
    gateway: { name: 'conformance', environment: 'test', listen: '127.0.0.1:0' },
    identity: { issuers: [], anonymous: 'allow' },
    servers: { open: { url: upstream }, crm: { url: upstream } },
    policy: { bundle: './bundle.tar.gz', poll_seconds: 3600 },
    audit: {
      directory: './audit',
      origin: 'conformance.example.com',
      signer: { key_file: './keys/audit.pem' },
      master_key_file: './keys/master.key',
    },
  });
}

/** A gateway in front of this server, in this process, with its data in a folder that goes when it is closed. */
export async function openConformanceGateway(upstream: string, bundle: Uint8Array): Promise<ConformanceGateway> {
  const directory = mkdtempSync(join(tmpdir(), 'writ-conformance-'));
  const remove = () => rmSync(directory, { recursive: true, force: true });
  try {
    mkdirSync(join(directory, 'audit'));
    writeFileSync(join(directory, 'bundle.tar.gz'), bundle);
    const file = join(directory, 'writ.yaml');
    writeFileSync(file, configuration(upstream));
    const lines: string[] = [];
    const log = pino({ level: 'info', base: null }, { write: (line) => void lines.push(line) });
    const running = await startGateway(loadConfig(file), 'test', log);
    return {
      url: (route) => `${running.url.replace('127.0.0.1', 'localhost')}/${route}/mcp`,
      messages: () => lines.join(''),
      close: () => running.close('conformance ended').finally(remove),
    };
  } catch (error) {
    remove();
    throw error;
  }
}
