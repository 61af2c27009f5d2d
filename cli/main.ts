import yargs from 'yargs';
import { hideBin } from 'yargs/helpers';
import { WritError } from '../engine/errors.ts';
import { whyUnusable } from '../engine/file-errors.ts';
import { checkOnce, inWords, mistakeOf, withoutDashes } from './arguments.ts';
import { exit } from './exit.ts';
import { askedFormat } from './formats/formatter.ts';
import { runOpa } from './opa.ts';
import { withCommands } from './program.ts';
import { reportFailure } from './report-failure.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

const [first, ...rest] = hideBin(process.argv);
/** `writ help test` is `writ test --help`. */
const args =
  first === 'help'
    ? [...rest, '--help']
    : first === 'opa' && rest.length === 0
      ? ['opa', '--help']
      : withoutDashes(hideBin(process.argv));
const help = /^(?:-h|--help)$/;

const program = withCommands(
  yargs(args).scriptName('writ').usage('$0 <command>\n\nPolicy-as-code gateway for the Model Context Protocol.'),
)
  .demandCommand(1, 'Name a command.')
  .recommendCommands()
  .strict()
  .check((given, options) => checkOnce(given, options))
  .version(version)
  .alias({ h: 'help', V: 'version' })
  .example('$0 demo', 'See what it does')
  .example('$0 help test', 'All about one command')
  .epilogue(
    'Documentation: docs/ in the package. Every command exits 0 if all is well; docs/cli.md has the other codes.',
  )
  .wrap(Math.min(100, process.stdout.columns ?? 100))
  .exitProcess(false)
  .fail((message, error) => {
    throw error ?? new UsageError(inWords(message));
  });

async function run(): Promise<void> {
  // The arguments of OPA are OPA's: nothing here may read them.
  if (first === 'opa' && rest.length > 0 && !help.test(rest.join(' '))) process.exitCode = await runOpa(rest);
  else if (args.length === 0) throw new UsageError(`Name a command.\n\n${await program.getHelp()}\n`);
  else await program.parseAsync();
}

/** The words before the one that is not understood. */
function understood({ message }: UsageError): string[] {
  const words = args
    .slice(0, args.findIndex((word) => word.startsWith('-')) >>> 0)
    .slice(0, first !== undefined && ['audit', 'tools', 'catalogue', 'tokens'].includes(first) ? 2 : 1);
  if (message.startsWith('Did you mean')) return words.slice(0, -1);
  return words.filter((word) => !/^Unknown/.test(message) || !message.includes(word));
}

// Whoever reads from a pipe may stop before the end, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  const failure = new WritError('WRIT_FILE_UNWRITABLE', whyUnusable('Standard output', error), { cause: error });
  process.exit(reportFailure(failure, 'pretty'));
});

try {
  await run();
} catch (thrown) {
  const error = mistakeOf(thrown) ?? thrown;
  if (error instanceof UsageError) {
    process.stderr.write(`writ: ${error.message}\nSee \`${['writ', ...understood(error), '--help'].join(' ')}\`.\n`);
    process.exitCode = exit.usage;
  } else process.exitCode = reportFailure(error, askedFormat(args));
}
