import { readFileSync } from 'node:fs';
import { WritError } from '../engine/errors.ts';
import { whyUnusable } from '../engine/file-errors.ts';

/** The bytes of a file a person named. Throws WRIT_FILE_UNREADABLE with the reason of the system. */
export function readFile(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new WritError('WRIT_FILE_UNREADABLE', whyUnusable(path, cause), { cause });
  }
}
