import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keys } from '../recorder/keys.ts';
import type { ValueTokenRow } from '../store/tables.ts';

const ivBytes = 12;
const tagBytes = 16;

/** All that a token is bound to: what was sealed with it is opened with no other. */
export type Binding = Pick<
  ValueTokenRow,
  'tenant' | 'id' | 'caller' | 'purpose' | 'category' | 'label' | 'issued_at' | 'expires_at'
>;

/** Seals values where they lie: AES-256-GCM under a key of the tenant, bound to everything the row says of the token. */
export class TokenCipher {
  readonly #keys: Keys;

  constructor(keys: Keys) {
    this.#keys = keys;
  }

  /** By which the store knows a token: it holds nothing that would be taken for one. */
  idOf(tenant: string, token: string): string {
    return this.#keys.hmac(tenant, 'token', token);
  }

  seal(value: string, binding: Binding): string {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#keys.tokens(binding.tenant), iv).setAAD(boundTo(binding));
    return Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
  }

  /** Undefined where anything of the row is not as it was sealed. */
  open(sealed: string, binding: Binding): string | undefined {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < ivBytes + tagBytes) return undefined;
    const decipher = createDecipheriv(
      'aes-256-gcm',
      this.#keys.tokens(binding.tenant),
      bytes.subarray(0, ivBytes),
    ).setAAD(boundTo(binding));
    decipher.setAuthTag(bytes.subarray(-tagBytes));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(ivBytes, -tagBytes)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}

function boundTo({ tenant, id, caller, purpose, category, label, issued_at, expires_at }: Binding): Buffer {
  return Buffer.from(JSON.stringify([1, tenant, id, caller, purpose, category, label, issued_at, expires_at]));
}
