import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Median of appending 1 KiB and syncing it, in milliseconds: what a synchronous log cannot be faster than on its disk. */
export function fsyncMedian(directory: string, times = 200): number {
  const path = join(directory, 'fsync-probe');
  const file = openSync(path, 'a');
  const block = Buffer.alloc(1024, 0x61);
  const taken = Array.from({ length: times }, () => {
    const start = performance.now();
    writeSync(file, block);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  rmSync(path);
  return median(taken);
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}
