import type { Digest, Entry, Opening } from '../../engine/audit/entry.ts';
import type { ErrorCode } from '../../engine/errors.ts';

/** What the pipeline needs of the audit log. One process, one log, one recorder. */
export interface Recorder {
  /** C2SP origin of this log. */
  readonly origin: string;
  /**
   * Appends entries and the openings of their commitments in one step. Resolves when all of it is on disk (fdatasync), to the
   * index that the first of the entries has in the log, the others following it;
   * entries of one call never interleave out of order, and one older than the last appended takes its time. Rejects with WRIT_AUDIT_UNAVAILABLE when it may not be on disk:
   * from then on every append rejects, and the process must be restarted to recover.
   */
  append(entries: readonly Entry[], payload?: CallPayload): Promise<number>;
  /** HMAC-SHA-256 under a key of this tenant and use, hex. Uses never share a key. */
  hmac(tenant: string, use: 'subject' | 'mask', value: string): string;
  /** Wall clock that never goes back, as entries need it: RFC 3339, UTC, milliseconds. */
  now(): string;
  /**
   * Integrates, signs and closes the log in order. Rejects with WRIT_AUDIT_UNAVAILABLE, the log being closed and durable,
   * where its last checkpoint cannot be signed within seconds; the next start signs it.
   */
  close(reason: string): Promise<void>;
}

/** Openings to encrypt under the call's own key; the key is made on first use and can be destroyed alone. */
export interface CallPayload {
  call: string;
  tenant: string;
  openings: Record<string, Opening>;
}

/** A recorder and what only its owner may do with it. */
export interface OpenedRecorder extends Recorder {
  /** The C2SP verifier key of the log, as in `log.vkey`. */
  readonly verifierKey: string;
  /** False once appends are refused for good. That entries go unsigned for too long is another matter, which ends. */
  readonly writable: boolean;
  /** Seconds for which the oldest entry that no signed checkpoint covers has waited; 0 where none waits. */
  readonly unsignedSeconds: number;
  /** Keeps a policy bundle for replay, durably, and returns its digest. Comes before its `bundle` entry. */
  archiveBundle(bytes: Uint8Array): Promise<Digest>;
  /** Counts a request that was refused before it had a decision; counts reach the log once a minute. */
  refused(code: ErrorCode): void;
  /**
   * Makes what the payload store has of a call unreadable for good; resolves with the number of keys destroyed. The call must
   * have ended: what is appended for it later gets a new key.
   */
  destroyCallKey(call: string): Promise<number>;
  /** Integrates and signs everything appended so far. */
  flush(): Promise<void>;
  /** Processor time of the thread beside the request's way, in microseconds. */
  usage(): Promise<{ user: number; system: number }>;
}
