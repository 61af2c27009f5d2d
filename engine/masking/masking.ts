import type { JsonObject } from '../json/types.ts';
import type { Literals } from './literals.ts';
import type { Rule } from './rules.ts';
import type { KeyedHash } from './types.ts';

/** The masks on one message, and the values they have found in it so far. */
export interface Masking {
  readonly rules: readonly Rule[];
  readonly hash: KeyedHash;
  readonly literals: Literals;
}

/** What is shown of a part of a message, and how many things in it are withheld. */
export interface Shown {
  readonly value: JsonObject;
  readonly withheld: number;
}
