import { type Implementation, McpServer } from '@modelcontextprotocol/server';
import { addPrompts } from './prompts.ts';
import { addResources } from './resources.ts';
import { tasksExtension } from './tasks/server.ts';
import { addTools } from './tools.ts';
import type { Shared } from './types.ts';

export const about: Implementation = { name: 'conformance-fixture', version: '1.0.0' };

/** A server with all that the scenarios ask for; one a session (2025-11-25) or request (2026-07-28). */
export function fixture(shared: Shared): McpServer {
  const server = new McpServer(about, {
    capabilities: {
      tools: { listChanged: true },
      prompts: { listChanged: true },
      resources: { subscribe: true, listChanged: true },
      logging: {},
      completions: {},
      extensions: { [tasksExtension]: {} },
    },
    requestState: { verify: (state, context) => shared.states.verify(state, context) },
  });
  addTools(server, shared);
  addResources(server);
  addPrompts(server);
  shared.skills.attach(server);
  server.server.setRequestHandler('completion/complete', ({ params }) => {
    const values = ['paris', 'park', 'party'].filter((word) => word.startsWith(params.argument.value));
    return { completion: { values, total: values.length, hasMore: false } };
  });
  // Nothing it serves ever changes, so there is nothing to remember of who asked to be told.
  server.server.setRequestHandler('resources/subscribe', () => ({}));
  server.server.setRequestHandler('resources/unsubscribe', () => ({}));
  return server;
}
