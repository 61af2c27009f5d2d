import { readTokens } from '../../proxy/store/value-token-rows.ts';
import { print } from '../audit/print.ts';
import type { Command } from '../command.ts';
import type { FormatName } from '../formats/formatter.ts';
import { paintFor } from '../formats/paint.ts';
import { formatOption } from '../options.ts';
import { type Choosing, choiceOf, choosing } from '../tokens/options.ts';
import { tokenLines, tokensJson } from '../tokens/print.ts';
import { withStore } from '../tools/look.ts';

interface Arguments extends Choosing {
  limit: number;
  format: FormatName;
}

export const tokensList: Command<Arguments> = {
  builder: (yargs) =>
    choosing(yargs)
      .option('limit', { describe: 'At most so many', type: 'number', default: 1_000 })
      .option('format', formatOption)
      .example('$0 tokens list', 'Every token, the newest first')
      .example('$0 tokens list --purpose reply --format json', 'Those of one purpose, with whole ids')
      .epilogue(
        'A line has the state, id, label, caller, when it was given out and expires, purpose and category. Exits 0 with the list, which may be empty, 74 where the store cannot be used.',
      ),
  handler: async ({ limit, format, ...chosen }) => {
    const at = Date.now();
    const now = new Date(at).toISOString();
    const most = Number.isSafeInteger(limit) && limit > 0 ? limit : 1_000;
    const found = await withStore(chosen.config, (_, store) => readTokens(store, choiceOf(chosen, at), most));
    if (format === 'json') return print(tokensJson(found, now));
    const lines = tokenLines(found, now, paintFor(process.stdout));
    await print(lines.map((line) => `${line}\n`).join(''));
  },
};
