import type { Share } from './types.ts';

/** In percent, from 0 to 100; of nothing, all is covered. */
export function percentage({ covered, total }: Share): number {
  return total === 0 ? 100 : (100 * covered) / total;
}

/** `83.3 %`, rounded down, so that only all of it is 100. */
export function percent(share: Share): string {
  return `${Math.floor(percentage(share) * 10) / 10} %`;
}
