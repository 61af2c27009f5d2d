import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../engine/audit/sha256.ts';
import { WritError } from '../../engine/errors.ts';
import { replaceFile } from './durable.ts';
import { SEGMENT_HEADER_BYTES } from './wal-format.ts';

/**
 * How far the log is integrated, in integrated.json. It is durable before a checkpoint of this size and root is signed, so
 * that no start can sign another tree of the same size or go back to a smaller one.
 */
export interface Integrated {
  v: 1;
  size: number;
  /** Base64. */
  root: string;
  /** Time of the last entry; empty where there is none. */
  time: string;
  /** Calls with an intent and no outcome yet. */
  open: string[];
  /** The frame to take next: its segment, its place in the file, and the payload bytes of the segment before it. */
  wal: { segment: number; offset: number; payload: number };
  /** Ends of the payload store's last segment: what lies beyond was written and not finished. */
  payload: { segment: number; data: number; keys: number };
}

const fileOf = (directory: string) => join(directory, 'integrated.json');

/** The state of a log; a new one where nothing was ever signed. Throws WRIT_AUDIT_CORRUPT. */
export function readIntegrated(directory: string): Integrated {
  const path = fileOf(directory);
  if (!existsSync(path)) {
    if (existsSync(join(directory, 'checkpoint'))) throw corrupt('integrated.json is missing.');
    return {
      v: 1,
      size: 0,
      root: sha256(Buffer.alloc(0)).toString('base64'),
      time: '',
      open: [],
      wal: { segment: 0, offset: SEGMENT_HEADER_BYTES, payload: 0 },
      payload: { segment: 0, data: 0, keys: 0 },
    };
  }
  try {
    const state: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isIntegrated(state)) return state;
  } catch (cause) {
    throw new WritError('WRIT_AUDIT_CORRUPT', 'integrated.json cannot be read.', { cause });
  }
  throw corrupt('integrated.json is malformed.');
}

export function writeIntegrated(directory: string, state: Integrated): void {
  replaceFile(fileOf(directory), `${JSON.stringify(state)}\n`);
}

function isIntegrated(value: unknown): value is Integrated {
  const state = value as Integrated;
  const numbers = [state?.size, ...Object.values(state?.wal ?? {}), ...Object.values(state?.payload ?? {})];
  return (
    state?.v === 1 &&
    numbers.length === 7 &&
    numbers.every((number) => Number.isSafeInteger(number) && number >= 0) &&
    typeof state.root === 'string' &&
    typeof state.time === 'string' &&
    Array.isArray(state.open) &&
    state.open.every((call) => typeof call === 'string')
  );
}

const corrupt = (what: string) => new WritError('WRIT_AUDIT_CORRUPT', what);
