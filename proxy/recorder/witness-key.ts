import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signatureLine } from '../../engine/audit/note.ts';
import { formatVerifierKey } from '../../engine/audit/verifier-key.ts';
import { asWritError, WritError } from '../../engine/errors.ts';
import { replaceFile } from './durable.ts';
import { secretFile } from './secret-file.ts';

/** Signs a checkpoint's text a second time, for public witnesses: C2SP demands an Ed25519 line (type 0x01) of their logs. */
export type WitnessLine = (text: Uint8Array) => string;

/**
 * Opens the Ed25519 key in a PKCS #8 PEM file, made on first start, and leaves its vkey in `log.ed25519.vkey`. No verifier of
 * ours takes this line for the log's signature. Throws WRIT_KEY_INVALID.
 */
export function openWitnessKey(file: string, directory: string, origin: string): WitnessLine {
  const pem = secretFile(file, () =>
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== 'ed25519') throw new WritError('WRIT_KEY_INVALID', 'The witness key is not Ed25519.');
    const spki = createPublicKey(pem).export({ type: 'spki', format: 'der' });
    keep(join(directory, 'log.ed25519.vkey'), formatVerifierKey(origin, spki, 'ed25519'));
    return (text) => signatureLine('ed25519', origin, spki, sign(null, text, key));
  } catch (cause) {
    throw asWritError(cause, 'WRIT_KEY_INVALID', 'The witness key does not parse.');
  }
}

function keep(path: string, vkey: string): void {
  if (!existsSync(path)) replaceFile(path, `${vkey}\n`);
  else if (readFileSync(path, 'utf8').trim() !== vkey) {
    throw new WritError(
      'WRIT_KEY_INVALID',
      'The witness key is not that of log.ed25519.vkey. To go on with it, remove that file and tell the witnesses.',
    );
  }
}
