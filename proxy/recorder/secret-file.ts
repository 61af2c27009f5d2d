import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { asWritError, WritError } from '../../engine/errors.ts';
import { syncDirectory } from './durable.ts';

/**
 * The text of a file that only its owner may read, made with what `create` gives where there is none. Throws
 * WRIT_KEY_INVALID where group or others could read it: what they saw can no longer be a secret.
 */
export function secretFile(path: string, create: () => string): string {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return createExclusive(path, create) ?? readPrivate(path);
  } catch (cause) {
    throw asWritError(cause, 'WRIT_KEY_INVALID', 'A key file cannot be read or made.');
  }
}

function createExclusive(path: string, create: () => string): string | undefined {
  let file: number;
  try {
    file = openSync(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return undefined;
    throw error;
  }
  try {
    const text = create();
    fchmodSync(file, 0o600);
    if (writeSync(file, text) !== Buffer.byteLength(text)) throw new WritError('WRIT_KEY_INVALID', 'The disk is full.');
    fsyncSync(file);
    syncDirectory(dirname(path));
    return text;
  } finally {
    closeSync(file);
  }
}

function readPrivate(path: string): string {
  const file = openSync(path, 'r');
  try {
    if (process.platform !== 'win32' && (fstatSync(file).mode & 0o077) !== 0) {
      throw new WritError('WRIT_KEY_INVALID', 'A key file can be read by others than its owner; make a new key.');
    }
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}
