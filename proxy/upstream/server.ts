import type { CallMemory } from '../call/mask-context.ts';
import type { OpenCall } from '../call/types.ts';
import type { Conversations } from '../session/conversations.ts';
import type { Memories } from '../session/memories.ts';
import type { Tasks } from '../session/tasks.ts';
import type { Peer } from '../telemetry/types.ts';
import type { Listings } from '../tools/listings.ts';
import type { KnownTools } from './tools.ts';
import type { Upstream } from './types.ts';

/** One governed MCP server: its name in the configuration, what the operator says of it, the way to it, and what is known of it. */
export interface Server {
  name: string;
  labels: Record<string, string>;
  upstream: Upstream;
  peer: Peer;
  tools: KnownTools;
  listings: Listings;
  conversations: Conversations<OpenCall>;
  tasks: Tasks;
  memories: Memories<CallMemory>;
}
