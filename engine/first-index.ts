/**
 * The first index at which `isReached` holds, `count` where it holds at none. What is asked for is in order: where it holds
 * once, it holds at all indexes behind. Asks as often as `count` has binary digits.
 */
export function firstIndex(count: number, isReached: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isReached(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
