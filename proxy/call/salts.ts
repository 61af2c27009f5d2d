import { randomFillSync } from 'node:crypto';

const saltBytes = 32;
// One request to the system for many salts costs a small part of one request each.
let pool = Buffer.alloc(0);
let used = 0;

/** 32 random bytes, never handed out twice. */
export function freshSalt(): Uint8Array {
  if (used === pool.length) {
    pool = randomFillSync(Buffer.allocUnsafeSlow(256 * saltBytes));
    used = 0;
  }
  used += saltBytes;
  return pool.subarray(used - saltBytes, used);
}
