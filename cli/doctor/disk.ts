import {
  accessSync,
  closeSync,
  constants,
  fdatasync,
  mkdtempSync,
  openSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const sync = promisify(fdatasync);
const appends = 200;
/** About what a decision and its intent take. */
const bytes = Buffer.alloc(2_048, 0x2e);

/** Milliseconds of an append with fdatasync, as the log makes them, in a folder of its own on the same file system. */
export async function measureSync(folder: string): Promise<{ p50: number; p99: number; appends: number }> {
  const place = mkdtempSync(join(beside(folder), '.writ-doctor-'));
  try {
    const file = openSync(join(place, 'appends'), 'ax', 0o600);
    try {
      const times: number[] = [];
      for (let count = 0; count < appends; count++) {
        const began = performance.now();
        writeSync(file, bytes);
        await sync(file);
        times.push(performance.now() - began);
      }
      times.sort((a, b) => a - b);
      const at = (share: number) => times[Math.ceil(share * appends) - 1] ?? 0;
      return { p50: at(0.5), p99: at(0.99), appends };
    } finally {
      closeSync(file);
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Outside the log, where that is on the same file system and may be written. */
function beside(folder: string): string {
  const above = dirname(folder);
  try {
    accessSync(above, constants.W_OK | constants.X_OK);
    return statSync(above).dev === statSync(folder).dev ? above : folder;
  } catch {
    return folder;
  }
}
