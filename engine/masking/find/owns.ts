import type { DetectedType } from '../../detect/types.ts';
import type { RuleSet } from '../rule-set.ts';

/** A part of a text that was found by itself, not because it is masked elsewhere. Offsets in UTF-16 code units. */
export interface Own {
  readonly start: number;
  readonly end: number;
  readonly set: RuleSet;
  /** What detectors take it for; null for what a pattern matches. */
  readonly type: DetectedType | null;
  /** What it says, read as it was found. */
  readonly value: string;
  /** Shown in place of it, whatever the masks ask for: it is but a piece of a value. */
  readonly notice?: string;
}

/** In order and without overlaps: what overlaps is one value, on which all their masks lie. */
export function merged(text: string, owns: readonly Own[]): Own[] {
  if (owns.length < 2) return [...owns];
  const apart: Own[] = [];
  for (const own of owns.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = apart.at(-1);
    if (last === undefined || own.start >= last.end) apart.push(own);
    else apart[apart.length - 1] = together(text, last, own);
  }
  return apart;
}

function together(text: string, first: Own, second: Own): Own {
  const set = first.set.and(second.set);
  // What begins first, or is longer, comes first: the second is within it, or sticks out.
  if (second.end <= first.end) return { ...first, set };
  const { start } = first;
  return { start, end: second.end, set, type: null, value: text.slice(start, second.end) };
}
