import type { TestOutcome } from '../../engine/fixtures/test-outcome.ts';
import { percent } from '../coverage/percent.ts';
import type { Coverage } from '../coverage/types.ts';
import { type Format, failureText, type Told, tally, toldBy } from './format.ts';

/**
 * The XML that Jenkins, GitLab and others read, with the elements and attributes that their schemas share: a suite a file,
 * a case a test. Times are left out; fuel is no time.
 */
export function junit(): Format {
  return {
    tests: (outcomes, coverage) => {
      const suites = Map.groupBy(outcomes, ({ file }) => file);
      return report(
        outcomes,
        [...suites].flatMap(([file, tests]) => suite(file, tests)),
        coverage,
      );
    },
    diagnostics: (diagnostics) => broken(diagnostics),
    failure: (error) => broken(toldBy(error)),
  };
}

const header = '<?xml version="1.0" encoding="UTF-8"?>';

function report(outcomes: readonly TestOutcome[], suites: string[], coverage: Coverage | undefined): string {
  const { failed } = tally(outcomes);
  const counts = attributes({ name: 'writ test', tests: outcomes.length, failures: failed, errors: 0 });
  const measured = coverage === undefined ? [] : properties(coverage);
  return [header, `<testsuites${counts}>`, ...suites, ...measured, '</testsuites>', ''].join('\n');
}

function suite(file: string, tests: readonly TestOutcome[]): string[] {
  const { failed, skipped } = tally(tests);
  const counts = attributes({ name: file, tests: tests.length, failures: failed, errors: 0, skipped });
  return [`  <testsuite${counts}>`, ...tests.flatMap(testcase), '  </testsuite>'];
}

function testcase({ kind, name, file, status, failures }: TestOutcome): string[] {
  const classname = kind === 'rego' ? (name.split('/')[0]?.replace(/\.[^.]*$/, '') ?? file) : file;
  const open = `    <testcase${attributes({ name, classname })}`;
  if (status === 'passed') return [`${open}/>`];
  if (status === 'skipped') return [`${open}>`, '      <skipped/>', '    </testcase>'];
  const said = failures.map((failure) => failureText(failure, file)).join('\n\n');
  const message = failures[0]?.message ?? 'failed';
  return [
    `${open}>`,
    `      <failure${attributes({ message, type: kind })}>${escapeXml(said)}</failure>`,
    '    </testcase>',
  ];
}

/** The schemas know properties in a suite alone, so coverage has one of its own, without cases. */
function properties({ rules, lines }: Coverage): string[] {
  const measured = { rules: percent(rules), ...(lines.measured && { lines: percent(lines) }) };
  const each = Object.entries(measured).map(
    ([key, value]) => `        <property${attributes({ name: `coverage.${key}`, value })}/>`,
  );
  const counts = attributes({ name: 'coverage', tests: 0, failures: 0, errors: 0, skipped: 0 });
  return [`  <testsuite${counts}>`, '      <properties>', ...each, '      </properties>', '  </testsuite>'];
}

/** Nothing ran: an error a finding, so that an empty report is not taken for a good one. */
function broken(told: readonly Told[]): string {
  const counts = { tests: told.length, failures: 0, errors: told.length };
  const cases = told.flatMap(({ file, row, code, message }) => [
    `    <testcase${attributes({ name: row === null ? code : `${code} in line ${row}`, classname: file ?? 'writ' })}>`,
    `      <error${attributes({ message, type: code })}/>`,
    '    </testcase>',
  ]);
  return [
    header,
    `<testsuites${attributes({ name: 'writ', ...counts })}>`,
    `  <testsuite${attributes({ name: 'writ', ...counts })}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value)).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`)
    .join('');
}

/** XML 1.0 section 2.2 allows no other characters, escaped or not. */
const forbidden = /[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

function escapeXml(text: string): string {
  return text
    .replaceAll(forbidden, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
