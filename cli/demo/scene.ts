import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { type Persona, type RunningIssuer, startIssuer } from '../../fixtures/issuer.ts';
import { type RunningCrm, startCrm } from '../../fixtures/servers/crm.ts';
import { readConfig } from '../../proxy/config/load.ts';
import { type RunningGateway, startGateway } from '../../proxy/gateway.ts';
import { createLog } from '../../proxy/log.ts';
import { version } from '../version.ts';

export type Era = 'legacy' | 'modern';

/** Everything the demo starts, and a client for each of its people. */
export interface Scene {
  crm: RunningCrm;
  issuer: RunningIssuer;
  gateway: RunningGateway;
  /** `<gateway>/crm/mcp` */
  endpoint: string;
  connect(persona: Persona, era: Era): Promise<Client>;
  close(): Promise<void>;
}

/** The configuration is written out, so that whoever looks at the demo sees what to write for a gateway of their own. */
function configuration(issuer: RunningIssuer, crm: RunningCrm, listen: string): string {
  return `# The demo's configuration; docs/operations.md explains each key.
gateway:
  name: demo
  environment: demo
  listen: ${listen}
identity:
  issuers:
    - issuer: ${issuer.issuer}
      audiences: [api://writ]
servers:
  crm:
    url: ${crm.url}
    labels: { region: eu }
policy:
  bundle: ./bundle.tar.gz
audit:
  directory: ./audit
  origin: demo.writ.example
  signer: { key_file: ./keys/audit.pem }
  master_key_file: ./keys/master.key
`;
}

/** Starts the CRM, the token issuer and the gateway, all on loopback, with data under `directory`. */
export async function openScene(directory: string, bundle: Uint8Array, listen: string): Promise<Scene> {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'bundle.tar.gz'), bundle);
  const crm = await startCrm();
  const issuer = await startIssuer();
  const file = join(directory, 'writ.yaml');
  const text = configuration(issuer, crm, listen);
  writeFileSync(file, text);
  const closeServers = () => Promise.all([crm.close(), issuer.close()]);
  const gateway = await startGateway(readConfig(text, file), version, createLog('silent')).catch(
    async (error: unknown) => {
      await closeServers();
      throw error;
    },
  );
  const clients: Client[] = [];
  const endpoint = `${gateway.url}/crm/mcp`;
  return {
    crm,
    issuer,
    gateway,
    endpoint,
    async connect(persona, era) {
      const authorization = `Bearer ${await issuer.token({ persona })}`;
      const mode = era === 'legacy' ? 'legacy' : { pin: '2026-07-28' };
      const client = new Client({ name: 'writ-demo', version }, { versionNegotiation: { mode } });
      await client.connect(
        new StreamableHTTPClientTransport(new URL(endpoint), { requestInit: { headers: { authorization } } }),
      );
      clients.push(client);
      return client;
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await gateway.close('demo ended');
      await closeServers();
    },
  };
}
