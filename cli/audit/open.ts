import { join } from 'node:path';
import type { LogReader } from '../../engine/audit/walk.ts';
import { openLog } from '../../proxy/recorder/log-reader.ts';
import { readFile } from '../read-file.ts';

export const directoryPosition = {
  describe: 'audit.directory of a gateway, or a copy',
  type: 'string',
  demandOption: true,
  normalize: true,
} as const;

/** A log that has a checkpoint. Throws WRIT_FILE_UNREADABLE where the directory is another, or nothing was signed yet. */
export function openCheckpointed(directory: string): LogReader {
  readFile(join(directory, 'checkpoint'));
  return openLog(directory);
}
