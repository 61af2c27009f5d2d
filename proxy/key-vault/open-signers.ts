import { existsSync } from 'node:fs';
import { keyDigest } from '../../engine/audit/verifier-key.ts';
import { WritError } from '../../engine/errors.ts';
import type { Config, SignerConfig } from '../config/types.ts';
import { fileSigner, type Signer } from '../recorder/signer.ts';
import type { Previous } from '../recorder/succession.ts';
import { knownKeys, readRotation, readTrust } from '../recorder/trust-file.ts';
import { openCredential } from './credential.ts';
import { parseKeyIdentifier } from './identifier.ts';
import { fetchPublicKey, keyVaultSigner, type VaultKey } from './signer.ts';
import type { KeyVaultConfig } from './types.ts';

/** Who signs the log, and who signed it before where the key changes. */
export interface Signers {
  readonly signer: Signer;
  readonly previous?: Previous;
}

/**
 * Opens the signers that `audit.signer` names. Only for a key in a vault is the Azure SDK loaded. Throws WRIT_KEY_UNAVAILABLE,
 * WRIT_KEY_INVALID, WRIT_CONFIG_INVALID.
 */
export async function openSigners(audit: Config['audit'], environment: NodeJS.ProcessEnv): Promise<Signers> {
  const { key_file, key_vault, previous } = audit.signer;
  const known = knownKeys(audit.directory);
  if (key_vault === undefined) {
    const signer = fileSigner(key_file ?? '');
    if (isSettled(audit.directory, signer)) return { signer };
    const before = await openPrevious(previous, known, environment);
    return { signer, ...(before && { previous: before }) };
  }
  const key = await open(key_vault, environment);
  const signer = await keyVaultSigner(key, await fetchPublicKey(key, known.get(key.id.kid)));
  if (isSettled(audit.directory, signer)) return { signer };
  const before =
    previous === undefined
      ? await beforeInVault(key, audit.directory)
      : await openPrevious(previous, known, environment);
  return { signer, ...(before && { previous: before }) };
}

/** Whether the log is signed by this key already: then the key before, which may be gone by now, has nothing more to do. */
function isSettled(directory: string, { spki }: Signer): boolean {
  const last = readTrust(directory).at(-1);
  return last === undefined || (keyDigest(last.key.spki) === keyDigest(spki) && readRotation(directory) === undefined);
}

/** The log's last key, where it is another version or key of the same vault: the login for one is that for the other. */
async function beforeInVault({ id, credential }: VaultKey, directory: string): Promise<Signer | undefined> {
  const last = readTrust(directory).at(-1);
  const before = parseKeyIdentifier(last?.kid ?? '');
  if (last === undefined || before?.version === undefined) return undefined;
  if (before.vault !== id.vault || before.kid === id.kid) return undefined;
  return keyVaultSigner({ id: { ...before, version: before.version }, credential }, last.key.spki);
}

async function openPrevious(
  previous: SignerConfig['previous'],
  known: ReadonlyMap<string, Uint8Array>,
  environment: NodeJS.ProcessEnv,
): Promise<Previous | undefined> {
  if (previous === undefined || previous === 'lost') return previous;
  if (previous.key_vault === undefined) {
    const file = previous.key_file ?? '';
    // A signer makes its file where there is none; of a key that signed before there must be one.
    if (!existsSync(file)) throw new WritError('WRIT_KEY_INVALID', 'audit.signer.previous.key_file is not there.');
    return fileSigner(file);
  }
  const key = await open(previous.key_vault, environment);
  return keyVaultSigner(key, known.get(key.id.kid) ?? (await fetchPublicKey(key, undefined)));
}

async function open(config: KeyVaultConfig, environment: NodeJS.ProcessEnv): Promise<VaultKey> {
  const id = parseKeyIdentifier(config.key);
  if (id?.version === undefined)
    throw new WritError('WRIT_CONFIG_INVALID', 'audit.signer.key_vault.key has no version.');
  return { id: { ...id, version: id.version }, credential: await openCredential(config, environment) };
}
