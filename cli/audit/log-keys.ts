import type { Options } from 'yargs';
import type { CheckpointKeys } from '../../engine/audit/signed-checkpoint.ts';
import { parseTrust } from '../../engine/audit/trust.ts';
import { parseVerifierKey } from '../../engine/audit/verifier-key.ts';
import { readFile } from '../read-file.ts';
import { UsageError } from '../usage-error.ts';

/** What `--key` or `--trust` was given. */
export interface KeyArguments {
  key: string | undefined;
  trust: string | undefined;
}

export const keyOption = {
  describe: 'Verifier key of the log, or a public key in PEM; from a place you trust',
  type: 'string',
  normalize: true,
} as const satisfies Options;

export const trustOption = {
  describe: 'In place of --key: trust.json of the log, all its keys; from a place you trust',
  type: 'string',
  normalize: true,
} as const satisfies Options;

/** For yargs' check: one of the two must be there. Throws UsageError. */
export function hasKey({ key, trust }: Partial<KeyArguments>): true {
  if (key === undefined && trust === undefined) throw new UsageError('Name the key of the log with --key or --trust.');
  return true;
}

/** Throws WRIT_FILE_UNREADABLE or WRIT_KEY_INVALID. */
export function readKeys({ key, trust }: KeyArguments): CheckpointKeys {
  const read = (file: string) => readFile(file).toString('utf8').trim();
  return {
    keys: key === undefined ? [] : [parseVerifierKey(read(key))],
    trust: trust === undefined ? [] : parseTrust(read(trust)),
  };
}
