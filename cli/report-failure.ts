import { asWritError, WritError } from '../engine/errors.ts';
import { exitCodeOf } from './exit.ts';
import { type FormatName, formatter } from './formats/formatter.ts';

/** Formats whose reader takes what is on standard output for the whole truth: nothing there would mean nothing wrong. */
const reports: readonly FormatName[] = ['github', 'junit', 'tap'];

/** Prints why a command failed and how to go on, and returns its exit code. Only a fault of ours shows its stack. */
export function reportFailure(error: unknown, format: FormatName): number {
  const failure = asWritError(error, 'WRIT_INTERNAL', error instanceof Error ? error.message : undefined);
  const isReport = reports.includes(format);
  if (isReport) process.stdout.write(formatter(format).failure(failure));
  process.stderr.write(formatter(isReport ? 'pretty' : format, process.stderr).failure(failure));
  if (!(error instanceof WritError) && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`);
  return exitCodeOf(failure);
}
