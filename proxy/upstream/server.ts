import type { KnownTools } from './tools.ts';
import type { Upstream } from './upstream.ts';

/** One governed MCP server: its name in the configuration, what the operator says of it, and the way to it. */
export interface Server {
  name: string;
  labels: Record<string, string>;
  upstream: Upstream;
  tools: KnownTools;
}
