import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readYaml } from '../../../engine/yaml/read.ts';
import { compileCases } from './compile.ts';
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

export const exceptionsFile = fileURLToPath(new URL('./exceptions.yaml', import.meta.url));

/** Runs the cases whose area's name contains `area`; all without. */
export async function runCases(area = ''): Promise<Report> {
  const reasons = readExceptions();
  const met = new Set<string>();
  const excepted = new Map<string, number>();
  const unexplained: string[] = [];
  const stale: string[] = [];
  let passed = 0;
  for await (const each of compileCases(area)) {
    const wrong = judge(each);
    const reason = reasons.get(each.note);
    met.add(each.note);
    if (wrong === undefined) passed++;
    if (wrong === undefined && reason !== undefined) stale.push(`${each.note}: passes`);
    if (wrong !== undefined && reason === undefined) unexplained.push(`${each.area}: ${each.note}: ${wrong}`);
    if (wrong !== undefined && reason !== undefined) excepted.set(reason, (excepted.get(reason) ?? 0) + 1);
  }
  if (area === '') for (const note of reasons.keys()) if (!met.has(note)) stale.push(`${note}: no such case`);
  return { passed, excepted, unexplained: unexplained.sort(), stale };
}

/** `passed N, excepted N, unexplained N` and below it the reasons, most frequent first, and what is wrong. */
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

function readExceptions(): ReadonlyMap<string, string> {
  const { value } = readYaml(readFileSync(exceptionsFile, 'utf8'), exceptionsFile, 'WRIT_FIXTURE_INVALID');
  const reasons = new Map<string, string>();
  for (const [reason, notes] of Object.entries(value ?? {}))
    for (const note of Array.isArray(notes) ? notes : []) {
      if (reasons.has(`${note}`)) throw new Error(`two reasons for ${note}`);
      reasons.set(`${note}`, reason);
    }
  return reasons;
}
