import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { type Persona, type RunningIssuer, startIssuer } from '../../fixtures/issuer.ts';
import { startCrm } from '../../fixtures/servers/crm.ts';
import { startHr } from '../../fixtures/servers/hr.ts';
import type { RunningServer } from '../../fixtures/servers/serve.ts';
import { startTickets } from '../../fixtures/servers/tickets.ts';
import { readConfig } from '../../proxy/config/load.ts';
import { type RunningGateway, startGateway } from '../../proxy/gateway.ts';
import { createLog } from '../../proxy/log.ts';
import { version } from '../version.ts';

export type Era = 'legacy' | 'modern';

const starting = { crm: startCrm, hr: startHr, tickets: startTickets };

export type ServerName = keyof typeof starting;
type Servers = Record<ServerName, RunningServer>;

/** Everything the demo starts, and a client for each of its people. */
export interface Scene {
  servers: Servers;
  crm: RunningServer;
  issuer: RunningIssuer;
  gateway: RunningGateway;
  /** `<gateway>/crm/mcp` */
  endpoint: string;
  /** To the CRM, unless told otherwise. */
  connect(persona: Persona, era: Era, server?: ServerName): Promise<Client>;
  close(): Promise<void>;
}

/** The configuration is written out, so that whoever looks at the demo sees what to write for a gateway of their own. */
function configuration(issuer: RunningIssuer, servers: Servers, listen: string): string {
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
    url: ${servers.crm.url}
    labels: { region: eu }
  hr:
    url: ${servers.hr.url}
    labels: { region: eu }
  tickets:
    url: ${servers.tickets.url}
    labels: { region: overseas, transfer: standard-contractual-clauses }
policy:
  bundle: ./bundle.tar.gz
  poll_seconds: 1
audit:
  directory: ./audit
  origin: demo.writ.example
  signer: { key_file: ./keys/audit.pem }
  master_key_file: ./keys/master.key
`;
}

async function startServers(): Promise<Servers> {
  const [crm, hr, tickets] = await Promise.all([starting.crm(), starting.hr(), starting.tickets()]);
  return { crm, hr, tickets };
}

/** Starts the servers, the token issuer and the gateway, all on loopback, with data under `directory`. */
export async function openScene(directory: string, bundle: Uint8Array, listen: string): Promise<Scene> {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'bundle.tar.gz'), bundle);
  const servers = await startServers();
  const issuer = await startIssuer();
  const file = join(directory, 'writ.yaml');
  const text = configuration(issuer, servers, listen);
  writeFileSync(file, text);
  const closeServers = () => Promise.all([...Object.values(servers), issuer].map((each) => each.close()));
  const gateway = await startGateway(readConfig(text, file), version, createLog('silent')).catch(
    async (error: unknown) => {
      await closeServers();
      throw error;
    },
  );
  const clients: Client[] = [];
  return {
    servers,
    crm: servers.crm,
    issuer,
    gateway,
    endpoint: `${gateway.url}/crm/mcp`,
    async connect(persona, era, server = 'crm') {
      const authorization = `Bearer ${await issuer.token({ persona })}`;
      const mode = era === 'legacy' ? 'legacy' : { pin: '2026-07-28' };
      const client = new Client({ name: 'writ-demo', version }, { versionNegotiation: { mode } });
      await client.connect(
        new StreamableHTTPClientTransport(new URL(`${gateway.url}/${server}/mcp`), {
          requestInit: { headers: { authorization } },
        }),
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
