import { WritError } from '../../engine/errors.ts';
import { whyUnusable } from '../../engine/file-errors.ts';

/** Primary result codes of SQLite (sqlite.org/rescode.html) that mean the file is not, or no longer, a store. */
const damaged = new Set([11, 26]);
const reasons: ReadonlyMap<number, string> = new Map([
  [5, 'is held by another process'],
  [6, 'is held by another process'],
  [8, 'may not be written by this user'],
  [10, 'cannot be read or written'],
  [13, 'does not fit on the disk'],
  [14, 'cannot be opened'],
]);

/** Gives what SQLite, Kysely or the file system threw a code. Messages of theirs could quote rows, and are left out. */
export function storeError(file: string, cause: unknown): WritError {
  if (cause instanceof WritError) return cause;
  const number = cause instanceof Error && 'errcode' in cause ? Number(cause.errcode) & 0xff : undefined;
  if (number !== undefined && damaged.has(number))
    return new WritError('WRIT_STORE_INVALID', `${file} is not a SQLite database that can be read.`, { cause });
  if (number !== undefined)
    return new WritError('WRIT_STORE_UNAVAILABLE', `${file} ${reasons.get(number) ?? `failed (SQLite ${number})`}.`, {
      cause,
    });
  if (cause instanceof Error && 'syscall' in cause)
    return new WritError('WRIT_STORE_UNAVAILABLE', whyUnusable(file, cause), { cause });
  return new WritError('WRIT_STORE_UNAVAILABLE', `${file} cannot be used.`, { cause });
}
