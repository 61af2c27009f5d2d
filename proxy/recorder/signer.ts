import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { promisify } from 'node:util';
import { asWritError, WritError } from '../../engine/errors.ts';
import { secretFile } from './secret-file.ts';

const signAsync = promisify(sign);

/** Holds the P-256 key that signs checkpoints, wherever that key lives. */
export interface Signer {
  /** The public key, SPKI in DER. It never changes while a recorder is open. */
  readonly spki: Uint8Array;
  /** Key Vault identifier of the key, with its version; absent for a key in a file. */
  readonly kid?: string;
  /**
   * ECDSA over SHA-256 of `text`, as r || s in 64 bytes. May take long and may fail; the caller stops waiting where `signal`
   * aborts, and tries again. It takes the text, as node:crypto cannot sign a digest made elsewhere; a remote signer hashes it
   * and sends the digest. The caller verifies what comes back.
   */
  sign(text: Uint8Array, signal: AbortSignal): Promise<Uint8Array>;
}

/** Why a signer did not sign, in words fit for a log message. */
export class SigningError extends Error {
  /** Milliseconds not to ask before, where the signer said so. */
  readonly retryAfter: number | undefined;

  constructor(message: string, options: { retryAfter?: number | undefined; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAfter = options.retryAfter;
  }
}

/** Signs with a P-256 key in a PKCS #8 PEM file, made on first start. Throws WRIT_KEY_INVALID. */
export function fileSigner(path: string): Signer {
  const pem = secretFile(path, () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  });
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') {
      throw new WritError('WRIT_KEY_INVALID', 'The key that signs the log is not a P-256 key.');
    }
    return {
      spki: createPublicKey(pem).export({ type: 'spki', format: 'der' }),
      sign: (text) => signAsync('sha256', text, { key, dsaEncoding: 'ieee-p1363' }),
    };
  } catch (cause) {
    throw asWritError(cause, 'WRIT_KEY_INVALID', 'The key that signs the log does not parse.');
  }
}
