import type { CoveredLines } from '../../engine/opa/coverage.ts';
import type { FileCoverage, LineCoverage } from './types.ts';

/** Counts lines file by file, of those that are `judged`: tests evaluate themselves, so their lines say nothing. */
export function measureLines(report: readonly CoveredLines[] | null, judged: readonly string[]): LineCoverage {
  const files = (report ?? [])
    .filter(({ file }) => judged.includes(file))
    .map(
      ({ file, covered, missed }): FileCoverage => ({
        file,
        covered: covered.length,
        total: covered.length + missed.length,
        missed: ranges(missed, covered),
      }),
    )
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  const sum = (key: 'covered' | 'total') => files.reduce((total, file) => total + file[key], 0);
  return { measured: report !== null, covered: sum('covered'), total: sum('total'), files };
}

/** Joins missed lines between which none is covered: what lies there is empty or a comment. */
function ranges(missed: readonly number[], covered: readonly number[]): [number, number][] {
  const joined: [number, number][] = [];
  for (const row of missed) {
    const last = joined.at(-1);
    if (last !== undefined && !covered.some((other) => other > last[1] && other < row)) last[1] = row;
    else joined.push([row, row]);
  }
  return joined;
}
