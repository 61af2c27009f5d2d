import { type RunOptions, run } from './run.ts';

export interface CoverageOptions extends RunOptions {
  /** Rego, JSON and YAML files, and folders of them; policies, tests and data. */
  paths: readonly string[];
  capabilities?: string | undefined;
}

/** Lines of one file that OPA's interpreter did and did not evaluate, counted from 1, each list in order. */
export interface CoveredLines {
  file: string;
  covered: number[];
  missed: number[];
}

/** What `opa test --coverage --format json` prints: v1/cover `Report`. */
interface Report {
  files: Record<string, { covered?: Range[]; not_covered?: Range[] }>;
}

interface Range {
  start: { row: number };
  end: { row: number };
}

/**
 * Runs the Rego tests on OPA's interpreter and tells which lines it evaluated, or null where a test failed: OPA then says
 * nothing of coverage. A line that is evaluated in part is covered.
 *
 * @throws WritError as `run`
 */
export async function coverage(options: CoverageOptions): Promise<CoveredLines[] | null> {
  const { paths, capabilities } = options;
  const args = ['test', '--coverage', '--format', 'json', '--timeout', '60s'];
  if (capabilities !== undefined) args.push('--capabilities', capabilities);
  const { stdout } = await run([...args, '--', ...paths], options);
  const report = parseReport(stdout);
  if (report === undefined) return null;
  return Object.entries(report.files).map(([file, { covered = [], not_covered = [] }]) => {
    const reached = new Set(covered.flatMap(rows));
    const missed = new Set(not_covered.flatMap(rows).filter((row) => !reached.has(row)));
    return { file, covered: sorted(reached), missed: sorted(missed) };
  });
}

function parseReport(stdout: string): Report | undefined {
  try {
    const report: Partial<Report> = JSON.parse(stdout);
    return report.files === undefined ? undefined : { files: report.files };
  } catch {
    return undefined; // OPA prints what failed as text, whatever the format
  }
}

function rows({ start, end }: Range): number[] {
  return Array.from({ length: end.row - start.row + 1 }, (_, at) => start.row + at);
}

function sorted(rows: ReadonlySet<number>): number[] {
  return [...rows].sort((a, b) => a - b);
}
