import { readTokens } from '../../proxy/store/value-token-rows.ts';
import { print } from '../audit/print.ts';
import type { Command } from '../command.ts';
import type { FormatName } from '../formats/formatter.ts';
import { paintFor } from '../formats/paint.ts';
import { formatOption } from '../options.ts';
import { type Choosing, choiceOf, choosing } from '../tokens/options.ts';
import { tokenLines, tokensJson } from '../tokens/print.ts';
import { withTokens } from '../tokens/store.ts';
import { UsageError } from '../usage-error.ts';

interface Arguments extends Choosing {
  limit: number;
  format: FormatName;
}

export const tokensList: Command<Arguments> = {
  builder: (yargs) =>
    choosing(yargs)
      .option('limit', { describe: 'At most so many', type: 'number', default: 1_000 })
      .option('format', formatOption)
      .check(({ limit }) => {
        if (!(Number.isSafeInteger(limit) && limit > 0)) throw new UsageError('--limit takes a number from 1 up.');
        return true;
      })
      .example('$0 tokens list', 'Every token, the newest first')
      .example('$0 tokens list --purpose reply --format json', 'Those of one purpose, with whole ids')
      .epilogue(
        'A line has the state, id, label, caller, when it was given out and expires, purpose and category. Exits 0 with the list, which may be empty, 74 where the store cannot be used.',
      ),
  handler: async ({ limit, format, ...chosen }) => {
    const at = Date.now();
    const now = new Date(at).toISOString();
    const found = await withTokens(chosen.config, (store) => readTokens(store, choiceOf(chosen, at), limit));
    if (format === 'json') return print(tokensJson(found, now));
    const { stdout, stderr } = process;
    const lines = tokenLines(found, now, paintFor(stdout), { headed: stdout.isTTY });
    await print(lines.map((line) => `${line}\n`).join(''));
    if (found.length === 0) stderr.write('There are no such tokens.\n');
    if (found.length === limit)
      stderr.write(`There may be more than these ${limit}: --limit raises how many are shown.\n`);
  },
};
