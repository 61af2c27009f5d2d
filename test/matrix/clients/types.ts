/** Where a client finds a server: over Streamable HTTP, and over HTTP+SSE. */
export interface Reached {
  url: string;
  sse: string;
  headers: Record<string, string>;
}

/** A tool as clients of all kinds list it. */
export interface ListedTool {
  name: string;
  description?: string | undefined;
  inputSchema: unknown;
}

/** The answer of a tool as a client has it. */
export interface ToolAnswer {
  content: { type: string; text?: string }[];
  structuredContent?: unknown;
  isError?: boolean | undefined;
}

/**
 * A client that found its server. Errors that it shows for requests, in words of its own, reject. A client that is a
 * command may find out about the server at its first request only.
 */
export interface Session {
  /** Where the client tells. */
  protocolVersion?: string | undefined;
  tools(): Promise<ListedTool[]>;
  call(name: string, args: Record<string, unknown>): Promise<ToolAnswer>;
  /** The messages of a prompt. */
  prompt(name: string, args: Record<string, string>): Promise<unknown>;
  /** The contents of a resource. */
  resource(uri: string): Promise<unknown>;
  close(): Promise<void>;
}

/** A published client, the way it is used. */
export interface ClientKind {
  id: string;
  /** With its version, as people know it. */
  name: string;
  /** What it is told of transport and protocol. */
  way: string;
  open(reached: Reached): Promise<Session>;
}
