import { fromJsonSchema, type McpServer } from '@modelcontextprotocol/server';
import type { JsonObject } from '../../../engine/json/types.ts';
import { jobTools } from './tasks/jobs.ts';
import { askingTools } from './tools/asking.ts';
import { contentTools } from './tools/content.ts';
import { peopleTool } from './tools/people.ts';
import { roundTools } from './tools/rounds.ts';
import { schemaTools } from './tools/schemas.ts';
import { streamingTools } from './tools/streaming.ts';
import type { Shared, Tool } from './types.ts';

/** Every tool of the fixture server, as it lists them. */
export const tools: readonly Tool[] = [
  ...contentTools,
  ...streamingTools,
  ...askingTools,
  ...roundTools,
  ...schemaTools,
  peopleTool,
  ...jobTools,
];

const noArguments: JsonObject = { type: 'object', properties: {} };

export function addTools(server: McpServer, shared: Shared): void {
  for (const { name, description, inputSchema = noArguments, outputSchema, run } of tools) {
    const schemas = {
      inputSchema: fromJsonSchema<JsonObject>(inputSchema),
      ...(outputSchema && { outputSchema: fromJsonSchema(outputSchema) }),
    };
    server.registerTool(name, { description, ...schemas }, (args, context) => run(args, context, shared));
  }
}
