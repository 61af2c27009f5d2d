import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import type { Json } from '../../engine/json/types.ts';

/** Each kind of thing that leaves the gateway sealed. What was sealed for one use is nothing to another. */
export type SealedUse = 'session' | 'request-state' | 'event-id' | 'combined-session' | 'combined-cursor';

const prefix = 'writ.';
const ivBytes = 12;
const tagBytes = 16;

/**
 * Seals what a client keeps for the gateway and gives back: nobody else can read, change or make it, so the gateway holds
 * nothing meanwhile, and any instance with the same master key can go on. AES-256-GCM under a key of its own for each use
 * (HKDF-SHA-256 of the master key); base64url, so visible ASCII that fits into headers and event ids.
 */
export class Sealer {
  readonly #master: Uint8Array;
  readonly #keys = new Map<SealedUse, KeyObject>();

  constructor(master: Uint8Array) {
    this.#master = master;
  }

  seal(use: SealedUse, value: Json): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#key(use), iv);
    const sealed = [iv, cipher.update(JSON.stringify(value)), cipher.final(), cipher.getAuthTag()];
    return prefix + Buffer.concat(sealed).toString('base64url');
  }

  /** What was sealed for this use; undefined for anything else. */
  open(use: SealedUse, text: string): Json | undefined {
    if (!this.looksSealed(text)) return undefined;
    const bytes = Buffer.from(text.slice(prefix.length), 'base64url');
    // Decoding passes over what is no base64url: what was sealed has one spelling.
    if (bytes.length < ivBytes + tagBytes || bytes.toString('base64url') !== text.slice(prefix.length))
      return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.#key(use), bytes.subarray(0, ivBytes));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      const opened = Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]);
      return JSON.parse(opened.toString('utf8'));
    } catch {
      return undefined;
    }
  }

  looksSealed(text: string): boolean {
    return text.startsWith(prefix);
  }

  #key(use: SealedUse): KeyObject {
    const known = this.#keys.get(use);
    if (known !== undefined) return known;
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', this.#master, '', `writ/1 seal ${use}`, 32)));
    this.#keys.set(use, key);
    return key;
  }
}
