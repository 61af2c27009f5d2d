import type { Command } from '../command.ts';

/** Only what `writ --help` says of it: main.ts takes `writ help test` for `writ test --help`. */
export const help: Command = {
  builder: (yargs) =>
    yargs
      .positional('command', { describe: 'Words of a command', type: 'string', array: true })
      .example('$0 help', 'All commands')
      .example('$0 help audit verify', 'One command with its options, examples and exit codes')
      .epilogue('Exits 0.'),
  handler: () => {},
};
