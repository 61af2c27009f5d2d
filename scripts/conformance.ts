/**
 * Runs the official conformance suites against the fixture server and client, direct and through Writ: `npm run conformance`.
 * `--only server`, `client`, `0.1.16` or `0.2.0-alpha.12` leaves the rest out, `--format json` is for programs, `--write` keeps
 * the table in docs/conformance.md. Fails where a check is lost through Writ for no reason known, a known reason is stale, or
 * fewer checks pass direct than the page keeps.
 */
import { parseArgs } from 'node:util';
import { readExceptions } from '../test/conformance/exceptions.ts';
import { keepTable, keptTable } from '../test/conformance/page.ts';
import { ok, reportOf, show, table } from '../test/conformance/report.ts';
import { runConformance } from '../test/conformance/run.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    format: { type: 'string', default: 'text' },
    write: { type: 'boolean', default: false },
  },
});
const known = ['server', 'client', '0.1.16', '0.2.0-alpha.12'];
if (values.only !== undefined && !known.includes(values.only)) throw new Error(`--only takes ${known.join(', ')}.`);
if (!['text', 'json'].includes(values.format)) throw new Error('--format takes text, json.');
if (values.write && values.only !== undefined) throw new Error('--write keeps the whole table: leave --only out.');

const exceptions = readExceptions();
const began = Date.now();
const progress = (text: string) => {
  process.stderr.write(`${String(Math.round((Date.now() - began) / 1000)).padStart(4)} s  ${text}\n`);
};
const rows = await runConformance({ only: values.only, progress });
const report = reportOf(rows, exceptions, values.write ? null : keptTable());
process.stdout.write(values.format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : `${show(report)}\n`);
if (values.write) keepTable(table(rows));
if (!ok(report)) process.exitCode = 1;
