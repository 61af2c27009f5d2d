import type { Argv } from 'yargs';
import { type Command, lazily } from '../command.ts';

const list = lazily(
  'list',
  'Show which tokens there are, never what they stand for',
  async () => (await import('./tokens-list.ts')).tokensList,
);
const revoke = lazily(
  'revoke',
  'Make tokens worth nothing, and destroy what they stand for',
  async () => (await import('./tokens-revoke.ts')).tokensRevoke,
);

export const tokens: Command = {
  builder: (yargs: Argv<object>) =>
    yargs
      .command(list)
      .command(revoke)
      .demandCommand(1, 'Name what to do with the tokens.')
      .example('$0 tokens list', 'Every token, the newest first')
      .example('$0 tokens revoke --purpose reply', 'Those of one purpose, at once')
      .epilogue(
        'Works on the store of writ.yaml, while gateways run. Exits 0 where it was done, 74 where the store cannot be used; each command has its own help. docs/tokens.md says what a token is.',
      ),
  handler: () => {},
};
