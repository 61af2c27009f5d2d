import { parseDiagnostics } from './diagnostics.ts';
import { type RunOptions, run } from './run.ts';
import type { Outcome } from './types.ts';

export interface CheckOptions extends RunOptions {
  /** Rego files, and folders which are searched for them. */
  paths: readonly string[];
  /** Folder of JSON Schemas; METADATA `schemas: [{input: schema.input}]` refers to `input.json` in it. */
  schemaDir?: string | undefined;
  /** OPA capabilities file: the builtins and keywords policies may use. */
  capabilities?: string | undefined;
  /** Unused variables, duplicate imports and the like are errors too. Default true. */
  strict?: boolean | undefined;
}

/**
 * Parses, compiles and type-checks policies.
 *
 * @throws WritError as `run`
 */
export async function check(options: CheckOptions): Promise<Outcome<undefined>> {
  const { paths, schemaDir, capabilities, strict = true } = options;
  const args = ['check', '--format', 'json', '--max-errors', '0'];
  if (strict) args.push('--strict');
  if (schemaDir !== undefined) args.push('--schema', schemaDir);
  if (capabilities !== undefined) args.push('--capabilities', capabilities);
  const { code, stdout, stderr } = await run([...args, '--', ...paths], options);
  return code === 0
    ? { ok: true, value: undefined }
    : { ok: false, diagnostics: parseDiagnostics(stderr || stdout, options.cwd) };
}
