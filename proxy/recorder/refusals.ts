import type { RefusalsEntry } from '../../engine/audit/entry.ts';
import type { ErrorCode } from '../../engine/errors.ts';

/** Counts requests refused before a decision, so that a flood of them costs one entry a minute. */
export class Refusals {
  #counts: Partial<Record<ErrorCode, number>> = {};
  #since: string | undefined;

  add(code: ErrorCode, time: string): void {
    this.#since ??= time;
    this.#counts[code] = (this.#counts[code] ?? 0) + 1;
  }

  /** The entry for what was counted since the last one, or undefined where nothing was. */
  take(time: string): RefusalsEntry | undefined {
    if (this.#since === undefined) return undefined;
    const entry: RefusalsEntry = { v: 1, kind: 'refusals', time, since: this.#since, counts: this.#counts };
    this.#counts = {};
    this.#since = undefined;
    return entry;
  }
}
