import { setTimeout } from 'node:timers/promises';

const firstMs = 1000;
const longestMs = 30_000;
/** A server that says `retry: 0` and hangs up must not be asked in a circle. */
const shortestMs = 50;

/** How long to wait before a stream is asked for again. */
export class Backoff {
  #failures = 0;
  /** What the server asked for by `retry`, in milliseconds. */
  #asked: number | undefined;

  get failures(): number {
    return this.#failures;
  }

  /** The field `retry` of a stream. */
  ask(milliseconds: number): void {
    this.#asked = milliseconds;
  }

  /** Something came: what failed before does not count. */
  reset(): void {
    this.#failures = 0;
  }

  /** Waits, longer each time nothing has come since. Rejects when `signal` ends. */
  async wait(signal: AbortSignal): Promise<void> {
    const base = Math.max(this.#asked ?? firstMs, shortestMs);
    const milliseconds = Math.min(base * 2 ** Math.min(this.#failures, 10), Math.max(longestMs, base), 2 ** 31 - 1);
    this.#failures++;
    await setTimeout(milliseconds, undefined, { signal });
  }
}
