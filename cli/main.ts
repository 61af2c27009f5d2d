import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { audit } from './commands/audit.ts';
import { build } from './commands/build.ts';
import { check } from './commands/check.ts';
import { demo } from './commands/demo.ts';
import { explain } from './commands/explain.ts';
import { proxy } from './commands/proxy.ts';
import { test } from './commands/test.ts';
import { exit } from './exit.ts';
import { reportFailure } from './report-failure.ts';
import { version } from './version.ts';

/** Tells a mistake on the command line from a failure of the command. */
class UsageError extends Error {}

const program = yargs(hideBin(process.argv))
  .scriptName('writ')
  .usage('$0 <command>\n\nPolicy-as-code gateway for the Model Context Protocol.')
  .command(proxy)
  .command(check)
  .command(build)
  .command(test)
  .command(explain)
  .command(audit)
  .command(demo)
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
