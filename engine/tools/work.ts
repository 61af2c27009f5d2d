/** Thrown through ajv's generated code, which catches nothing, where checking takes more than its budget. */
export class WorkExceeded extends Error {}

/**
 * Units of work that checking one call's arguments may take; the slowest take about 100 ns each,
 * and ten are paid for whatever may leave a fault in memory. Counted, so that the same arguments
 * are always judged alike: a schema of a few lines can ask for more than any machine does.
 */
const budget = 2_500_000;

/** Counts down for one schema; the check begins by `refill`. Checks are synchronous, so two never share a budget. */
export class Work {
  #left = budget;

  refill(): void {
    this.#left = budget;
  }

  take(units: number): void {
    this.#left -= units;
    if (this.#left < 0) throw new WorkExceeded();
  }
}
