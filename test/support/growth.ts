import assert from 'node:assert/strict';

/**
 * Asserts that work on a text grows with its length, not with its square: four times the text takes at most twelve times
 * the time, or `idle` milliseconds more than that, which say nothing. `units` is the length of the shorter text.
 */
export function assertLinear(
  seeds: readonly string[],
  work: (text: string) => unknown,
  { units, rounds, idle }: { units: number; rounds: number; idle: number },
): void {
  const time = (text: string) => {
    let best = Number.POSITIVE_INFINITY;
    for (let round = 0; round < rounds; round++) {
      const from = performance.now();
      work(text);
      best = Math.min(best, performance.now() - from);
    }
    return best;
  };
  for (const seed of seeds) {
    const small = time(seed.repeat(Math.ceil(units / seed.length)));
    const large = time(seed.repeat(Math.ceil((4 * units) / seed.length)));
    assert.ok(
      large < 12 * small + idle,
      `${JSON.stringify(seed)}: ${small.toFixed(1)} ms, then ${large.toFixed(1)} ms`,
    );
  }
}
