import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { WritError } from '../errors.ts';
import { locate } from './locate.ts';

/** EX of a shell for a process that a signal ended. */
const killed = 128;

/**
 * Runs OPA for a person: its standard input and output are this process's, its arguments are taken as they are, and it is
 * given all the time it takes. Resolves with its exit code. A signal that ends this process is passed on.
 *
 * @throws WritError WRIT_OPA_MISSING, or WRIT_OPA_FAILED where it cannot be started.
 */
export async function passThrough(args: readonly string[]): Promise<number> {
  const [program, ...before] = locate('any');
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(program, [...before, ...args], { stdio: 'inherit', env, windowsHide: true });
  // Of Ctrl-C the terminal tells OPA itself; what it makes of it decides.
  const ignore = () => {};
  const forward = () => child.kill('SIGTERM');
  process.on('SIGINT', ignore);
  process.on('SIGTERM', forward);
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', (cause) => reject(new WritError('WRIT_OPA_FAILED', 'OPA could not be started.', { cause })));
      child.on('exit', (code, signal) => resolve(code ?? killed + (signal === null ? 0 : constants.signals[signal])));
    });
  } finally {
    process.off('SIGINT', ignore);
    process.off('SIGTERM', forward);
  }
}
