/**
 * The client which the suite's client leg judges: `node client.ts <url>`. The suite names the scenario, the protocol
 * version and what the scenario wants called in the environment.
 */
import { argv, env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { Client, type ClientOptions, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { scripts } from './client-scripts.ts';

const modernVersion = '2026-07-28';

/** Accepts every form without filling it in, has one root, and a model that always says the same. */
function answering(client: Client): Client {
  client.setRequestHandler('elicitation/create', ({ params }) => ({
    action: 'accept',
    content: 'requestedSchema' in params && 'confirmed' in params.requestedSchema.properties ? { confirmed: true } : {},
  }));
  client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///project', name: 'Project' }] }));
  client.setRequestHandler('sampling/createMessage', () => ({
    role: 'assistant',
    content: { type: 'text', text: 'Something' },
    model: 'none',
  }));
  return client;
}

/** Plays the script of the scenario in the environment against the server at this URL. */
export async function playScenario(url: string): Promise<void> {
  const { MCP_CONFORMANCE_SCENARIO: scenario = '', MCP_CONFORMANCE_PROTOCOL_VERSION: version } = env;
  const script = scripts[scenario];
  if (script === undefined) throw new Error(`There is no script for ${scenario}.`);
  const options: ClientOptions = {
    capabilities: { elicitation: { form: { applyDefaults: true } }, roots: {}, sampling: {} },
    versionNegotiation: { mode: version === modernVersion ? 'auto' : 'legacy' },
  };
  const client = answering(new Client({ name: 'conformance-client', version: '1.0.0' }, options));
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  try {
    await script(client, JSON.parse(env.MCP_CONFORMANCE_CONTEXT ?? '{}'));
  } finally {
    await client.close();
  }
}

const url = argv.at(-1);
if (url !== undefined && argv[1] === fileURLToPath(import.meta.url)) await playScenario(url);
