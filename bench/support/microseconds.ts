/** Microseconds a call takes: the fastest of many short batches, so that what else the machine does weighs little. */
export function microseconds(work: () => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let batch = 0; batch < 200; batch++) {
    const start = process.hrtime.bigint();
    for (let call = 0; call < 100; call++) kept.result = work();
    const each = Number(process.hrtime.bigint() - start) / 100_000;
    if (batch >= 50) best = Math.min(best, each);
  }
  return best;
}

/** Results go through here so that no work is optimised away. */
const kept: { result: unknown } = { result: undefined };

/** One line of a table: name, microseconds, and how many times the baseline that is. */
export function line(name: string, each: number, baseline?: number): string {
  const ratio = baseline === undefined ? '' : `${(each / baseline).toFixed(2)}x`;
  return `${name.padEnd(44)}${each.toFixed(2).padStart(9)} us${ratio.padStart(9)}`;
}
