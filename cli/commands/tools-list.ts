import { print } from '../audit/print.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { FormatName } from '../formats/formatter.ts';
import { paintFor } from '../formats/paint.ts';
import { formatOption } from '../options.ts';
import { withProgress } from '../progress.ts';
import { jsonOf } from '../tools/json.ts';
import { look, serversOf, withStore } from '../tools/look.ts';
import { configOption, tenantOption } from '../tools/options.ts';
import { listLines } from '../tools/pretty.ts';

interface Arguments {
  server: string | undefined;
  config: string;
  tenant: string;
  stored: boolean;
  format: FormatName;
}

export const toolsList: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('server', { describe: 'As writ.yaml names it; all without', type: 'string' })
      .option('config', configOption)
      .option('tenant', tenantOption)
      .option('stored', {
        describe: 'Ask no server: show what is pinned and what gateways were shown',
        type: 'boolean',
        default: false,
      })
      .option('format', formatOption)
      .example('$0 tools list', 'All tools of all servers')
      .example('$0 tools list crm --format json', 'With declarations and fingerprints')
      .epilogue('Exits 0 with the list, 69 where a server gave none, 74 where the store cannot be used.'),
  handler: async ({ server, config: file, tenant, stored, format }) => {
    const looked = await withStore(file, (config, store) =>
      withProgress('asking', look(config, store, serversOf(config, server), { tenant, stored })),
    );
    await print(format === 'json' ? jsonOf(looked) : [...listLines(looked, paintFor(process.stdout)), ''].join('\n'));
    if (looked.failed.length > 0) process.exitCode = exit.unavailable;
  },
};
