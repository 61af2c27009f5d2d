import type { ErrorCode } from '../errors.ts';
import type { Hiding } from '../policy/named-rules.ts';
import type { Direction, Effect, IdentityKind, Strategy, Verdict } from '../policy/types.ts';

/**
 * What the log says about a call. An entry holds only ids, enumerations, rule ids, digests of public things, the
 * caller's subject as an HMAC, and commitments: a log is append-only, so what is wrong in entry one can never be taken
 * out. Everything a caller or server chose (arguments, names nobody catalogued, claims, results) is a commitment.
 * Each kind is versioned by `v`; golden files freeze it. A new kind begins with 1.
 */
export type Entry =
  | OpenEntry
  | KeyEntry
  | BundleEntry
  | DecisionEntry
  | IntentEntry
  | OutcomeEntry
  | RefusalsEntry
  | CloseEntry;

interface Common {
  v: 1;
  /** RFC 3339, UTC, milliseconds; never decreases within a log. */
  time: string;
}

/** `sha256:<hex>` of SHA-256(0x01 || salt32 || RFC 8785(value)); value and salt lie in the payload store. */
export type Commitment = `sha256:${string}`;
/** `sha256:<hex>` of something public: a bundle, a key, a build. */
export type Digest = `sha256:${string}`;

/** First entry of a log, and of each start of the gateway. */
export interface OpenEntry extends Common {
  kind: 'open';
  origin: string;
  gateway: string;
  build: string;
  /** SHA-256 of the SPKI of the key that signs checkpoints, until a `key` entry names another. */
  key: Digest;
  /** Calls that had an intent and no outcome when the last process ended; each gets an outcome `unknown`. */
  recovered: number;
}

/** The log goes on under another signing key; written by the process that brings the key, after its `open`. */
export interface KeyEntry extends Common {
  kind: 'key';
  /** SHA-256 of the SPKI of the key that signs checkpoints from here on, and of the one before it. */
  key: Digest;
  previous: Digest;
  /** Where the key lies: its Key Vault identifier with version; null for a key in a file. */
  kid: string | null;
  /** Whether `previous` signs the first checkpoint over this entry too. False where that key was lost. */
  endorsed: boolean;
}

/** A policy bundle took effect; its bytes are archived under bundles/<hex>.tar.gz. */
export interface BundleEntry extends Common {
  kind: 'bundle';
  digest: Digest;
  revision: string | null;
}

export interface DecisionEntry extends Common {
  kind: 'decision';
  call: string;
  tenant: string;
  /** HMAC-SHA-256 of the caller's id under the tenant's key, hex; null for anonymous. */
  subject: string | null;
  identity: IdentityKind;
  server: string;
  direction: Direction;
  /** A method of the MCP specification, or "other" (the true name is in the committed input). */
  method: string;
  /** A tool in the catalogue, or null. */
  tool: string | null;
  effect: Effect;
  verdict: Verdict;
  /** Rules that decided, that have tokens turned back, and that have content shown which would be withheld. */
  rules: string[];
  /** Rules that hide something. One that has content withheld or refused has `withhold` or `deny` for its strategy. */
  masks: Hiding[];
  obligations: string[];
  /** Set where the gateway itself refused: policy failed, message not carried. */
  error: ErrorCode | null;
  bundle: Digest;
  fuel: number;
  /** Host builtins that could not answer. */
  unanswered: string[];
  /** Id under which approval is awaited, when the effect is require-approval. */
  pending: string | null;
  commitments: {
    input: Commitment;
    arguments: Commitment | null;
    claims: Commitment | null;
    reasons: Commitment | null;
  };
}

/** The message is about to be sent on: what exactly, after masking on the way in. */
export interface IntentEntry extends Common {
  kind: 'intent';
  call: string;
  commitments: { arguments: Commitment | null };
}

export interface OutcomeEntry extends Common {
  kind: 'outcome';
  call: string;
  /**
   * completed: the server's result was released; failed: the server answered an error; refused: the gateway withheld
   * what came back; aborted: the client went away; unreachable: no answer; unknown: the gateway died in between.
   */
  status: 'completed' | 'failed' | 'refused' | 'aborted' | 'unreachable' | 'unknown';
  error: ErrorCode | null;
  /** Messages that came back, the final one included, and how many of them were not shown. */
  frames: number;
  withheld: number;
  /** Rules of the second look, how many nodes each mask replaced, and how many tokens each rule let be turned back. */
  rules: string[];
  masked: { rule: string; strategy: Strategy | 'detokenise'; category: string | null; count: number }[];
  /** received: what the server sent; sent: what the caller was shown. Both commit to the chain of frames (chain.ts). */
  commitments: { received: Commitment | null; sent: Commitment | null };
}

/** Requests refused before anyone was authenticated, counted by code; written at most once a minute. */
export interface RefusalsEntry extends Common {
  kind: 'refusals';
  since: string;
  counts: Partial<Record<ErrorCode, number>>;
}

/** The gateway stopped in order. A log without it at its end was cut off or its process died. */
export interface CloseEntry extends Common {
  kind: 'close';
  reason: string;
}

/** A salted value, as the payload store keeps it. `value` is absent where policy says not to keep it. */
export interface Opening {
  salt: Uint8Array;
  /** RFC 8785 bytes. */
  value?: Uint8Array;
}
