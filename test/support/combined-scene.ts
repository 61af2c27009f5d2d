import { Client, type ClientOptions, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { TokenRequest } from '../../fixtures/issuer.ts';
import { startCrm } from '../../fixtures/servers/crm.ts';
import { startHr } from '../../fixtures/servers/hr.ts';
import type { RunningServer } from '../../fixtures/servers/serve.ts';
import { startTickets } from '../../fixtures/servers/tickets.ts';
import { openGateway, type TestGateway } from './gateway.ts';
import { subjects } from './record-session.ts';
import { shippedBundle } from './scene.ts';
import type { Era } from './surroundings.ts';

/** The three demo servers and server-everything behind one address, under the shipped policies. */
export interface CombinedScene {
  gateway: TestGateway;
  /** `<gateway>/mcp` */
  url: string;
  servers: Record<'crm' | 'hr' | 'tickets', RunningServer>;
  token(request: TokenRequest): Promise<string>;
  /** A client of the TypeScript SDK 2.x. */
  connect(request: TokenRequest, era: Era, options?: ClientOptions, path?: string): Promise<Client>;
  close(): Promise<void>;
}

export async function openCombinedScene(): Promise<CombinedScene> {
  const [crm, hr, tickets, everything] = await Promise.all([
    startCrm(),
    startHr(),
    startTickets(),
    subjects.everything(),
  ]);
  const servers = { crm, hr, tickets };
  if (!('url' in everything.reached)) throw new TypeError('server-everything is reached by HTTP');
  const configured = { crm, hr, tickets, everything: { url: everything.reached.url } };
  const gateway = await openGateway({
    bundle: await shippedBundle(),
    combined: true,
    servers: Object.fromEntries(Object.entries(configured).map(([name, { url }]) => [name, { url }])),
  });
  const clients: Client[] = [];
  const token = (request: TokenRequest) => gateway.issuer.token(request);
  return {
    gateway,
    url: `${gateway.url}/mcp`,
    servers,
    token,
    async connect(request, era, options = {}, path = '/mcp') {
      const mode = era === 'legacy' ? 'legacy' : { pin: '2026-07-28' };
      const client = new Client({ name: 'test', version: '1' }, { ...options, versionNegotiation: { mode } });
      const headers = { authorization: `Bearer ${await token(request)}` };
      const transport = new StreamableHTTPClientTransport(new URL(`${gateway.url}${path}`), {
        requestInit: { headers },
      });
      await client.connect(transport);
      clients.push(client);
      return client;
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await gateway.close();
      await Promise.all([crm, hr, tickets, everything].map((each) => each.close()));
    },
  };
}
