import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { decodeBase64 } from '../../engine/audit/base64.ts';
import { WritError } from '../../engine/errors.ts';
import { secretFile } from './secret-file.ts';

/** RFC 3394, default initial value. */
const KEY_WRAP_IV = Buffer.alloc(8, 0xa6);

/** Reads the master key, made on first start: 32 random bytes in base64, readable by the owner alone. */
export function openMasterKey(path: string): Uint8Array {
  const text = secretFile(path, () => `${randomBytes(32).toString('base64')}\n`);
  const key = decodeBase64(text.trim());
  if (key?.length !== 32)
    throw new WritError('WRIT_KEY_INVALID', 'The master key file does not hold 32 bytes in base64.');
  return key;
}

/** Every key derived from the master key. One use, one tenant, one key: HKDF-SHA-256 with both as its info. */
export class Keys {
  readonly #master: Uint8Array;
  readonly #derived = new Map<string, KeyObject>();

  constructor(master: Uint8Array) {
    this.#master = master;
  }

  /** HMAC-SHA-256 in hex. */
  hmac(tenant: string, use: 'subject' | 'mask' | 'token', value: string): string {
    return createHmac('sha256', this.#derive(`hmac ${use}`, tenant))
      .update(value)
      .digest('hex');
  }

  /** Wraps the keys of write-ahead segments. */
  wrapSegmentKey(key: Uint8Array): Buffer {
    return createCipheriv('id-aes256-wrap', this.#derive('wal', ''), KEY_WRAP_IV).update(key);
  }

  unwrapSegmentKey(wrapped: Uint8Array): Buffer {
    return createDecipheriv('id-aes256-wrap', this.#derive('wal', ''), KEY_WRAP_IV).update(wrapped);
  }

  /** Encrypts the call keys of a tenant where they lie. */
  payload(tenant: string): KeyObject {
    return this.#derive('payload', tenant);
  }

  /** Encrypts the values that tokens of a tenant stand for. */
  tokens(tenant: string): KeyObject {
    return this.#derive('tokens', tenant);
  }

  #derive(use: string, tenant: string): KeyObject {
    const info = `writ/1 ${use}\0${tenant}`;
    const known = this.#derived.get(info);
    if (known !== undefined) return known;
    const key = createSecretKey(Buffer.from(hkdfSync('sha256', this.#master, '', info, 32)));
    this.#derived.set(info, key);
    return key;
  }
}
