import { createHash, createPublicKey } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { TokenCredential } from '@azure/identity';
import type { KeyVaultKey } from '@azure/keyvault-keys';
import { asWritError, WritError } from '../../engine/errors.ts';
import type { Signer } from '../recorder/signer.ts';
import { type VaultFailure, vaultFailure } from './failure.ts';
import { isLoopback, type KeyIdentifier } from './identifier.ts';

/** Milliseconds for one question at the start, between two, and for all of them. */
const ASK = 10_000;
const BETWEEN = 1_000;
const PATIENCE = 30_000;

/** One key version in a vault, and the login that may use it. */
export interface VaultKey {
  readonly id: KeyIdentifier & { readonly version: string };
  readonly credential: TokenCredential;
}

/** A signer for a key whose public half is known. Asks the vault nothing until it has to sign. */
export async function keyVaultSigner({ id, credential }: VaultKey, spki: Uint8Array): Promise<Signer> {
  const { CryptographyClient } = await import('@azure/keyvault-keys');
  const client = new CryptographyClient(id.kid, credential, clientOptions(id.vault));
  return {
    spki,
    kid: id.kid,
    async sign(text, abortSignal) {
      try {
        const digest = createHash('sha256').update(text).digest();
        // ES256 in Key Vault is r || s, as RFC 7518 section 3.4 has it.
        const { result } = await client.sign('ES256', digest, { abortSignal });
        return result;
      } catch (cause) {
        throw vaultFailure(cause);
      }
    },
  };
}

/**
 * The public key, SPKI in DER, as the vault has it. Where the vault is away `known` will do, from an earlier start; where it
 * refuses, nothing does. Throws WRIT_KEY_UNAVAILABLE, WRIT_KEY_INVALID.
 */
export async function fetchPublicKey(
  key: VaultKey,
  known: Uint8Array | undefined,
  patience = PATIENCE,
): Promise<Uint8Array> {
  const { KeyClient } = await import('@azure/keyvault-keys');
  const { id, credential } = key;
  const client = new KeyClient(id.vault, credential, clientOptions(id.vault));
  const end = performance.now() + patience;
  for (;;) {
    const failure = await ask(client, id).catch(vaultFailure);
    if (!(failure instanceof Error)) return checked(failure, id, known);
    const wait = Math.max(BETWEEN, failure.retryAfter ?? 0);
    if (!failure.lasting && known !== undefined) return known;
    if (failure.lasting || performance.now() + wait > end) throw unavailable(id, failure);
    await setTimeout(wait);
  }
}

interface Client {
  getKey(name: string, options: { version: string; abortSignal: AbortSignal }): Promise<KeyVaultKey>;
}

/** Ends within its time also where a credential does not heed the signal. */
async function ask(client: Client, { name, version }: VaultKey['id']): Promise<KeyVaultKey> {
  const abortSignal = AbortSignal.timeout(ASK);
  const late = Promise.withResolvers<never>();
  abortSignal.addEventListener('abort', () => late.reject(abortSignal.reason), { once: true });
  return Promise.race([client.getKey(name, { version, abortSignal }), late.promise]);
}

function checked(answer: KeyVaultKey, id: KeyIdentifier, known: Uint8Array | undefined): Uint8Array {
  const { kty, crv, x, y } = answer.key ?? {};
  if (answer.id !== id.kid) throw invalid(id, 'the vault answered with another key');
  if ((kty !== 'EC' && kty !== 'EC-HSM') || crv !== 'P-256' || x === undefined || y === undefined) {
    throw invalid(id, `it is ${String(crv ?? kty)} and not P-256, which is what signs checkpoints`);
  }
  if (!answer.keyOperations?.includes('sign')) throw invalid(id, 'its operations do not include sign');
  const spki = toSpki(x, y);
  if (known !== undefined && !spki.equals(known)) throw invalid(id, 'the log knows another public key under this name');
  return spki;
}

function toSpki(x: Uint8Array, y: Uint8Array): Buffer {
  const text = (part: Uint8Array) => Buffer.from(part).toString('base64url');
  try {
    const key = { kty: 'EC', crv: 'P-256', x: text(x), y: text(y) };
    return createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'der' });
  } catch (cause) {
    throw asWritError(cause, 'WRIT_KEY_INVALID', 'The public key in the vault is not a point of P-256.');
  }
}

/**
 * The SDK checks that the vault which asks for a token is of the domain the token is for; an emulator cannot pass that. To
 * switch it off for any other host would hand tokens for the real vault to whoever answers there.
 */
function clientOptions(vault: string) {
  return {
    disableChallengeResourceVerification: isLoopback(vault),
    retryOptions: { maxRetries: 0 },
    userAgentOptions: { userAgentPrefix: 'writ' },
  };
}

const unavailable = ({ kid }: KeyIdentifier, cause: VaultFailure) =>
  new WritError('WRIT_KEY_UNAVAILABLE', `${kid}: ${cause.message}`, { cause });
const invalid = ({ kid }: KeyIdentifier, what: string) => new WritError('WRIT_KEY_INVALID', `${kid}: ${what}.`);
