import { createPublicKey, verify } from 'node:crypto';
import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { formatVerifierKey } from '../../engine/audit/verifier-key.ts';
import type { Config } from '../../proxy/config/types.ts';
import { openSigners } from '../../proxy/key-vault/open-signers.ts';
import { openMasterKey } from '../../proxy/recorder/keys.ts';
import type { Signer } from '../../proxy/recorder/signer.ts';
import { readTrust } from '../../proxy/recorder/trust-file.ts';
import { attempt, type Finding, fail, inTime, ok, warn } from './finding.ts';

/** No checkpoint has so few lines, so the signature is worth nothing anywhere else. */
const sample = Buffer.from('writ doctor\n');

/** Has the signer of the log sign something, and verifies it here. A key file that is not there yet is not made. */
export function lookAtSigner({ audit }: Config): Promise<Finding[]> {
  const { key_file, key_vault } = audit.signer;
  const help =
    key_vault === undefined
      ? 'audit.signer.key_file is a P-256 key in PEM that its owner alone may read (chmod 600).'
      : 'Check audit.signer.key_vault, the role of the gateway at the vault, and that the key version is enabled.';
  return attempt('signer', help, async () => {
    if (key_vault === undefined && key_file !== undefined && !existsSync(key_file)) return [unmade('signer', key_file)];
    const { signer } = await inTime(openSigners(audit, process.env));
    const signal = AbortSignal.timeout(5_000);
    const began = performance.now();
    const signature = await inTime(signer.sign(sample, signal));
    const took = Math.round(performance.now() - began);
    if (!holds(signer, signature)) return [fail('signer', 'its signature does not verify', help)];
    const where = key_vault === undefined ? 'key file' : 'key vault';
    return [ok('signer', `${where} signs in ${took} ms`), ...lookAtTrust(audit, signer)];
  });
}

function holds({ spki }: Signer, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
  return verify('sha256', sample, { key, dsaEncoding: 'ieee-p1363' }, signature);
}

/** Whether the log that is there was signed by this key. */
function lookAtTrust({ directory, origin, signer: { previous } }: Config['audit'], signer: Signer): Finding[] {
  const last = readTrust(directory).at(-1);
  if (last === undefined) return [];
  const ofLog = formatVerifierKey(last.key.name ?? origin, last.key.spki);
  if (ofLog === formatVerifierKey(origin, signer.spki)) return [ok('log key', 'the log is signed by this key')];
  const help = 'Name the key before in audit.signer.previous to change keys; a new origin needs a new audit.directory.';
  const said = 'the log in audit.directory has another origin or key';
  return [
    previous === undefined ? fail('log key', said, help) : warn('log key', `${said}: it changes at next start`, help),
  ];
}

export function lookAtMasterKey({ audit: { master_key_file } }: Config): Promise<Finding[]> {
  const help = 'audit.master_key_file holds 32 bytes in base64 that their owner alone may read (chmod 600).';
  return attempt('master key', help, () => {
    if (!existsSync(master_key_file)) return [unmade('master key', master_key_file)];
    openMasterKey(master_key_file);
    return [ok('master key', 'is there, for its owner alone')];
  });
}

function unmade(check: string, file: string): Finding {
  const folder = firstExisting(dirname(file));
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return ok(check, 'is not there yet; the first start makes it');
  } catch {
    return fail(
      check,
      `is not there, and ${folder} is not writable`,
      'Let the gateway write there, or put a key in place.',
    );
  }
}

/** The folder itself or the nearest above it that is there. */
export function firstExisting(folder: string): string {
  const isFolder = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder || dirname(folder) === folder ? folder : firstExisting(dirname(folder));
}
