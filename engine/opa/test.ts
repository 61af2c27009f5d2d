import { explainRefusal } from './refusal.ts';
import { type RunOptions, run } from './run.ts';
import type { Outcome } from './types.ts';

export interface TestOptions extends RunOptions {
  /** Rego, JSON and YAML files, and folders of them; policies, tests and data. */
  paths: readonly string[];
  /** Regular expression (RE2) over `data.<package>.<test>`; only tests it matches run. */
  run?: string | undefined;
  capabilities?: string | undefined;
  ignore?: readonly string[] | undefined;
}

export interface TestCase {
  /** `test.gdpr`, without `data.` */
  package: string;
  /** `test_export_needs_approval` */
  name: string;
  /** Of a data-driven test, `test_lookup[case]`: the name of this case, nested ones joined by `/`. */
  case?: string;
  file: string;
  row: number;
  status: 'pass' | 'fail' | 'error' | 'skip';
  /** Why there was an error, or what a failing test printed. */
  message?: string;
  /** Milliseconds, of all cases of a test together. */
  duration: number;
}

/** An element of what `opa test --format json` prints: v1/tester `Result`. */
interface Result {
  location: { file: string; row: number };
  package: string;
  name: string;
  fail?: boolean;
  skip?: boolean;
  error?: { message?: string };
  output?: string;
  /** Nanoseconds. */
  duration: number;
  sub_results?: Record<string, SubResult>;
}

interface SubResult {
  fail?: boolean;
  sub_results?: Record<string, SubResult>;
}

/**
 * Runs the Rego tests on OPA's interpreter, which, other than its WebAssembly target, names every case of a data-driven
 * test, also those that fail. A failing test is a value, policies that do not compile are diagnostics.
 *
 * @throws WritError as `run`
 */
export async function test(options: TestOptions): Promise<Outcome<{ cases: TestCase[] }>> {
  const { paths, capabilities, ignore = [] } = options;
  const args = ['test', '--format', 'json', '--timeout', '60s'];
  if (options.run !== undefined) args.push('--run', options.run);
  if (capabilities !== undefined) args.push('--capabilities', capabilities);
  for (const pattern of ignore) args.push('--ignore', pattern);
  const { stdout, stderr } = await run([...args, '--', ...paths], options);
  // The exit code says only whether all passed.
  const results = parseResults(stdout);
  if (!results) return { ok: false, diagnostics: await explainRefusal(stderr || stdout, options) };
  return { ok: true, value: { cases: results.flatMap(casesOf) } };
}

function parseResults(stdout: string): Result[] | undefined {
  try {
    return JSON.parse(stdout) ?? []; // `null` where there is no test
  } catch {
    return undefined;
  }
}

function casesOf(result: Result): TestCase[] {
  const { location, skip, fail, error, output } = result;
  const test = {
    package: result.package.replace(/^data\./, ''),
    name: result.name,
    file: location.file,
    row: location.row,
    duration: result.duration / 1e6,
  };
  if (error) return [{ ...test, status: 'error', message: error.message ?? 'OPA did not say why.' }];
  const printed = fail && output ? { message: Buffer.from(output, 'base64').toString('utf8').trimEnd() } : {};
  const leaves = leavesOf(result.sub_results ?? {}, []);
  if (leaves.length === 0) return [{ ...test, status: skip ? 'skip' : fail ? 'fail' : 'pass', ...printed }];
  return leaves.map(([name, failed]) => ({
    ...test,
    case: name,
    status: failed ? 'fail' : 'pass',
    ...(failed && printed),
  }));
}

function leavesOf(results: Record<string, SubResult>, above: string[]): [name: string, failed: boolean][] {
  return Object.entries(results).flatMap(([name, { fail = false, sub_results = {} }]) => {
    const path = [...above, name];
    return Object.keys(sub_results).length > 0 ? leavesOf(sub_results, path) : [[path.join('/'), fail]];
  });
}
