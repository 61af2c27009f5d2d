import type { IncomingHttpHeaders } from 'node:http';

/**
 * What a stream of server-sent events holds (WHATWG HTML, "Interpreting an event stream"): events, of which one with empty data
 * says nothing but its id; comments; and how long to wait before connecting again, in milliseconds.
 */
export type StreamItem =
  | { kind: 'event'; data: string; id: string | undefined; event: string | undefined }
  | { kind: 'comment'; text: string }
  | { kind: 'retry'; milliseconds: number };

/** What came back: one body, a stream, or nothing but a status and an empty body. */
export type UpstreamAnswer =
  | { kind: 'body'; status: number; headers: IncomingHttpHeaders; body: Uint8Array }
  | { kind: 'events'; status: number; headers: IncomingHttpHeaders; events: AsyncIterable<StreamItem> };

/** A request under way. `abort` reaches the server whether its answer has begun or not; rejects what waits for it. */
export interface Sent {
  /** Rejects with WRIT_UPSTREAM_UNREACHABLE or WRIT_UPSTREAM_INVALID. */
  answer: Promise<UpstreamAnswer>;
  abort(): void;
}

/**
 * The way to one MCP server, as Streamable HTTP has it whatever carries it: a message is posted and answered by a body or a
 * stream, a session's own stream is listened to, a session is ended. Header names are in lower case. Credentials are the
 * gateway's own, never the caller's; `caller` says whose messages these are where a transport must keep callers apart.
 */
export interface Upstream {
  /** Sends one JSON-RPC message. `long` where its answer is a stream without an end of its own. */
  post(body: Uint8Array | string, headers: Record<string, string>, caller: string, long?: boolean): Sent;
  /** GET: the stream on which a server speaks of its own accord, or resumes another (`last-event-id`). */
  listen(headers: Record<string, string>, caller: string): Sent;
  /** DELETE: ends the session that `mcp-session-id` names. */
  end(headers: Record<string, string>, caller: string): Sent;
  /** Lets go of every connection and process. */
  close(): Promise<void>;
}
