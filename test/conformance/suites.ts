import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { type Check, readChecks } from './checks.ts';

/** A version of the official suite, and one set of its scenarios. */
export interface SuiteSet {
  suite: '0.1.16' | '0.2.0-alpha.12';
  /** A revision of the specification: its requirement set, or (0.1.16) the scenarios of it; or all scenarios there are. */
  set: '2025-11-25' | '2026-07-28' | 'all';
}

export type Leg = 'server' | 'client';

const sets: readonly SuiteSet[] = [
  { suite: '0.1.16', set: '2025-11-25' },
  { suite: '0.2.0-alpha.12', set: '2025-11-25' },
  { suite: '0.2.0-alpha.12', set: '2026-07-28' },
  // With extensions that no requirement set has.
  { suite: '0.2.0-alpha.12', set: 'all' },
];

/** The sets of a leg. What extensions ask of clients is between them and their server. */
export const setsOf = (leg: Leg): SuiteSet[] => sets.filter(({ set }) => leg === 'server' || set !== 'all');

const packages = {
  '0.1.16': import.meta.resolve('conformance-0.1/package.json'),
  '0.2.0-alpha.12': import.meta.resolve('conformance-0.2/package.json'),
};

/** The longest a run of a set may take, and one scenario of the client leg, in milliseconds. */
const setMs = 240_000;
const scenarioMs = 90_000;

const folderOf = ({ suite }: SuiteSet) => dirname(fileURLToPath(packages[suite]));

/** Runs the suite; resolves with its exit code, null where it was stopped. What it prints goes where the checks lie. */
async function run(which: SuiteSet, options: string[], timeout: number): Promise<number | null> {
  const bin = join(folderOf(which), 'dist/index.js');
  const child = spawn(process.execPath, [bin, ...options], { stdio: 'ignore', timeout, killSignal: 'SIGKILL' });
  const [code] = await once(child, 'close');
  return code;
}

async function inFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'writ-conformance-'));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scenariosOf({ suite, set }: SuiteSet): string[] {
  if (set === 'all') return ['--suite', 'all'];
  return suite === '0.1.16' ? ['--suite', 'active'] : ['--requirements', set];
}

/** Every check of the set's server leg against the server at this URL. */
export function judgeServer(which: SuiteSet, url: string): Promise<Check[]> {
  return inFolder(async (folder) => {
    const code = await run(which, ['server', '--url', url, ...scenariosOf(which), '-o', folder], setMs);
    const checks = readChecks(folder);
    if (code === null || checks.length === 0) throw new Error(`The suite did not come to its end against ${url}.`);
    return checks;
  });
}

interface Requirements {
  client: string[];
  not_scored?: { scenario: string; leg: string }[];
}

/** Scenarios of the set's client leg, without those about authorization. */
export function clientScenarios(which: SuiteSet): string[] {
  if (which.suite === '0.1.16') return ['initialize', 'tools_call', 'elicitation-sep1034-client-defaults', 'sse-retry'];
  const text = readFileSync(join(folderOf(which), 'requirements', `${which.set}.yaml`), 'utf8');
  const { client, not_scored = [] } = load(text) as Requirements;
  const others = not_scored.filter(({ leg }) => leg === 'client').map(({ scenario }) => scenario);
  return [...client, ...others].filter((scenario) => !scenario.startsWith('auth/'));
}

/** Every check of one scenario of the client leg, with one more: that the client came to its end. */
export function judgeClient(which: SuiteSet, scenario: string, command: string): Promise<Check[]> {
  const version = which.suite === '0.1.16' ? [] : ['--spec-version', which.set, '--force'];
  return inFolder(async (folder) => {
    const options = ['--command', command, '--scenario', scenario, '--timeout', '60000', ...version, '-o', folder];
    const code = await run(which, ['client', ...options], scenarioMs);
    const checks = readChecks(folder);
    const failed = checks.some(({ status }) => status === 'FAILURE' || status === 'WARNING');
    // The suite ends with 1 for a failed check too.
    const status = checks.length > 0 && (code === 0 || (code === 1 && failed)) ? 'SUCCESS' : 'FAILURE';
    return [...checks, { scenario, id: 'client-ended', name: 'ClientEnded', status, message: '' }];
  });
}
