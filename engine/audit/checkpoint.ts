import { WritError } from '../errors.ts';
import { decodeBase64 } from './base64.ts';
import { HASH_BYTES } from './tree.ts';

/** What a log says of itself at one moment. */
export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
}

/** C2SP tlog-checkpoint text, without extension lines: those are not auditable. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
}

/** Reads the text of a checkpoint note. Throws WRIT_AUDIT_CORRUPT for anything formatCheckpoint would not write. */
export function parseCheckpoint(text: string): Checkpoint {
  const [, origin, digits, encoded] = /^([^\s+]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/=]+)\n$/u.exec(text) ?? [];
  const size = Number(digits);
  const root = decodeBase64(encoded ?? '');
  if (origin === undefined || !Number.isSafeInteger(size) || root?.length !== HASH_BYTES) {
    throw new WritError('WRIT_AUDIT_CORRUPT', 'The text of the checkpoint is malformed.');
  }
  return { origin, size, root };
}

/** Whether a log may be called so: C2SP signed-note key names have no space and no plus. */
export function isOrigin(name: string): boolean {
  return /^[!-*,-~]{1,255}$/.test(name);
}
