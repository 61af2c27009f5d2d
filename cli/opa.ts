import { WritError } from '../engine/errors.ts';
import { passThrough } from '../engine/opa/pass-through.ts';

/** Flags of `opa run` that make a server of it; short ones may stand together. */
const serving = /^(?:--server(?:=(?!false).*)?|-[bwhHs]*s[bwhHs]*)$/;

/** `writ opa`: OPA with the arguments as they are. Resolves with OPA's exit code. */
export async function runOpa(args: readonly string[]): Promise<number> {
  const [command, ...flags] = args;
  const native = process.env.WRIT_OPA !== undefined && process.env.WRIT_OPA !== '';
  // Go's network in WebAssembly is a make-believe within the process: OPA would say that it listens, and nobody could reach it.
  if (command === 'run' && !native && flags.some((flag) => serving.test(flag)))
    throw new WritError('WRIT_OPA_NO_SOCKETS');
  return passThrough(args);
}
