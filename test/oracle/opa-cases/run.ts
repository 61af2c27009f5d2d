import { compileCases } from './compile.ts';
import { type Exception, readExceptions } from './exceptions.ts';
import { judge } from './judge.ts';

export interface Report {
  readonly passed: number;
  /** Number of excepted cases by reason. */
  readonly excepted: ReadonlyMap<string, number>;
  /** Cases that fail for no reason in the list: `area: note: what is wrong`. */
  readonly unexplained: readonly string[];
  /** Exceptions that pass, or of which there is no case. */
  readonly stale: readonly string[];
}

/** Runs the cases whose area's name contains `area`; all without. */
export async function runCases(
  area = '',
  exceptions: ReadonlyMap<string, Exception> = readExceptions(),
): Promise<Report> {
  const met = new Set<string>();
  const failed = new Set<string>();
  const excepted = new Map<string, number>();
  const unexplained: string[] = [];
  let passed = 0;
  for await (const each of compileCases(area)) {
    met.add(each.note);
    const wrong = judge(each);
    if (wrong === undefined) {
      passed++;
      continue;
    }
    failed.add(each.note);
    const exception = exceptions.get(each.note);
    if (exception?.fails.test(wrong)) excepted.set(exception.reason, (excepted.get(exception.reason) ?? 0) + 1);
    else unexplained.push(`${each.area}: ${each.note}: ${wrong}`);
  }
  const looked = [...exceptions.keys()].filter((note) => area === '' || met.has(note));
  const stale = looked.filter((note) => !failed.has(note));
  return { passed, excepted, unexplained: unexplained.sort(), stale };
}

/** `passed N, excepted N, unexplained N`, below it the reasons, most frequent first, and above it what is wrong. */
export function show({ passed, excepted, unexplained, stale }: Report): string {
  const reasons = [...excepted].sort(([, one], [, other]) => other - one);
  const sum = reasons.reduce((total, [, count]) => total + count, 0);
  return [
    ...unexplained.map((line) => `unexplained: ${line}`),
    ...stale.map((line) => `stale exception: ${line}`),
    `passed ${passed}, excepted ${sum}, unexplained ${unexplained.length}`,
    ...reasons.map(([reason, count]) => `${`${count}`.padStart(5)} ${reason}`),
  ].join('\n');
}
