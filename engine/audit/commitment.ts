import { createHash, hash } from 'node:crypto';
import { WritError } from '../errors.ts';
import type { Commitment } from './entry.ts';

const SALT_BYTES = 32;
/** Up to here the parts are put side by side and hashed in one call, which costs half of a hash object. */
const ONE_SHOT_BYTES = 65_536;
const scratch = Buffer.alloc(1 + SALT_BYTES + ONE_SHOT_BYTES);

/**
 * Binds an entry to a value it must not show: SHA-256(0x01 || salt || value). `salt` is 32 random bytes, used once; without
 * it a short value (a name, a number) could be guessed. `value` is RFC 8785 text in UTF-8.
 */
export function commit(salt: Uint8Array, value: Uint8Array): Commitment {
  if (salt.length !== SALT_BYTES) throw new WritError('WRIT_INTERNAL', 'A commitment needs a salt of 32 bytes.');
  if (value.length > ONE_SHOT_BYTES) {
    return `sha256:${createHash('sha256').update(Buffer.of(1)).update(salt).update(value).digest('hex')}`;
  }
  scratch[0] = 0x01;
  scratch.set(salt, 1);
  scratch.set(value, 1 + SALT_BYTES);
  return `sha256:${hash('sha256', scratch.subarray(0, 1 + SALT_BYTES + value.length), 'hex')}`;
}
