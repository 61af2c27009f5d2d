import { normalize } from 'node:path';
import type { Command } from '../command.ts';
import { percentage } from '../coverage/percent.ts';
import type { Coverage } from '../coverage/types.ts';
import { exit } from '../exit.ts';
import { FixtureUpdates } from '../fixture-updates.ts';
import { type FormatName, formatter, testFormatNames } from '../formats/formatter.ts';
import { paintFor } from '../formats/paint.ts';
import { formatOption, policiesPosition } from '../options.ts';
import { withProgress } from '../progress.ts';
import { reportFailure } from '../report-failure.ts';
import { stopSignal } from '../stop-signal.ts';
import { TestRunner } from '../test-runner.ts';
import { UsageError } from '../usage-error.ts';
import { watchPaths } from '../watch.ts';

interface Arguments {
  policies: string[];
  fixtures: string[] | false | undefined;
  run: string | undefined;
  watch: boolean;
  coverage: boolean;
  'coverage-threshold': number | undefined;
  update: boolean;
  force: boolean;
  format: FormatName;
}

/** EX of a shell for a process that SIGINT ended: the person stopped it before there was any result. */
const interrupted = 130;

/** One run, its report, and its exit code. */
async function runOnce(runner: TestRunner, format: FormatName): Promise<number> {
  const { outcomes, coverage, ran } = await withProgress('running fixtures and Rego tests', runner.run());
  process.stdout.write(formatter(format).tests(outcomes, coverage));
  if (ran < outcomes.length) process.stdout.write(`${ran} ran again; nothing changed for the others\n`);
  const failed = outcomes.some(({ status }) => status === 'failed');
  return failed || isShort(coverage) ? exit.found : exit.ok;
}

function isShort(coverage: Coverage | undefined): boolean {
  const threshold = coverage?.threshold ?? null;
  if (coverage === undefined || threshold === null) return false;
  const short = [coverage.rules, coverage.lines].filter((share) => percentage(share) < threshold);
  if (short.length > 0) process.stderr.write(`writ: the coverage is below ${threshold} %\n`);
  return short.length > 0 || !coverage.lines.measured;
}

/** Runs again whenever a file changes, until it is told to stop; then the last result counts. */
async function runWatching(runner: TestRunner): Promise<number> {
  let stopping = false;
  const stopped = stopSignal().then(() => {
    stopping = true;
  });
  let code: number = interrupted;
  runner.changed(); // says in plain words what is not there to be watched
  const watching = watchPaths(runner.paths);
  try {
    while (!stopping) {
      if (process.stdout.isTTY) process.stdout.write('\x1b[2J\x1b[3J\x1b[H');
      // What Ctrl-C stops are OPA's processes too: that is no result.
      const result = await runOnce(runner, 'pretty').catch((error: unknown) =>
        stopping ? undefined : reportFailure(error, 'pretty'),
      );
      code = result ?? code;
      if (!stopping) process.stdout.write('\nWatching for changes; Ctrl-C ends.\n');
      do await Promise.race([watching.change(), stopped]);
      while (!stopping && !differs(runner));
    }
  } finally {
    watching.close();
  }
  return code;
}

/** A file that cannot be read is a change too: the run says what is wrong. */
function differs(runner: TestRunner): boolean {
  try {
    return runner.changed();
  } catch {
    return true;
  }
}

function pattern(source: string | undefined): RegExp | undefined {
  try {
    return source === undefined ? undefined : new RegExp(source, 'u');
  } catch {
    throw new UsageError(`--run takes a regular expression, and ${source} is none.`);
  }
}

/** yargs makes false of --no-fixtures, and cannot normalize that itself. */
function fixturePaths(given: Arguments['fixtures']): string[] | undefined {
  if (given === undefined) return undefined;
  return [given]
    .flat()
    .filter((path) => typeof path === 'string')
    .map(normalize);
}

/** Throws UsageError. */
function runnerOf(args: Arguments, updates: FixtureUpdates | undefined): TestRunner {
  const threshold = args['coverage-threshold'];
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 100))
    throw new UsageError('--coverage-threshold takes a percentage from 0 to 100.');
  if (args.watch && args.format !== 'pretty') throw new UsageError('--watch writes for people: leave --format out.');
  if (args.watch && args.update) throw new UsageError('--update shows what it changes once: leave --watch out.');
  const run = pattern(args.run);
  const asked = args.coverage || threshold !== undefined;
  if (asked && run !== undefined) throw new UsageError('Coverage is of all tests: leave --run out.');
  return new TestRunner({
    policies: args.policies,
    fixtures: fixturePaths(args.fixtures),
    run,
    coverage: asked ? { threshold: threshold ?? null } : undefined,
    update: updates?.update,
  });
}

export const test: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('policies', policiesPosition)
      .option('fixtures', {
        describe: 'Folders or files with fixtures; none with --no-fixtures',
        type: 'string',
        array: true,
        defaultDescription: '"fixtures", if it is there',
      })
      .option('run', {
        describe: 'Only tests and fixtures whose name or file matches this regular expression',
        type: 'string',
      })
      .option('watch', {
        alias: 'w',
        describe: 'Run again what is affected whenever a file changes',
        type: 'boolean',
        default: false,
      })
      .option('coverage', {
        describe: 'Tell which rules decided and which lines were evaluated',
        type: 'boolean',
        default: false,
      })
      .option('coverage-threshold', {
        describe: 'Exit with 1 where less than this percentage of the rules or lines is covered',
        type: 'number',
      })
      .option('update', {
        alias: 'u',
        describe: 'Rewrite the expectations of fixtures that do not hold, and show the difference',
        type: 'boolean',
        default: false,
      })
      .option('force', { describe: 'Let --update work in CI', type: 'boolean', default: false })
      .option('format', { ...formatOption, choices: testFormatNames })
      .example('$0 test policies --fixtures fixtures', 'Every fixture and every Rego test, each case by its name')
      .example('$0 test --run health --watch', 'Those about health, again at each change')
      .example('$0 test --coverage --coverage-threshold 90', 'Also which rules no test has seen decide')
      .example('$0 test --update --run support', 'Take what policy says now as what is expected')
      .example('$0 test --format junit > report.xml', 'For Jenkins or GitLab')
      .epilogue(
        'Exits 0 if all pass, 1 if one fails, --update changed a file, the policies are wrong or the coverage is below the threshold, 65 if a ' +
          'fixture is wrong or there is none. docs/fixtures.md describes fixtures, docs/cli.md what coverage measures.',
      ),
  handler: async (args) => {
    const updates = args.update ? new FixtureUpdates(args.force) : undefined;
    const runner = runnerOf(args, updates);
    const code = args.watch ? await runWatching(runner) : await runOnce(runner, args.format);
    process.exitCode = updates && updates.size > 0 ? exit.found : code;
    // A report for programs stays one document.
    const stream = args.format === 'pretty' ? process.stdout : process.stderr;
    if (updates) stream.write(updates.told(paintFor(stream)));
  },
};
