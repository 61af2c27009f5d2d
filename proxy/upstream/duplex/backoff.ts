/** A server that lasted this long, in milliseconds, did not end because it was started. */
const settledMs = 60_000;
/** Longest wait as a multiple of the first, and callers remembered. */
const mostWaits = 32;
const mostCallers = 1_000;

/**
 * When a server that ended early may be started again: at once after the first time, then later each time. Callers are
 * told apart, so that none of them can take the server from the others by ending it.
 */
export class Backoff {
  readonly #firstMs: number;
  readonly #now: () => number;
  readonly #failures = new Map<string, { count: number; until: number }>();

  constructor(firstMs: number, now: () => number) {
    this.#firstMs = firstMs;
    this.#now = now;
  }

  mayStart(caller: string): boolean {
    return (this.#failures.get(caller)?.until ?? 0) <= this.#now();
  }

  /** It ended by itself, or could not be started, at `since` of the same clock. */
  ended(caller: string, since: number): void {
    const now = this.#now();
    const count = now - since >= settledMs ? 1 : (this.#failures.get(caller)?.count ?? 0) + 1;
    const wait = count < 2 ? 0 : this.#firstMs * Math.min(2 ** (count - 2), mostWaits);
    this.#failures.delete(caller);
    this.#failures.set(caller, { count, until: now + wait });
    if (this.#failures.size > mostCallers) this.#failures.delete(this.#failures.keys().next().value ?? '');
  }
}
