import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogReader } from '../../engine/audit/walk.ts';
import { asWritError, WritError } from '../../engine/errors.ts';
import { Keys, openMasterKey } from './keys.ts';
import { readPayload, readPayloads } from './payload-reader.ts';

/**
 * Reads a log's directory for verifyLog, also while a gateway writes it. With the master key file the payload store is
 * checked too. Throws WRIT_KEY_INVALID where that file is not one.
 */
export function openLog(directory: string, masterKeyFile?: string): LogReader {
  const read = async (path: string) => {
    try {
      return await readFile(join(directory, path));
    } catch (cause) {
      if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOENT' || cause.code === 'ENOTDIR'))
        return undefined;
      throw asWritError(cause, 'WRIT_AUDIT_CORRUPT', `${path} cannot be read.`);
    }
  };
  if (masterKeyFile === undefined) return { read };
  const keys = openKeys(masterKeyFile);
  return { read, payloads: () => readPayloads(directory, keys) };
}

/** What the payload store has of one call; see readPayload. Throws WRIT_KEY_INVALID where the file is no master key. */
export function readCallPayload(directory: string, masterKeyFile: string, call: string) {
  return readPayload(directory, openKeys(masterKeyFile), call);
}

function openKeys(masterKeyFile: string): Keys {
  if (!existsSync(masterKeyFile)) throw new WritError('WRIT_KEY_INVALID', 'There is no master key file.');
  return new Keys(openMasterKey(masterKeyFile));
}
