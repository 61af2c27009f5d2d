import { revokeTokens } from '../../proxy/store/value-token-rows.ts';
import { print } from '../audit/print.ts';
import type { Command } from '../command.ts';
import type { FormatName } from '../formats/formatter.ts';
import { formatOption } from '../options.ts';
import { type Choosing, choiceOf, choosing } from '../tokens/options.ts';
import { withTokens } from '../tokens/store.ts';
import { UsageError } from '../usage-error.ts';

interface Arguments extends Choosing {
  all: boolean;
  format: FormatName;
}

export const tokensRevoke: Command<Arguments> = {
  builder: (yargs) =>
    choosing(yargs)
      .option('all', { describe: 'In place of any choice: every one of the tenant', type: 'boolean', default: false })
      .option('format', formatOption)
      .check(({ all, id, caller, purpose, before }) => {
        const chosen = [id, caller, purpose, before].some((one) => one !== undefined);
        if (all && chosen)
          throw new UsageError(
            '--all is every token: leave it out to choose with --id, --caller, --purpose and --before.',
          );
        if (!all && !chosen)
          throw new UsageError('Say which with --id, --caller, --purpose and --before, or give --all.');
        return true;
      })
      .example('$0 tokens revoke --id 3f9a1c20', 'One token')
      .example('$0 tokens revoke --caller 8d02b1aa --before 1h', 'Those of one caller that are older than an hour')
      .epilogue(
        'Holds for the next call of every gateway on the store. Exits 0 with how many there were, which may be none, 74 where the store cannot be used.',
      ),
  handler: async ({ all: _, format, ...chosen }) => {
    const at = Date.now();
    const revoked = await withTokens(chosen.config, (store) =>
      revokeTokens(store, choiceOf(chosen, at), new Date(at).toISOString()),
    );
    if (format === 'json') return print(`${JSON.stringify({ revoked })}\n`);
    await print(`${revoked} ${revoked === 1 ? 'token is' : 'tokens are'} revoked\n`);
  },
};
