/**
 * One conversation with a server: messages go in, and messages of the server's own come out, in no order but theirs. What
 * carries it is gone once `messages` has ended.
 */
export interface Duplex {
  /** Sends one JSON-RPC message. Resolves once the server has taken it; rejects with WRIT_UPSTREAM_UNREACHABLE. */
  send(text: string): Promise<void>;
  /**
   * What the server says, a message each, as it came. Taken by one reader, who holds the server back by not taking. Ends
   * when the server does; throws WRIT_UPSTREAM_UNREACHABLE, or WRIT_UPSTREAM_INVALID for what nobody could go on after.
   */
  readonly messages: AsyncIterable<Uint8Array>;
  /** Resolves when nothing of it is left, and never rejects. May be called again. */
  close(): Promise<void>;
}

/** Begins a conversation. Rejects with WRIT_UPSTREAM_UNREACHABLE or WRIT_UPSTREAM_INVALID. */
export type OpenDuplex = () => Promise<Duplex>;

export interface DuplexLimits {
  /** Largest message of the server, and the most characters that may wait for it to read, beyond the first message. */
  bytes: number;
  /** Longest silence, in milliseconds, of a request that waits for its answer, and of a server that does not read; half of it, of a reader. */
  idleMs: number;
  /** The same for streams without an end of their own. */
  streamIdleMs: number;
  /** Conversations with this server, and of those the most of one caller. */
  sessions: number;
  callerSessions: number;
  /** How long a conversation lasts without request or stream, in milliseconds. */
  sessionIdleMs: number;
  /** Wait before a server that keeps ending early is started for the third time, in milliseconds; doubled each time after. */
  backoffMs: number;
}

/** What was dropped, since nobody could have been meant by it. */
export interface DuplexCounts {
  /** Not one JSON-RPC message. */
  unreadable: number;
  /** Answers of the server to requests that nobody made, or nobody waits for any more. */
  unexpected: number;
  /** Notifications and requests of the server that belong to nobody. */
  unclaimed: number;
  /** Answers of a client to requests the server has not made. */
  unasked: number;
}
