import type { Argv } from 'yargs';
import { type Command, lazily } from '../command.ts';

const verify = lazily(
  'verify <directory>',
  'Check a log offline: signature, tree, every entry, every archived bundle',
  async () => (await import('./audit-verify.ts')).auditVerify,
);

const tail = lazily(
  'tail <directory>',
  'Show the last entries, and go on as they come',
  async () => (await import('./audit-tail.ts')).auditTail,
);
const show = lazily(
  'show <directory> <call>',
  'Show all that is on record of one call',
  async () => (await import('./audit-show.ts')).auditShow,
);
const proof = lazily(
  'proof [call]',
  'Write proofs of one call that verify without the log',
  async () => (await import('./audit-proof.ts')).auditProof,
);

export const audit: Command = {
  builder: (yargs: Argv<object>) =>
    yargs
      .command(verify)
      .command(tail)
      .command(show)
      .command(proof)
      .demandCommand(1, 'Name what to do with the log.')
      .example('$0 audit verify ./data/audit --key ./log.vkey', 'Check a log')
      .example('$0 audit tail ./data/audit -f', 'What the gateway decides, as it happens')
      .epilogue('Exits 0 if the log holds, 1 if not; each command has its own help.'),
  handler: () => {},
};
