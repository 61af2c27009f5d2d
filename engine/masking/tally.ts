import type { MaskField } from '../policy/types.ts';
import type { AppliedMask } from './types.ts';

/** A mask that is counted, with the category of what it was applied to. */
export type Credit = Omit<AppliedMask, 'count'>;

/** How often each mask was applied to one message, and whether anything in it was replaced at all. */
export class Tally {
  readonly #counts = new Map<Credit, number>();
  /** Replacements so far: of values whose masks are of another message, too. */
  changes = 0;

  count(credits: readonly Credit[], times: number): void {
    this.changes++;
    for (const credit of credits) this.#counts.set(credit, (this.#counts.get(credit) ?? 0) + times);
  }

  /** Those of one rule, strategy and category together, in the order of the masks. */
  applied(masks: readonly MaskField[]): AppliedMask[] {
    const sums: AppliedMask[] = [];
    const place = ({ rule, category }: AppliedMask) => {
      const same = masks.findIndex((mask) => mask.rule === rule && mask.category === category);
      return same < 0 ? masks.length : same;
    };
    for (const [{ rule, strategy, category }, count] of this.#counts) {
      const same = (other: AppliedMask) =>
        other.rule === rule && other.strategy === strategy && other.category === category;
      const sum = sums.find(same);
      if (sum === undefined) sums.push({ rule, strategy, category, count });
      else sum.count += count;
    }
    return sums.length < 2 ? sums : sums.sort((a, b) => place(a) - place(b));
  }
}
