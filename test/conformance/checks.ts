import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What the suite found of one requirement. A scenario may tell of the same id and name more than once. */
export interface Check {
  scenario: string;
  id: string;
  name: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  /** Why it failed, in the suite's words. */
  message: string;
}

export interface Counts {
  scenarios: { passed: number; failed: number };
  checks: { passed: number; failed: number; warned: number };
}

interface Written {
  id: string;
  name: string;
  status: Check['status'];
  errorMessage?: string;
}

/** Reads what the suite left: a folder a scenario, `[server-]<scenario>-<time>`, with checks.json in it. */
export function readChecks(folder: string): Check[] {
  return globSync('**/checks.json', { cwd: folder })
    .sort()
    .flatMap((file) => {
      const written: Written[] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
      const time = /-\d{4}-\d{2}-\d{2}T[\d-]+Z$/;
      const scenario = join(dirname(dirname(file)), basename(dirname(file)).replace(/^server-(?=.)/, '')).replace(
        time,
        '',
      );
      return written.map(({ id, name, status, errorMessage }) => {
        return { scenario, id, name, status, message: errorMessage ?? '' };
      });
    });
}

const failed = ({ status }: Check) => status === 'FAILURE' || status === 'WARNING';

/** A scenario passes where none of its checks failed or warned, as the suite itself has it. */
export function count(checks: readonly Check[]): Counts {
  const scenarios = new Set(checks.map(({ scenario }) => scenario));
  const lost = new Set(checks.filter(failed).map(({ scenario }) => scenario));
  const of = (wanted: Check['status']) => checks.filter(({ status }) => status === wanted).length;
  return {
    scenarios: { passed: scenarios.size - lost.size, failed: lost.size },
    checks: { passed: of('SUCCESS'), failed: of('FAILURE'), warned: of('WARNING') },
  };
}

/** A check by what names it: `scenario: id (name)`. */
export const nameOf = ({ scenario, id, name }: Check): string => `${scenario}: ${id} (${name})`;

/** How often each check is told of, by name. */
function tally(checks: readonly Check[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const name of checks.map(nameOf)) times.set(name, (times.get(name) ?? 0) + 1);
  return times;
}

/**
 * Checks that pass in the first and not in the second, or fail in the second alone, as often as that is so. With each the
 * suite's reason: its own, or where it was not reached that of another check of the scenario.
 */
export function lost(direct: readonly Check[], through: readonly Check[]): { check: string; message: string }[] {
  const passing = (checks: readonly Check[]) => tally(checks.filter(({ status }) => status === 'SUCCESS'));
  const failing = (checks: readonly Check[]) => tally(checks.filter(failed));
  const [passed, kept, bad, worse] = [passing(direct), passing(through), failing(direct), failing(through)];
  const names = new Map([...direct, ...through].map((check) => [nameOf(check), check.scenario]));
  return [...names].flatMap(([check, scenario]) => {
    const of = (times: Map<string, number>) => times.get(check) ?? 0;
    const missing = Math.max(of(passed) - of(kept), of(worse) - of(bad), 0);
    const near = through.filter((other) => failed(other) && other.scenario === scenario);
    const why = near.find((other) => nameOf(other) === check) ?? near[0];
    return Array.from({ length: missing }, () => ({ check, message: why?.message || 'It was not reached.' }));
  });
}
