import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { resolveSecret } from '../../proxy/config/load.ts';
import type { Config } from '../../proxy/config/types.ts';
import { version } from '../version.ts';
import { attempt, type Finding, inTime, ok, patience, warn } from './finding.ts';

/** Asks each server for its tools, as a client would, and lets go of the session. */
export function lookAtUpstreams({ servers }: Config, catalogue: ReadonlyMap<string, number>): Promise<Finding[]> {
  const each = Object.entries(servers).map(([name, server]) =>
    attempt(
      `upstream ${name}`,
      `Check that the server is up, and servers.${name} in writ.yaml.`,
      async () => await lookAt(name, server, catalogue.get(name)),
    ),
  );
  return Promise.all(each).then((found) => found.flat());
}

async function lookAt(
  name: string,
  { url, credentials, transport: way }: Config['servers'][string],
  known?: number,
): Promise<Finding[]> {
  if (url === undefined || way === 'sse') {
    const help = 'Start the gateway and ask it for the tools of this server.';
    return [warn(`upstream ${name}`, `is not looked at: ${url === undefined ? 'stdio' : 'HTTP+SSE'}`, help)];
  }
  const bearer = credentials?.bearer;
  const headers: Record<string, string> =
    bearer === undefined ? {} : { authorization: `Bearer ${resolveSecret(bearer, process.env)}` };
  const began = performance.now();
  const client = new Client({ name: 'writ-doctor', version }, { versionNegotiation: { mode: 'auto' } });
  // A redirect could carry the credentials to where they do not belong; the gateway follows none either.
  const transport = new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers, redirect: 'error' } });
  try {
    await inTime(client.connect(transport, { timeout: patience }));
    const spoken = client.getNegotiatedProtocolVersion() ?? 'of an unknown version';
    const count = client.getServerCapabilities()?.tools
      ? (await inTime(client.listTools({}, { timeout: patience }))).tools.length
      : 0;
    const said = `speaks MCP ${spoken}, ${count} tools, ${Math.round(performance.now() - began)} ms`;
    if (known === 0 && count > 0) {
      const help = `Add the tools of ${name} to catalogue.yaml and build the bundle anew.`;
      return [warn(`upstream ${name}`, `${said}; the catalogue of the bundle knows none of them`, help)];
    }
    return [ok(`upstream ${name}`, said)];
  } finally {
    await inTime(end(client, transport)).catch(() => {});
  }
}

async function end(client: Client, transport: StreamableHTTPClientTransport): Promise<void> {
  if (transport.sessionId !== undefined) await transport.terminateSession().catch(() => {});
  await client.close();
}
