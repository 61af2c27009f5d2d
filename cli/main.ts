import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { lazily } from './command.ts';
import { exit } from './exit.ts';
import { reportFailure } from './report-failure.ts';
import { version } from './version.ts';

/** Tells a mistake on the command line from a failure of the command. */
class UsageError extends Error {}

const program = yargs(hideBin(process.argv))
  .scriptName('writ')
  .usage('$0 <command>\n\nPolicy-as-code gateway for the Model Context Protocol.')
  .command(lazily('proxy', 'Run the gateway', async () => (await import('./commands/proxy.ts')).proxy))
  .command(
    lazily(
      'check [policies..]',
      'Find what is wrong with policies, also what OPA lets pass in silence',
      async () => (await import('./commands/check.ts')).check,
    ),
  )
  .command(
    lazily(
      'build [policies..]',
      'Check policies and compile them into a bundle',
      async () => (await import('./commands/build.ts')).build,
    ),
  )
  .command(
    lazily(
      'test [policies..]',
      'Run fixtures and Rego tests on the engine that enforces',
      async () => (await import('./commands/test.ts')).test,
    ),
  )
  .command(
    lazily(
      'explain <fixture>',
      'Show what policy says of one call, and why',
      async () => (await import('./commands/explain.ts')).explain,
    ),
  )
  .command(lazily('audit <command>', 'Look at audit logs', async () => (await import('./commands/audit.ts')).audit))
  .command(
    lazily(
      'demo',
      'Show allow, mask-fields, deny and require-approval on a demo server',
      async () => (await import('./commands/demo.ts')).demo,
    ),
  )
  .demandCommand(1, 'Name a command.')
  .recommendCommands()
  .strict()
  .version(version)
  .alias({ h: 'help', V: 'version' })
  .epilogue('Documentation: docs/ in the package. Exit codes: docs/cli.md.')
  .wrap(Math.min(100, process.stdout.columns ?? 100))
  .exitProcess(false)
  .fail((message, error) => {
    throw error ?? new UsageError(message);
  });

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`writ: ${error.message}\nSee \`writ --help\`.\n`);
    process.exitCode = exit.usage;
  } else process.exitCode = reportFailure(error, process.argv.includes('json') ? 'json' : 'pretty');
}
