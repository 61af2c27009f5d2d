import { WritError } from '../../engine/errors.ts';
import { print } from '../audit/print.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { FormatName } from '../formats/formatter.ts';
import { paintFor } from '../formats/paint.ts';
import { formatOption } from '../options.ts';
import { withProgress } from '../progress.ts';
import { jsonOf } from '../tools/json.ts';
import { type Looked, look, serversOf, withStore } from '../tools/look.ts';
import { configOption, tenantOption } from '../tools/options.ts';
import { diffLines, failedLines } from '../tools/pretty.ts';

interface Arguments {
  server: string | undefined;
  tool: string | undefined;
  config: string;
  tenant: string;
  stored: boolean;
  format: FormatName;
}

function narrowed(looked: Looked, tool: string | undefined): Looked {
  if (tool === undefined) return looked;
  const tools = looked.tools.filter((each) => each.tool === tool);
  if (tools.length === 0 && looked.failed.length === 0) throw new WritError('WRIT_TOOL_UNKNOWN');
  return { ...looked, tools };
}

export const toolsDiff: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('server', { describe: 'As writ.yaml names it; all without', type: 'string' })
      .positional('tool', { describe: 'One tool of it', type: 'string' })
      .option('config', configOption)
      .option('tenant', tenantOption)
      .option('stored', {
        describe: 'Ask no server: compare with what gateways were shown',
        type: 'boolean',
        default: false,
      })
      .option('format', formatOption)
      .example('$0 tools diff', 'Everything that nobody agreed to')
      .example('$0 tools diff crm customers.lookup --stored', 'What gateways were shown of one tool')
      .epilogue(
        'Exits 0 where every tool is as pinned, 1 where one is new or changed, 69 where a server gave no list. A pinned tool that is gone is shown, and is no difference.',
      ),
  handler: async ({ server, tool, config: file, tenant, stored, format }) => {
    const looked = narrowed(
      await withStore(file, (config, store) =>
        withProgress('asking', look(config, store, serversOf(config, server), { tenant, stored })),
      ),
      tool,
    );
    const paint = paintFor(process.stdout);
    const differing = looked.tools.filter(({ state }) => state !== 'yes');
    const lines = [...differing.flatMap((each) => diffLines(each, paint)), ...failedLines(looked, paint)];
    if (lines.length === 0) lines.push(`${looked.tools.length} tools, each as pinned`);
    await print(format === 'json' ? jsonOf({ ...looked, tools: differing }) : `${lines.join('\n')}\n`);
    if (looked.failed.length > 0) process.exitCode = exit.unavailable;
    else if (differing.some(({ state }) => state !== 'gone')) process.exitCode = exit.found;
  },
};
