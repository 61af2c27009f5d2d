import type { TestOutcome } from '../../engine/fixtures/test-outcome.ts';
import { percent } from '../coverage/percent.ts';
import { type Format, failureText, tally, toldBy } from './format.ts';

/** Workflow commands of GitHub Actions: each failure is shown at its line of the change under review. */
export function github(): Format {
  return {
    tests: (outcomes, coverage) => {
      const { passed, failed, skipped } = tally(outcomes);
      const covered = coverage === undefined ? [] : [`coverage: ${percent(coverage.rules)} of the rules decided\n`];
      return [
        ...outcomes.flatMap(annotate),
        ...covered,
        `${failed} failed, ${passed} passed, ${skipped} skipped\n`,
      ].join('');
    },
    diagnostics: (diagnostics) =>
      diagnostics
        .map(({ severity, file, row, column, code, message }) =>
          command(severity, { file, line: row, col: column, title: code }, message),
        )
        .join(''),
    failure: (error) =>
      toldBy(error)
        .map(({ file, row, code, message }) => command('error', { file, line: row, title: code }, message))
        .join(''),
  };
}

function annotate({ file, name, failures }: TestOutcome): string[] {
  return failures.map((failure) =>
    command('error', { file, line: failure.row, title: name }, failureText(failure, file)),
  );
}

/** `::error file=a.rego,line=3::what`. The runner reads until the end of the line and has an escape for each mark it reads. */
function command(name: string, properties: Record<string, string | number | null>, message: string): string {
  const written = Object.entries(properties).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  return `::${[name, written.join(',')].join(' ').trimEnd()}::${escapeData(message)}\n`;
}

const escapeData = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string) => escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
