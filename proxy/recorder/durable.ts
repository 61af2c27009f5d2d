import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { WritError } from '../../engine/errors.ts';

/**
 * Durable writes, each the same four steps: write beside, fsync, rename, fsync the directory. After a crash a file is
 * there whole or not at all. All of them block their thread; they belong beside the request's way.
 */

/** Puts `bytes` at `path`, over what was there. */
export function replaceFile(path: string, bytes: Uint8Array | string): void {
  writeBeside(path, bytes);
  syncDirectory(dirname(path));
}

/**
 * Puts `bytes` at `path` once and for ever: where a file is already, it must be identical, or WRIT_AUDIT_CORRUPT. The
 * directory is not synced; a caller with many files does that once.
 */
export function createFile(path: string, bytes: Uint8Array): void {
  if (!existsSync(path)) {
    writeBeside(path, bytes);
  } else if (!readFileSync(path).equals(bytes)) {
    throw new WritError('WRIT_AUDIT_CORRUPT', 'A file that never changes is there with other content.');
  }
}

export function syncDirectory(path: string): void {
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** Makes a directory and those above it; returns those whose content changed and that must be synced. */
export function makeDirectory(path: string): string[] {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return [];
  const changed = [dirname(first)];
  for (let at = path; at.length >= first.length; at = dirname(at)) changed.push(at);
  return changed;
}

/** As fs.writeSync: may write less than asked, without an error. */
export type Write = (file: number, bytes: Uint8Array, offset: number, length: number) => number;

/** Writes all of `bytes` at the file's position. A full disk shows as a short write without an error. */
export function writeAll(file: number, bytes: Uint8Array, write: Write = writeSync): void {
  for (let at = 0; at < bytes.length; ) {
    const written = write(file, bytes, at, bytes.length - at);
    if (written === 0) throw new WritError('WRIT_AUDIT_UNAVAILABLE', 'A write wrote nothing.');
    at += written;
  }
}

function writeBeside(path: string, bytes: Uint8Array | string): void {
  const beside = `${path}.tmp`;
  const file = openSync(beside, 'w', 0o600);
  try {
    writeAll(file, typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}
