import { errorKinds, type WritError } from '../../engine/errors.ts';
import type { TestOutcome } from '../../engine/fixtures/test-outcome.ts';
import { DiagnosticsError } from '../../engine/opa/diagnostics-error.ts';
import type { Diagnostic } from '../../engine/opa/types.ts';
import type { Coverage } from '../coverage/types.ts';

/** One way of writing what commands find. Each method gives the whole text, ending in a newline unless empty. */
export interface Format {
  /** What `writ test` found; `coverage` where it was asked for. */
  tests(outcomes: readonly TestOutcome[], coverage?: Coverage): string;
  /** What `writ check` and `writ build` found in sources. */
  diagnostics(diagnostics: readonly Diagnostic[]): string;
  /** Why a command could not do its work. */
  failure(error: WritError): string;
}

/** Numbers of outcomes, for the last line. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export function tally(outcomes: readonly TestOutcome[]): Tally {
  const counts: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const { status } of outcomes) counts[status]++;
  return counts;
}

/** What differed, one line a side, for formats that have room for a text alone. */
export function failureText({ row, message, differences }: TestOutcome['failures'][number], file: string): string {
  const value = (side: unknown) => (side === undefined ? '(nothing)' : JSON.stringify(side));
  const lines = differences.map(
    ({ pointer, expected, actual }) => `${pointer}: expected ${value(expected)}, got ${value(actual)}`,
  );
  return [`${file}:${row} ${message}`, ...lines].join('\n');
}

export type Told = Pick<Diagnostic, 'file' | 'row' | 'message' | 'code'>;

/** Diagnostics of an error, or itself as the one thing to tell. */
export function toldBy(error: WritError): Told[] {
  return error instanceof DiagnosticsError
    ? [...error.diagnostics]
    : [
        {
          file: null,
          row: null,
          message: [errorKinds[error.code].title, error.detail].join(' ').trim(),
          code: error.code,
        },
      ];
}
