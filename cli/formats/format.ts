import type { WritError } from '../../engine/errors.ts';
import type { TestOutcome } from '../../engine/fixtures/test-outcome.ts';
import type { Diagnostic } from '../../engine/opa/types.ts';

/** One way of writing what commands find. Each method gives the whole text, ending in a newline unless empty. */
export interface Format {
  /** What `writ test` found. */
  tests(outcomes: readonly TestOutcome[]): string;
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
