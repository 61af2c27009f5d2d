import type { Found } from './types.ts';

/** What sticks out of a surer value is kept if it is at least this long and sure. */
const PIECE = { length: 4, confidence: 0.8 };

/**
 * Of values that overlap, keeps the surest (secrets before all others); of equally sure ones the longest, then the first.
 * A sure value that sticks out of the kept ones keeps its longest part that none covers. The work is proportional to the
 * lengths of the values.
 */
export function withoutOverlaps(found: readonly Found[]): Found[] {
  const sorted = [...found].sort((a, b) => a.start - b.start || b.end - a.end);
  if (!overlap(sorted)) return sorted;
  const base = sorted[0]?.start ?? 0;
  const covered = new Uint8Array(sorted.reduce((end, value) => Math.max(end, value.end), 0) - base);
  const kept: Found[] = [];
  for (const value of sorted.sort((a, b) => rank(b) - rank(a) || length(b) - length(a) || a.start - b.start)) {
    const piece = free(value, covered, base);
    if (piece === undefined) continue;
    covered.fill(1, piece.start - base, piece.end - base);
    kept.push(piece);
  }
  return kept.sort((a, b) => a.start - b.start);
}

function overlap(sorted: readonly Found[]): boolean {
  let end = 0;
  for (const value of sorted) {
    if (value.start < end) return true;
    end = value.end;
  }
  return false;
}

function length(found: Found): number {
  return found.end - found.start;
}

function rank(found: Found): number {
  return found.confidence + (found.type === 'SECRET' ? 1 : 0);
}

/** The longest part of a value that nothing covers, undefined if it is too short to be kept. */
function free(value: Found, covered: Uint8Array, base: number): Found | undefined {
  let best = { start: 0, end: 0 };
  for (let at = value.start; at < value.end; ) {
    const start = at;
    while (at < value.end && covered[at - base] === 0) at++;
    if (at - start > best.end - best.start) best = { start, end: at };
    at++;
  }
  if (best.start === value.start && best.end === value.end) return value;
  if (best.end - best.start < PIECE.length || value.confidence < PIECE.confidence) return undefined;
  return { ...value, ...best };
}
