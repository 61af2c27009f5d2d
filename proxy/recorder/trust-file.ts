import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { formatTrust, parseTrust, type TrustedKey } from '../../engine/audit/trust.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../engine/audit/verifier-key.ts';
import { WritError } from '../../engine/errors.ts';
import { replaceFile, syncDirectory } from './durable.ts';

// Beside a log lie its keys: trust.json has all of them, log.vkey the one in use. While one key follows another,
// rotation.json has the new one; it goes once a checkpoint is signed by it.

/** A key that is to follow the last of trust.json. */
export interface Rotation {
  readonly key: VerifierKey;
  readonly kid: string | null;
  /** Whether the key before signs the first checkpoint too. */
  readonly endorsed: boolean;
  /** Size of the last checkpoint before the change. */
  readonly before: number;
}

/** The keys of a log, empty where it is new. A log from before trust.json has the one key of log.vkey. */
export function readTrust(directory: string): TrustedKey[] {
  const trust = textOf(directory, 'trust.json');
  if (trust !== undefined) return parseTrust(trust);
  const vkey = textOf(directory, 'log.vkey');
  return vkey === undefined ? [] : [{ key: parseVerifierKey(vkey), kid: null, from: 0, to: null }];
}

export function writeTrust(directory: string, trust: readonly TrustedKey[]): void {
  const text = formatTrust(trust);
  if (textOf(directory, 'trust.json') !== text) replaceFile(join(directory, 'trust.json'), text);
  const last = trust.at(-1);
  const vkey = last === undefined ? '' : `${formatVerifierKey(last.key.name ?? '', last.key.spki)}\n`;
  if (textOf(directory, 'log.vkey') !== vkey) replaceFile(join(directory, 'log.vkey'), vkey);
}

export function readRotation(directory: string): Rotation | undefined {
  const text = textOf(directory, 'rotation.json');
  if (text === undefined) return undefined;
  try {
    const { vkey, kid, endorsed, before } = Object(JSON.parse(text));
    const named = (kid === null || typeof kid === 'string') && typeof endorsed === 'boolean';
    if (named && Number.isSafeInteger(before)) {
      return { key: parseVerifierKey(String(vkey)), kid, endorsed, before };
    }
  } catch (cause) {
    throw new WritError('WRIT_AUDIT_CORRUPT', 'rotation.json cannot be read.', { cause });
  }
  throw new WritError('WRIT_AUDIT_CORRUPT', 'rotation.json is malformed.');
}

export function writeRotation(directory: string, { key, kid, endorsed, before }: Rotation): void {
  const vkey = formatVerifierKey(key.name ?? '', key.spki);
  replaceFile(join(directory, 'rotation.json'), `${JSON.stringify({ vkey, kid, endorsed, before })}\n`);
}

export function dropRotation(directory: string): void {
  rmSync(join(directory, 'rotation.json'), { force: true });
  syncDirectory(directory);
}

/** Public keys by Key Vault identifier: what a signer needs that starts while its vault is away. */
export function knownKeys(directory: string): Map<string, Uint8Array> {
  const rotation = readRotation(directory);
  const keys = [...readTrust(directory), ...(rotation === undefined ? [] : [rotation])];
  return new Map(keys.flatMap(({ kid, key }) => (kid === null ? [] : [[kid, key.spki]])));
}

function textOf(directory: string, file: string): string | undefined {
  const path = join(directory, file);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}
