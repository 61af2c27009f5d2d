import { explainRefusal } from './refusal.ts';
import { type RunOptions, run } from './run.ts';
import type { Outcome } from './types.ts';

export interface BuildOptions extends RunOptions {
  /** Rego, JSON and YAML files, and folders of them; every JSON or YAML file becomes part of `data`, unless `bundle`. */
  paths: readonly string[];
  /** Slash-separated: `writ/decision`. The first is the default one. */
  entrypoints: readonly string[];
  /** Path of the bundle (a gzipped tar) to write. */
  output: string;
  capabilities?: string | undefined;
  revision?: string | undefined;
  /** Names or globs (`*_test.rego`) of files and folders to leave out. */
  ignore?: readonly string[] | undefined;
  /** Treat the paths as bundle folders: data only from data.json and data.yaml, with a .manifest. `signing` implies it. */
  bundle?: boolean | undefined;
  /**
   * Leave out what the entrypoints do not need. Without it OPA makes an entrypoint of every rule that depends on one, and
   * gives up where that is a function, as helpers of tests are.
   */
  prune?: boolean | undefined;
  signing?: Signing | undefined;
}

export interface Signing {
  /** PEM file of the private key. */
  key: string;
  /** JWS algorithm: `ES256`. */
  algorithm: string;
  /** The name under which the verifier finds the public key. */
  id?: string | undefined;
}

/**
 * Compiles policies and data into a bundle with a WebAssembly module. The same sources and options give the same bytes,
 * but for a signature, as ECDSA is randomised. The paths are part of the bundle: give them relative to `cwd`, so that
 * they are the same everywhere.
 *
 * @throws WritError as `run`
 */
export async function build(options: BuildOptions): Promise<Outcome<undefined>> {
  const { paths, entrypoints, output, capabilities, revision, ignore = [], signing } = options;
  const args = ['build', '--target', 'wasm', '--output', output];
  for (const entrypoint of entrypoints) args.push('--entrypoint', entrypoint);
  for (const pattern of ignore) args.push('--ignore', pattern);
  if (capabilities !== undefined) args.push('--capabilities', capabilities);
  if (revision !== undefined) args.push('--revision', revision);
  if (signing) {
    args.push('--signing-key', signing.key, '--signing-alg', signing.algorithm);
    if (signing.id !== undefined) args.push('--verification-key-id', signing.id);
  }
  if (options.prune) args.push('--prune-unused');
  if (options.bundle || signing) args.push('--bundle');
  const { code, stdout, stderr } = await run([...args, '--', ...paths], options);
  if (code === 0) return { ok: true, value: undefined };
  return { ok: false, diagnostics: await explainRefusal(stdout || stderr, options) };
}
