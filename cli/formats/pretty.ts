import { errorKinds, type WritError } from '../../engine/errors.ts';
import type { Difference } from '../../engine/fixtures/diff.ts';
import type { TestFailure, TestOutcome } from '../../engine/fixtures/test-outcome.ts';
import type { Json } from '../../engine/json/types.ts';
import { DiagnosticsError } from '../../engine/opa/diagnostics-error.ts';
import { counted } from './counted.ts';
import { coverageLines } from './coverage-table.ts';
import { type Format, tally } from './format.ts';
import type { Paint } from './paint.ts';
import { prettyDiagnostic } from './pretty-diagnostic.ts';
import { visible } from './visible.ts';

/** Differences shown of one failure: a list that is wrong everywhere would bury the rest. */
const shown = 12;

/** For people: every failure with its place and what differed, then one line to sum up. */
export function pretty(paint: Paint): Format {
  return {
    tests: (outcomes, coverage) => {
      const failed = outcomes.filter(({ status }) => status === 'failed');
      return paragraphs([
        ...failed.map((outcome) => prettyOutcome(outcome, paint)),
        ...(coverage === undefined ? [] : [coverageLines(coverage, paint)]),
        prettySummary(outcomes, paint),
      ]);
    },
    diagnostics: (diagnostics) => paragraphs(diagnostics.map((each) => prettyDiagnostic(each, paint))),
    failure: (error) =>
      error instanceof DiagnosticsError
        ? paragraphs(error.diagnostics.map((each) => prettyDiagnostic(each, paint)))
        : paragraphs([prettyError(error, paint)]),
  };
}

function prettyOutcome({ file, row, name, failures }: TestOutcome, paint: Paint): string[] {
  return [
    `${paint('red', '✗')} ${paint('bold', visible(name))} ${paint('dim', `${file}:${row}`)}`,
    ...failures.flatMap((failure) => indent(prettyFailure(failure, file, paint))),
  ];
}

function prettyFailure({ row, message, differences }: TestFailure, file: string, paint: Paint): string[] {
  const rest = differences.length - shown;
  const [first = '', ...more] = message.split('\n').map(visible);
  return [
    `${first} ${paint('dim', `${file}:${row}`)}`,
    ...indent(more),
    ...differences.slice(0, shown).flatMap((each) => indent(prettyDifference(each, paint))),
    ...(rest > 0 ? [`  and ${counted(rest, 'more difference')}`] : []),
  ];
}

/** `-` is what was expected and `+` what came, as in a diff. */
function prettyDifference({ pointer, expected, actual }: Difference, paint: Paint): string[] {
  const path = pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');
  return [
    visible(path),
    ...(expected === undefined ? [] : [paint('red', `- ${brief(expected)}`)]),
    ...(actual === undefined ? [] : [paint('green', `+ ${brief(actual)}`)]),
  ];
}

function brief(value: Json): string {
  const written = visible(JSON.stringify(value));
  return written.length > 160 ? `${written.slice(0, 159)}…` : written;
}

function prettySummary(outcomes: readonly TestOutcome[], paint: Paint): string[] {
  const { passed, failed, skipped } = tally(outcomes);
  const of = (kind: TestOutcome['kind']) => outcomes.filter((outcome) => outcome.kind === kind).length;
  const counts = [
    ...(failed > 0 ? [paint('red', `${failed} failed`)] : []),
    failed === 0 && passed > 0 ? paint('green', `${passed} passed`) : `${passed} passed`,
    ...(skipped > 0 ? [paint('yellow', `${skipped} skipped`)] : []),
  ];
  const kinds = paint('dim', `(${counted(of('fixture'), 'fixture')}, ${counted(of('rego'), 'Rego test')})`);
  return [`${counts.join(', ')} ${kinds}`];
}

function prettyError({ code, detail }: WritError, paint: Paint): string[] {
  const { title, remedy } = errorKinds[code];
  return [
    `${paint('red', 'error')} ${title} ${paint('dim', `[${code}]`)}`,
    ...(detail === undefined ? [] : indent(detail.split('\n').map(visible))),
    ...indent([`${paint('cyan', 'help:')} ${remedy}`]),
  ];
}

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}

function paragraphs(blocks: readonly string[][]): string {
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}
