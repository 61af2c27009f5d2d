import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { WritError } from '../errors.ts';

/** Which OPA answers: Writ's own in a Node child, or a native binary. */
export type Engine = 'wasm' | 'any';

const here = fileURLToPath(new URL('.', import.meta.url));
// Compiled, all lies in dist/engine/opa; in a checkout, Node strips the types of the runner itself.
const runner = import.meta.url.endsWith('.ts') ? 'runner.ts' : 'runner.js';

// Validating and compiling 79 MB ahead of use takes over two seconds; a baseline compiler that takes each function when
// it is first called takes a fraction. OPA's recursive descent needs more than Node's default stack.
const nodeFlags = [
  '--liftoff-only',
  '--wasm-lazy-compilation',
  '--wasm-lazy-validation',
  '--stack-size=8192',
  '--no-warnings',
];

/**
 * The program that runs OPA and the arguments before OPA's own. `WRIT_OPA` names a native binary, which is taken where
 * the command is one of stock OPA's (`any`); `analyse` is not.
 *
 * @throws WritError WRIT_OPA_MISSING
 */
export function locate(engine: Engine, folder = here, native = process.env.WRIT_OPA): [program: string, ...string[]] {
  if (native && engine === 'any') {
    if (existsSync(native)) return [native];
    throw new WritError('WRIT_OPA_MISSING', 'WRIT_OPA names a file that is not there.');
  }
  if (['opa.wasm', 'wasm_exec.js'].every((name) => existsSync(join(folder, name)))) {
    return [process.execPath, ...nodeFlags, join(folder, runner)];
  }
  if (!native) throw new WritError('WRIT_OPA_MISSING');
  throw new WritError(
    'WRIT_OPA_MISSING',
    "WRIT_OPA is set, but checking and building need to analyse policies, which takes Writ's own build of OPA.",
  );
}
