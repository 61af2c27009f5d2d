import { parseDiagnostics } from './diagnostics.ts';
import { type RunOptions, run } from './run.ts';
import type { Analysis, Outcome } from './types.ts';

export interface AnalyseOptions extends RunOptions {
  /** Rego files, and folders which are searched for them. */
  paths: readonly string[];
  capabilities?: string | undefined;
}

/**
 * Reads all policies in one pass: packages, rules and what they read, METADATA, negation traps. Policies that do not
 * compile give diagnostics. Needs Writ's own build of OPA, also where WRIT_OPA is set.
 *
 * @throws WritError as `run`
 */
export async function analyse(options: AnalyseOptions): Promise<Outcome<Analysis>> {
  const args = ['analyse'];
  if (options.capabilities !== undefined) args.push('--capabilities', options.capabilities);
  const { code, stdout, stderr } = await run([...args, '--', ...options.paths], options, 'wasm');
  return code === 0
    ? { ok: true, value: JSON.parse(stdout) }
    : { ok: false, diagnostics: parseDiagnostics(stderr, options.cwd) };
}
