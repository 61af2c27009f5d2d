import { setTimeout as sleep } from 'node:timers/promises';

const lookMs = 10;

/** Whether any process of a group is left, one that only waits to be reaped included. */
export function isAlive(group: number): boolean {
  return signal(group, 0);
}

/** Tells every process of a group to end, and makes those that have not after `graceMs`. Resolves when none is left. */
export async function endGroup(group: number, graceMs: number): Promise<void> {
  for (const name of ['SIGTERM', 'SIGKILL'] as const) {
    if (!signal(group, name)) return;
    for (let waited = 0; waited < graceMs; waited += lookMs) {
      if (!isAlive(group)) return;
      await sleep(lookMs);
    }
  }
}

function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, name);
  } catch {
    // No such group, or by now it is of someone else.
    return false;
  }
}
