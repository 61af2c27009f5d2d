import type {
  CallToolResult,
  InputRequiredResult,
  RequestStateCodec,
  ServerContext,
} from '@modelcontextprotocol/server';
import type { SkillCatalog } from '@modelcontextprotocol/server/ext/skills';
import type { JsonObject } from '../../../engine/json/types.ts';

/** What all requests to one fixture server share. */
export interface Shared {
  /** Tells every listening client that a list is another now. */
  toolsChanged(): void;
  promptsChanged(): void;
  skills: SkillCatalog;
  /** Seals requestState, so that a changed one is refused (SEP-2322, server requirements). */
  states: RequestStateCodec<State>;
}

/** What a round of several tells the next. */
export interface State {
  round: number;
  name?: string;
}

export type Answer = CallToolResult | InputRequiredResult;

/** A tool of the fixture server, the same in both eras. */
export interface Tool {
  name: string;
  description: string;
  /** No arguments, where there is none. */
  inputSchema?: JsonObject;
  outputSchema?: JsonObject;
  run(args: JsonObject, context: ServerContext, shared: Shared): Answer | Promise<Answer>;
}

/** A result that is one text. */
export function say(text: string): CallToolResult {
  return { content: [{ type: 'text', text }] };
}

/** A result that says what went wrong, for the model to read. */
export function fail(text: string): CallToolResult {
  return { ...say(text), isError: true };
}
