import type { Client } from '@modelcontextprotocol/client';

/** What the suite tells the client of the scenario. */
export interface Context {
  toolCalls?: { name: string; arguments: Record<string, unknown> }[];
}

type Script = (client: Client, context: Context) => Promise<unknown>;

const call = (client: Client, name: string, args: Record<string, unknown> = {}) =>
  client.callTool({ name, arguments: args });

/** Calls the one tool of a scenario that looks at what happens meanwhile. */
const callOne =
  (name: string, args?: Record<string, unknown>): Script =>
  async (client) => {
    await client.listTools();
    await call(client, name, args);
  };

/** What the client does in each scenario, but for those about authorization. */
export const scripts: Record<string, Script> = {
  initialize: async () => {},
  tools_call: callOne('add_numbers', { a: 5, b: 3 }),
  'elicitation-sep1034-client-defaults': callOne('test_client_elicitation_defaults'),
  'sse-retry': callOne('test_reconnection'),
  'request-metadata': (client) => client.listTools(),
  'json-schema-ref-no-deref': (client) => client.listTools(),

  async 'sep-2322-client-request-state'(client) {
    await client.listTools();
    for (const name of ['test_mrtr_echo_state', 'test_mrtr_unrelated', 'test_mrtr_no_state']) await call(client, name);
    // The SDK refuses a result without resultType, as 2026-07-28 has it; the scenario looks at the request alone.
    await call(client, 'test_mrtr_no_result_type').catch(() => {});
  },

  async 'http-standard-headers'(client) {
    for (const { name } of (await client.listTools()).tools) await call(client, name);
    for (const { uri } of (await client.listResources()).resources) await client.readResource({ uri });
    for (const { name } of (await client.listPrompts()).prompts) await client.getPrompt({ name });
  },

  async 'http-custom-headers'(client, { toolCalls = [] }) {
    await client.listTools();
    for (const { name, arguments: args } of toolCalls) await call(client, name, args);
  },

  // The SDK leaves out what it must not call.
  async 'http-invalid-tool-headers'(client) {
    for (const { name } of (await client.listTools()).tools) await call(client, name, { region: 'north' });
  },

  async 'json-schema-2020-12-preservation'(client) {
    const { tools } = await client.listTools();
    const schema = tools.find(({ name }) => name === 'json_schema_2020_12_tool')?.inputSchema;
    await call(client, 'json_schema_echo', { schema });
  },
};
