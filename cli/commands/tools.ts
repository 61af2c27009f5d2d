import type { Argv } from 'yargs';
import { type Command, lazily } from '../command.ts';

const list = lazily(
  'list [server]',
  'Show the tools of each server, and whether they are as pinned',
  async () => (await import('./tools-list.ts')).toolsList,
);
const diff = lazily(
  'diff [server] [tool]',
  'Show what differs from what is pinned',
  async () => (await import('./tools-diff.ts')).toolsDiff,
);
const pin = lazily(
  'pin <server> [tool..]',
  'Agree to what a server says of its tools',
  async () => (await import('./tools-pin.ts')).toolsPin,
);

export const tools: Command = {
  builder: (yargs: Argv<object>) =>
    yargs
      .command(list)
      .command(diff)
      .command(pin)
      .demandCommand(1, 'Name what to do with the tools.')
      .example('$0 tools list', 'All tools of all servers')
      .example('$0 tools diff crm', 'What crm says of its tools that nobody agreed to')
      .example('$0 tools pin crm --all', 'Look at it, and agree')
      .epilogue(
        'Exits 0 where all is as pinned, 1 where something differs; each command has its own help. docs/tools.md says what is pinned and what policy is told.',
      ),
  handler: () => {},
};
