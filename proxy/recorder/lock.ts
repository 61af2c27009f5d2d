import { readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { WritError } from '../../engine/errors.ts';

export interface Lock {
  release(): void;
}

/**
 * Makes this process the one writer of a log. The lock is the kernel's, taken on `lock` through SQLite, the one way Node
 * has to an fcntl lock: it ends with the process however that ends, so there is never a stale one to judge, and two
 * processes cannot both hold it on a local disk. `owner` only tells a person who does. Throws WRIT_AUDIT_LOCKED.
 */
export function lockDirectory(directory: string): Lock {
  const database = new DatabaseSync(join(directory, 'lock'));
  try {
    // No journal: nothing is ever written to this file.
    database.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new WritError('WRIT_AUDIT_LOCKED', ownerOf(directory), { cause });
  }
  writeFileSync(join(directory, 'owner'), `process ${process.pid} on ${hostname()}\n`);
  return { release: () => database.close() };
}

function ownerOf(directory: string): string {
  try {
    return `Its last known owner is ${readFileSync(join(directory, 'owner'), 'utf8').trim()}.`;
  } catch {
    return 'Its owner is not known.';
  }
}
