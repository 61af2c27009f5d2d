import type { JsonDocument } from '../json/types.ts';
import type { MaskField, Strategy } from '../policy/types.ts';

/** How often a mask replaced a node, for the log. */
export interface AppliedMask {
  rule: string;
  strategy: Strategy;
  category: string | null;
  count: number;
}

export interface Masked {
  /** The message as it may be shown; number texts are kept. The input is never changed. */
  document: JsonDocument;
  applied: AppliedMask[];
  /** Content items, metadata and other parts that were withheld because the mask could not look into them. */
  withheld: number;
}

/** HMAC for the `hash` strategy: bound to tenant by the caller. Returns hex. */
export type KeyedHash = (value: string) => string;

export interface MaskContext {
  masks: readonly MaskField[];
  hash: KeyedHash;
  /** Of resources/read: the URI the caller asked for, which it knows. Any other is withheld. */
  uri?: string | undefined;
  /** Of tasks/get and tasks/result: the method of the call that the task answers; tools/call where nothing is said. */
  taskOf?: string | undefined;
}
