import type { IncomingHttpHeaders } from 'node:http';
import type { RequestId } from './mcp/message.ts';
import type { Receipt } from './mcp/receipt.ts';
import type { StreamItem } from './upstream/types.ts';

/** One message of a caller and the way back to it, as the pipeline needs them, whatever carries both. */
export interface Exchange {
  readonly headers: IncomingHttpHeaders;
  /** Of the peer, where one is known. */
  readonly address: string | null;
  /** Id of the JSON-RPC request, once it is read; an error names it. */
  requestId: RequestId | null;
  /** Where the call is on record, once its decision is. */
  receipt: Receipt | null;
  /** True once the caller has gone away before its answer was complete. */
  readonly gone: boolean;
  /** True once a stream was begun: from then on every answer is an event. */
  readonly streaming: boolean;
  /** Reads the whole body. Rejects with WRIT_JSON_TOO_LARGE past `limit` bytes, without keeping what came. */
  body(limit: number): Promise<Uint8Array>;
  /** Calls back when the caller goes away early; at once if it already has. */
  onGone(callback: () => void): void;
  offGone(callback: () => void): void;
  /** Lets go of what was begun for this request, as if the caller had gone away. */
  breakOff(): void;
  /** Its answer is a stream without an end of its own, so it no longer counts among the calls in hand. */
  lasts(): void;
  /** Answers once and for all: a second answer is dropped. On a stream that has begun, the body is the last event. */
  answer(status: number, body: string | Uint8Array | null, headers?: Record<string, string>): void;
  /** Begins a stream. */
  stream(headers: Record<string, string>): void;
  /** Sends one message. Resolves when the caller has taken enough for the next: a slow one holds its server back. */
  send(body: string | Uint8Array, meta?: EventMeta): Promise<void> | void;
  /** Passes on what a stream holds besides messages: comments, empty events, the time to wait before connecting again. */
  pass(item: StreamItem): Promise<void> | void;
}

/** Fields of an event besides its data. */
export interface EventMeta {
  id?: string | undefined;
  event?: string | undefined;
}
