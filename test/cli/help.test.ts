import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Argv, CommandModule } from 'yargs';
import yargs from 'yargs';
import { commandModels } from '../../cli/command-model.ts';
import { allCommands } from '../../cli/completion/words.ts';
import { withCommands } from '../../cli/program.ts';
import { cliPage } from '../../scripts/cli-page.ts';
import { temporary } from './project.ts';
import { runWrit } from './run-writ.ts';

const commands = allCommands(await commandModels());

/** The real command line, whose commands do nothing. */
function idle(real: Argv<object>): Argv<object> {
  return new Proxy(real, {
    get(target, method) {
      const value = Reflect.get(target, method, target);
      if (method === 'command')
        return (module: CommandModule) => {
          const builder = module.builder;
          const inner = (argv: Argv<object>) => (typeof builder === 'function' ? builder(idle(argv)) : argv);
          target.command({ ...module, builder: inner as never, handler: () => {} });
          return idle(target);
        };
      return typeof value !== 'function'
        ? value
        : (...args: unknown[]) => {
            const result = Reflect.apply(value, target, args);
            return result === target ? idle(target) : result;
          };
    },
  });
}

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
      const asked = wordsOf(example);
      assert.deepEqual(
        asked
          .slice(0, command.words.length)
          .filter((word) => word !== 'doctor')
          .slice(0, 1),
        command.words.slice(0, 1).filter((word) => word !== 'doctor'),
      );
      const program = idle(withCommands(yargs(asked).scriptName('writ')))
        .demandCommand(1)
        .strict()
        .exitProcess(false)
        .fail((message, error) => {
          throw error ?? new Error(message);
        });
      await program.parseAsync();
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
    for (const { command } of model?.examples ?? []) assert.ok(shown.includes(command.replace('$0', 'writ')), command);
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
