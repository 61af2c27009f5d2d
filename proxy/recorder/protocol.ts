import type { ErrorCode } from '../../engine/errors.ts';
import type { Integrated } from './integrated.ts';

/** What the recorder gives its thread at the start. */
export interface ThreadStart {
  directory: string;
  origin: string;
  master: Uint8Array;
  state: Integrated;
  /** One number: how many frames of the write-ahead log are durable, those that recovery found included. It may wrap. */
  durable: Int32Array;
  /** Milliseconds. */
  checkpointInterval: number;
  heartbeat: number;
}

/** What the recorder asks of its thread. Each request is answered once, in order. */
export type Request =
  /** Integrate all that is durable now, and have it signed. With `last`, leave no write-ahead segment behind. */
  | { kind: 'drain'; last: boolean }
  /** Keep a policy bundle at this path, durably. */
  | { kind: 'archive'; path: string; bytes: Uint8Array }
  /** Destroy the keys of a call; answered by how many there were. */
  | { kind: 'destroy'; call: string }
  /** Answered by the processor time of the thread, in microseconds. */
  | { kind: 'usage' };

export type ToThread = { id: number; request: Request } | { note: string } | { note: null; again: number };

export type FromThread =
  | { id: number; answer: unknown }
  /** Sign this text; answered by the note, or null where it could not be signed and when to ask again, in milliseconds. */
  | { sign: string }
  /** The checkpoint on disk covers this many durable frames, and so many entries. */
  | { signed: number; size: number }
  /** Nothing more will be integrated. */
  | { halted: { code: ErrorCode; detail: string | undefined } };
