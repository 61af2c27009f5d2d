import type { Found } from '../types.ts';

/** What was found in one text, in order and without overlaps: what holds another keeps it, what is cut keeps the rest. */
export function merge(found: readonly Found[]): Found[] {
  if (found.length < 2) return [...found];
  const sorted = found.toSorted((a, b) => a.start - b.start || b.end - a.end || b.confidence - a.confidence);
  const kept: Found[] = [];
  for (const each of sorted) {
    const last = kept.at(-1);
    if (last === undefined || each.start >= last.end) kept.push(each);
    else if (each.start === last.start && each.end === last.end) continue;
    else if (each.end > last.end && each.end - last.end > 1) kept.push({ ...each, start: last.end });
  }
  return kept;
}
