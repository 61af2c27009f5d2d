import type { Diagnostic } from '../../engine/opa/types.ts';
import type { Paint } from './paint.ts';
import { remedyOf } from './remedies.ts';
import { visible } from './visible.ts';

/** What is wrong, where, the line with a caret under the place, and the way out. */
export function prettyDiagnostic(diagnostic: Diagnostic, paint: Paint): string[] {
  const { severity, code, message, file, row, column, source } = diagnostic;
  const place = [file, row, column].filter((part) => part !== null).join(':');
  const label = paint(severity === 'error' ? 'red' : 'yellow', severity);
  const said = message.split('\n').map(visible).join('\n  ');
  const remedy = remedyOf(code);
  return [
    `${place === '' ? '' : `${paint('bold', visible(place))} `}${label} ${said} ${paint('dim', `[${code}]`)}`,
    ...(source === null || row === null ? [] : excerpt(visible(source), row, column, paint)),
    ...(remedy === null ? [] : [`  ${paint('cyan', 'help:')} ${remedy}`]),
  ];
}

/** A tab before the column stays a tab, so that the caret stands right whatever the terminal makes of it. */
function excerpt(source: string, row: number, column: number | null, paint: Paint): string[] {
  const gutter = `${row} | `;
  const line = `  ${paint('dim', gutter)}${source}`;
  if (column === null) return [line];
  const before = source.slice(0, column - 1).replaceAll(/[^\t]/g, ' ');
  return [line, `  ${' '.repeat(gutter.length)}${before}${paint('red', '^')}`];
}
