import type { KeyedHash, Scope } from '../types.ts';

/** Choices made by the keyed hash of a text: always the same ones, and none that can be foretold without the key. */
export interface Draw {
  /** A whole number from 0 up to, but not, `bound`, which is at most 2 ** 48. */
  below(bound: number): number;
  /** Letters and digits of base32 (RFC 4648, small). */
  text(length: number): string;
  hex(length: number): string;
}

export function drawn(hash: KeyedHash, of: string, scope: Scope): Draw {
  let held = '';
  let round = 0;
  const hex = (length: number): string => {
    while (held.length < length) held += hash(`${round++}:${of}`, scope);
    const taken = held.slice(0, length);
    held = held.slice(length);
    return taken;
  };
  return {
    hex,
    // Thirteen digits are all that a double holds; of fewer, the rest of the division would be seen.
    below: (bound) => Number.parseInt(hex(13), 16) % bound,
    text: (length) => {
      let text = '';
      for (let index = 0; index < length; index++) text += alphabet.charAt(Number.parseInt(hex(2), 16) & 31);
      return text;
    },
  };
}

/** The draw that always takes the first: what it makes says nothing of any value. */
export const constant: Draw = {
  below: () => 0,
  text: (length) => 'x'.repeat(length),
  hex: (length) => '0'.repeat(length),
};

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
