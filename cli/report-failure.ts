import { asWritError, WritError } from '../engine/errors.ts';
import { exitCodeOf } from './exit.ts';
import { type FormatName, formatter } from './formats/formatter.ts';

/** Prints why a command failed and how to go on, and returns its exit code. Only a fault of ours shows its stack. */
export function reportFailure(error: unknown, format: FormatName): number {
  const failure = asWritError(error, 'WRIT_INTERNAL', error instanceof Error ? error.message : undefined);
  process.stderr.write(formatter(format, process.stderr).failure(failure));
  if (!(error instanceof WritError) && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return exitCodeOf(failure.code);
}
