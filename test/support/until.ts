import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';

/** Waits for something that comes by itself, not for ever. */
export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    if (holds()) return;
    await setTimeout(10);
  }
  assert.fail(`in vain: ${what}`);
}
