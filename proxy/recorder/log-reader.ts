import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogReader } from '../../engine/audit/walk.ts';
import { asWritError, WritError } from '../../engine/errors.ts';
import { Keys, openMasterKey } from './keys.ts';
import { readPayloads } from './payload-reader.ts';

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
  if (!existsSync(masterKeyFile)) throw new WritError('WRIT_KEY_INVALID', 'There is no master key file.');
  const keys = new Keys(openMasterKey(masterKeyFile));
  return { read, payloads: () => readPayloads(directory, keys) };
}
