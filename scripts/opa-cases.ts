/**
 * Runs OPA's own conformance cases on Writ's evaluation: `npm run opa:cases`, or `npm run opa:cases -- --area strings` for
 * those areas alone whose name contains a word. Needs Go. Fails where a case fails for no reason known, or a reason is stale.
 */
import { parseArgs } from 'node:util';
import { runCases, show } from '../test/oracle/opa-cases/run.ts';

const { values } = parseArgs({ options: { area: { type: 'string' } } });
const report = await runCases(values.area);
process.stdout.write(`${show(report)}\n`);
if (report.unexplained.length + report.stale.length > 0) process.exitCode = 1;
