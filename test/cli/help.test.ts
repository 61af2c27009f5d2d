import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import yargs from 'yargs';
import { commandModels } from '../../cli/command-model.ts';
import { allCommands } from '../../cli/completion/words.ts';
import { withCommands } from '../../cli/program.ts';
import { cliPage } from '../../scripts/cli-page.ts';
import { temporary } from './project.ts';
import { runWrit } from './run-writ.ts';

const commands = allCommands(await commandModels());

/** Thrown where a command would begin its work: its arguments are understood then. */
class Understood extends Error {}

/** The words of an example from `writ` to where the shell goes on with something else. */
function wordsOf(example: string): string[] {
  const [, line = ''] = /\$0(?: ((?:"[^"]*"|[^<>|&)"])*))?/.exec(example) ?? [];
  return (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
}

for (const command of commands) {
  const words = command.words.join(' ');
  test(`${words}: has a description, examples and exit codes`, () => {
    assert.match(command.describe, /^[A-Z].{8,}[^.]$/);
    assert.ok(command.examples.length > 0, 'no example');
    assert.match(command.epilogue, /\bExits \w/);
    for (const option of [...command.options, ...command.positionals])
      assert.ok(option.describe.length > 3, `${option.name} is not described`);
  });

  for (const { command: example } of command.examples.filter(({ command: text }) => !text.includes('$0 opa')))
    test(`${words}: \`${example}\` is understood`, async () => {
      const program = withCommands(yargs(wordsOf(example)).scriptName('writ'))
        .demandCommand(1)
        .strict()
        .exitProcess(false)
        .middleware(() => {
          throw new Understood();
        })
        .fail((message, error) => {
          throw error ?? new Error(message);
        });
      await assert.rejects(async () => await program.parseAsync(), Understood);
    });
}

test('--help shows each option with its default, the examples and the exit codes', async (t) => {
  const folder = temporary(t);
  const [audit, verify] = await Promise.all([
    runWrit(['help', 'test'], folder),
    runWrit(['audit', 'verify', '--help'], folder),
  ]);
  for (const [{ code, stdout }, usage] of [
    [audit, 'test [policies..]'],
    [verify, 'audit verify <directory>'],
  ] as const) {
    assert.equal(code, 0);
    const model = commands.find((each) => each.usage === usage);
    const shown = stdout.replaceAll(/\s+/g, ' ');
    for (const { name } of model?.options ?? []) assert.ok(shown.includes(`--${name}`), name);
    // A long example is broken within its column, so its words are looked for one by one.
    for (const { command } of model?.examples ?? [])
      for (const word of command.replace('$0', 'writ').split(' ')) assert.ok(shown.includes(word), command);
    assert.ok(shown.includes((model?.epilogue ?? '-').replaceAll(/\s+/g, ' ')));
  }
});

test('docs/cli.md lists exactly the commands and options there are: else `npm run docs:cli`', async () => {
  assert.equal(readFileSync(new URL('../../docs/cli.md', import.meta.url), 'utf8'), await cliPage());
});

test('what is not understood is answered with where to look', async (t) => {
  const folder = temporary(t);
  const said = async (...args: string[]) => {
    const { code, stderr } = await runWrit(args, folder);
    assert.equal(code, 64, args.join(' '));
    return stderr;
  };
  assert.match(await said(), /Name a command\.[\s\S]*writ check[\s\S]*See `writ --help`/);
  assert.match(await said('tst'), /Did you mean test\?\nSee `writ --help`/);
  assert.match(await said('audit'), /See `writ audit --help`/);
  assert.match(await said('test', '--colour'), /colour\nSee `writ test --help`/);
  assert.match(await said('completion'), /An argument is missing\.\nSee `writ completion --help`/);
});

test('a file that is not there is called so, without a code of the system', async (t) => {
  const folder = temporary(t);
  for (const args of [
    ['explain', 'call.yaml'],
    ['proxy', '--config', 'other.yaml'],
    ['fmt', 'elsewhere'],
  ]) {
    const { stderr } = await runWrit(args, folder);
    assert.match(stderr, / is not there/, args.join(' '));
    assert.doesNotMatch(stderr, /ENOENT/);
  }
});
