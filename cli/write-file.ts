import { writeFileSync } from 'node:fs';
import { WritError } from '../engine/errors.ts';
import { whyUnusable } from '../engine/file-errors.ts';

/** Writes a file a person named. Throws WRIT_FILE_UNWRITABLE with the reason of the system. */
export function writeFile(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content);
  } catch (cause) {
    throw new WritError('WRIT_FILE_UNWRITABLE', whyUnusable(path, cause), { cause });
  }
}
