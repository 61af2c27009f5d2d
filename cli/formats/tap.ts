import type { WritError } from '../../engine/errors.ts';
import type { TestOutcome } from '../../engine/fixtures/test-outcome.ts';
import type { Coverage } from '../coverage/types.ts';
import { coverageLines } from './coverage-table.ts';
import { type Format, toldBy } from './format.ts';
import { visible } from './visible.ts';

/** TAP version 14. What went wrong stands in a YAML block, written as JSON, which YAML contains. */
export function tap(): Format {
  const bail = (error: WritError) => `Bail out! ${oneLine(toldBy(error).map(told).join('; '))}\n`;
  return {
    tests: (outcomes, coverage) =>
      `TAP version 14\n1..${outcomes.length}\n${outcomes.map(point).join('')}${comments(coverage)}`,
    diagnostics: (found) => {
      const points = found.map(({ code, message, file, row }, index) =>
        [`not ok ${index + 1} - ${description(code)}`, ...block({ message, at: at(file, row) })].join('\n'),
      );
      return ['TAP version 14', `1..${points.length}`, ...points, ''].join('\n');
    },
    failure: (error) => `TAP version 14\n${bail(error)}`,
  };
}

function point({ name, file, row, status, failures }: TestOutcome, index: number): string {
  const line = `${status === 'failed' ? 'not ok' : 'ok'} ${index + 1} - ${description(name)}`;
  if (status === 'skipped') return `${line} # SKIP\n`;
  if (status === 'passed') return `${line}\n`;
  const [first] = failures;
  return `${[line, ...block({ message: first?.message ?? '', severity: 'fail', at: at(file, first?.row ?? row), failures })].join('\n')}\n`;
}

function block(content: Record<string, unknown>): string[] {
  // JSON has each control character escaped, so nothing in a value can end the block.
  const lines = Object.entries(content).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return ['  ---', ...lines, '  ...'];
}

const at = (file: string | null, row: number | null) => [file, row].filter((part) => part !== null).join(':');
const told = ({ file, row, message }: ReturnType<typeof toldBy>[number]) => `${at(file, row)} ${message}`.trim();
const oneLine = (text: string) => visible(text.replaceAll('\n', ' '));

/** A `#` would begin a directive, and a backslash an escape. */
function description(text: string): string {
  return oneLine(text).replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}

function comments(coverage: Coverage | undefined): string {
  if (coverage === undefined) return '';
  return coverageLines(coverage, (_style, text) => text)
    .map((line) => `# ${line}`.trimEnd().concat('\n'))
    .join('');
}
