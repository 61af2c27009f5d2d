/**
 * Compares decisions of the shipped policies with those of topdown, OPA's own interpreter, over generated inputs:
 *
 *     npm run differential -- [--count 100000] [--seed 1] [<policies> ...]
 *
 * Exits 1 at a difference, and prints the smallest input found on which the two differ. Needs Go.
 */
import { parseArgs } from 'node:util';
import { examinePolicies, policySources } from '../cli/policies.ts';
import { DiagnosticsError } from '../engine/opa/diagnostics-error.ts';
import { type Comparison, compare } from '../test/oracle/topdown/compare.ts';
import { recordedInputs } from '../test/oracle/topdown/recorded.ts';

const { values, positionals } = parseArgs({
  options: { count: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const [count, seed] = [Number(values.count), Number(values.seed)];
if (!Number.isSafeInteger(count) || count < 1 || !Number.isInteger(seed)) {
  process.stderr.write('differential: --count takes a number above 0, and --seed an integer.\n');
  process.exit(64);
}

const began = Date.now();
let told = 0;
function progress(inputs: number): void {
  const now = Date.now();
  if (now - told < (process.stderr.isTTY ? 500 : 10_000)) return;
  told = now;
  const rate = inputs / ((now - began) / 1000);
  const line = `${inputs} of ${count} inputs, ${Math.round((count - inputs) / rate)} s to go`;
  process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
}

function table(rows: Iterable<readonly [string, number]>): string {
  return [...rows].map(([name, times]) => `  ${String(times).padStart(8)}  ${name}\n`).join('');
}

function print({ inputs, questions, effects, rules, refusals, difference }: Comparison): void {
  const out = (text: string) => process.stdout.write(text);
  for (const [entrypoint, counts] of Object.entries(effects)) out(`${entrypoint}\n${table(Object.entries(counts))}`);
  if (refusals.size > 0) out(`refused by both\n${table(refusals)}`);
  out(`rules\n${table(rules)}`);
  const seconds = Math.round((Date.now() - began) / 1000);
  out(`${inputs} inputs, ${questions} questions, seed ${seed}, ${seconds} s: `);
  if (difference === null) return void out('no difference\n');
  const { entrypoint, input, topdown, ours, remembered } = difference;
  out(`a difference at ${entrypoint}\n\ninput\n${JSON.stringify(input, null, 2)}\n`);
  out(`\ntopdown    ${topdown}\nours       ${ours}\nremembered ${remembered}\n`);
}

const examined = await examinePolicies(policySources(positionals.length > 0 ? positionals : ['policies']));
if (!examined.ok) throw new DiagnosticsError('WRIT_OPA_FAILED', examined.diagnostics);
const comparison = await compare(examined.value, { count, seed, recorded: recordedInputs('fixtures'), progress });
if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
print(comparison);
process.exitCode = comparison.difference === null ? 0 : 1;
