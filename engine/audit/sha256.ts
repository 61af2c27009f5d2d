import { hash } from 'node:crypto';

/**
 * SHA-256 of `input`, written into `target`. The digest crosses from native code as a latin1 string: a Buffer of its own
 * would cost three times the hash of a tree node (bench/audit.ts).
 */
export function sha256Into(target: Buffer, offset: number, input: Uint8Array): void {
  target.write(hash('sha256', input, 'latin1'), offset, 32, 'latin1');
}

export function sha256(input: Uint8Array): Buffer {
  const digest = Buffer.allocUnsafe(32);
  sha256Into(digest, 0, input);
  return digest;
}
