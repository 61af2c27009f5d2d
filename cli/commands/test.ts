import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WritError } from '../../engine/errors.ts';
import { parseFixture } from '../../engine/fixtures/parse.ts';
import { runFixture } from '../../engine/fixtures/run.ts';
import { runRegoTests } from '../../engine/fixtures/run-rego.ts';
import type { TestOutcome } from '../../engine/fixtures/test-outcome.ts';
import { DiagnosticsError } from '../../engine/opa/diagnostics-error.ts';
import { filesBelow } from '../../engine/opa/sources.ts';
import { test as interpret, type TestCase } from '../../engine/opa/test.ts';
import type { Outcome } from '../../engine/opa/types.ts';
import { readBundle } from '../../engine/policy/bundle.ts';
import { activate } from '../../engine/policy/evaluate.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { type FormatName, formatter } from '../formats/formatter.ts';
import { formatOption, policiesPosition } from '../options.ts';
import {
  bundleData,
  capabilities,
  compileExamined,
  type Examined,
  examinePolicies,
  policySources,
} from '../policies.ts';
import { withProgress } from '../progress.ts';

interface Arguments {
  policies: string[];
  fixtures: string[];
  run: string | undefined;
  format: FormatName;
}

/** Rego tests on the engine that enforces. OPA's interpreter names the cases to expect: compiled, one that fails is gone. */
async function regoTests(examined: Examined): Promise<TestOutcome[]> {
  const expected = await interpretTests(examined);
  if (!expected.ok) throw new DiagnosticsError('WRIT_OPA_FAILED', expected.diagnostics);
  return runRegoTests(expected.value.cases, (entrypoints) => compileExamined(examined, { tests: entrypoints }));
}

/** On the data of the bundle, or the two engines would be asked about different policies. */
async function interpretTests(examined: Examined): Promise<Outcome<{ cases: TestCase[] }>> {
  const { rego, tests } = examined.sources;
  const folder = mkdtempSync(join(tmpdir(), 'writ-test-'));
  try {
    const data = join(folder, 'data.json');
    writeFileSync(data, JSON.stringify(bundleData(examined)));
    return await interpret({ paths: [...[...rego, ...tests].map(({ path }) => path), data], capabilities });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Fixtures against the very bundle that a gateway would load. */
async function fixtureTests(examined: Examined, paths: readonly string[]): Promise<TestOutcome[]> {
  if (paths.length === 0) return [];
  const files = paths.flatMap((path) => filesBelow(path)).filter(({ path }) => /\.ya?ml$/.test(path));
  if (files.length === 0) throw new WritError('WRIT_SOURCES_MISSING', `There is no fixture below ${paths.join(', ')}.`);
  const policy = activate(readBundle(await compileExamined(examined)));
  return files.map(({ path, text }) => runFixture(parseFixture(text, path), policy));
}

export const test: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('policies', policiesPosition)
      .option('fixtures', {
        describe: 'Folders or files with fixtures; none with --no-fixtures',
        type: 'string',
        array: true,
        normalize: true,
        default: ['fixtures'],
      })
      .option('run', { describe: 'Only tests and fixtures whose name or file holds this', type: 'string' })
      .option('format', formatOption)
      .example('$0 test policies --fixtures fixtures', 'Every fixture and every Rego test, each case by its name')
      .epilogue('Exits 0 if all pass, 1 if one fails. docs/fixtures.md describes fixtures.'),
  handler: async ({ policies, fixtures, run, format }) => {
    const examined = await withProgress('checking the policies', examinePolicies(policySources(policies)));
    if (!examined.ok) throw new DiagnosticsError('WRIT_OPA_FAILED', examined.diagnostics);
    const work = Promise.all([fixtureTests(examined.value, fixtures), regoTests(examined.value)]);
    const all = (await withProgress('running fixtures and Rego tests', work)).flat();
    const chosen = run === undefined ? all : all.filter(({ name, file }) => name.includes(run) || file.includes(run));
    if (chosen.length === 0) throw new WritError('WRIT_SOURCES_MISSING', 'No test or fixture has such a name.');
    process.stdout.write(formatter(format).tests(chosen));
    if (chosen.some(({ status }) => status === 'failed')) process.exitCode = exit.found;
  },
};
