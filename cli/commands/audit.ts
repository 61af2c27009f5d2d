import type { Argv } from 'yargs';
import { type Command, lazily } from '../command.ts';

const verify = lazily(
  'verify <directory>',
  'Check a log offline: signature, tree, every entry, every archived bundle',
  async () => (await import('./audit-verify.ts')).auditVerify,
);

export const audit: Command = {
  builder: (yargs: Argv<object>) => yargs.command(verify).demandCommand(1, 'Name what to do with the log.'),
  handler: () => {},
};
