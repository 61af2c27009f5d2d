import { readFileSync } from 'node:fs';

/** Whether a process is there and does something: one that only waits to be reaped is gone. */
export function runs(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^\d+ \(.*\) [ZX]/s.test(stat);
  } catch {
    return false;
  }
}
