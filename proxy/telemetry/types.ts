import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorCode, WritError } from '../../engine/errors.ts';
import type { AppliedMask } from '../../engine/masking/types.ts';
import type { Catalogue, Direction } from '../../engine/policy/types.ts';
import type { Ruling } from '../call/types.ts';
import type { Asking, Message } from '../mcp/message.ts';

/**
 * What the gateway tells those who operate it: spans and metrics. Nothing here throws, waits, or keeps a message. Callers of
 * these methods give what they have; what of it may be told is decided behind them, and nowhere else.
 */
export interface Telemetry {
  /** A message has come in; one HTTP request may bring several, and an event of a server is one too. */
  begin(arrival: Arrival): CallSpan;
  /** An append to the audit log took so many seconds; `error` where it failed. */
  appended(seconds: number, error: ErrorCode | null): void;
  /** A stream was opened that belongs to no call. Returns what to call, once, when it has ended. */
  opened(server: string): () => void;
  /** A server failed outside of a call. */
  failed(server: string, error: ErrorCode): void;
  /** Every metric in the text format of Prometheus, version 0.0.4; nothing where there is no port to ask at. */
  scrape(): Promise<string>;
  /** Sends what is still to be sent, for as long as a few seconds at most. Never rejects. */
  close(): Promise<void>;
}

/** How bytes travel: `tcp` for HTTP, `pipe` for stdio. */
export type Transport = 'tcp' | 'pipe';

export interface Arrival {
  /** Of the configuration. */
  server: string;
  direction: Direction;
  transport: Transport;
  headers: IncomingHttpHeaders;
}

/** Where a message goes next. Nothing of a path or query, which may hold keys. */
export interface Peer {
  transport: Transport;
  address?: string;
  port?: number;
}

/** The policy a message is decided by, as far as it names things that may be told. */
export interface Naming {
  readonly digest: string;
  readonly catalogue: Catalogue;
}

/** One message on its way through the gateway. Called in this order; each but `begin` and `ended` may be left out. */
export interface CallSpan {
  /** It was read. `version` is that of MCP. The context of its trace is taken from its `_meta`, else from the headers. */
  read(message: Asking, version: string | null, policy: Naming): void;
  /** Policy is about to be asked; and has been. */
  deciding(): void;
  decided(call: string, ruling: Ruling): void;
  /** Masks were applied, to arguments or to what came back. */
  masked(applied: readonly AppliedMask[]): void;
  /** It is about to be sent on. Returns the `traceparent` to send it with; null where the caller's own is left as it is. */
  sending(peer: Peer): string | null;
  /** Its answer is a stream from here on. */
  streaming(): void;
  /** One message came back, and what became of it. */
  back(message: Message, released: { kind: 'shown' | 'withheld' | 'denied' }): void;
  /** It is done with; `gone` where its sender did not wait for the end. What comes after is ignored. */
  ended(error: WritError | null, gone?: boolean): void;
}
