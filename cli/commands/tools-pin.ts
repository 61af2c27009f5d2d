import { userInfo } from 'node:os';
import { createInterface } from 'node:readline/promises';
import { WritError } from '../../engine/errors.ts';
import { type NewPin, pinTools } from '../../proxy/store/pins.ts';
import { print } from '../audit/print.ts';
import type { Command } from '../command.ts';
import { paintFor } from '../formats/paint.ts';
import { withProgress } from '../progress.ts';
import { look, serversOf, withStore } from '../tools/look.ts';
import { configOption, tenantOption } from '../tools/options.ts';
import { diffLines } from '../tools/pretty.ts';
import type { Declared, SurveyedTool } from '../tools/survey.ts';
import { UsageError } from '../usage-error.ts';

interface Arguments {
  server: string;
  tool: string[] | undefined;
  all: boolean;
  yes: boolean;
  keep: boolean;
  fingerprint: string | undefined;
  by: string;
  config: string;
  tenant: string;
}

/** The tools meant. Throws WRIT_TOOL_UNKNOWN. */
function chosen(tools: readonly SurveyedTool[], names: readonly string[]): SurveyedTool[] {
  if (names.length === 0) return tools.filter(({ state }) => state !== 'gone');
  return [...new Set(names)].map((name) => {
    const found = tools.find(({ tool }) => tool === name);
    if (found === undefined) throw new WritError('WRIT_TOOL_UNKNOWN');
    return found;
  });
}

/** The one declaration to pin: of several somebody has to say which. One that is pinned already is looked at anew. */
function declarationOf({ tool, strangers, pinned }: SurveyedTool, start: string | undefined): Declared {
  const offered = strangers.filter(({ source }) => source === 'offered');
  const all = start === undefined ? (offered.length > 0 ? offered : pinned) : [...strangers, ...pinned];
  const meant = all.filter(({ fingerprint }) => fingerprint.startsWith(start ?? ''));
  const [one] = meant;
  if (one !== undefined && meant.length === 1) return one;
  const which = all.map(({ fingerprint }) => fingerprint.slice(0, 12)).join(', ');
  const known = /^[\w.-]{1,64}$/.test(tool) ? tool : 'A tool';
  throw new UsageError(`${known} has several declarations, or none: choose with --fingerprint (${which}).`);
}

async function agreed(count: number, yes: boolean): Promise<void> {
  if (yes) return;
  if (!process.stdin.isTTY || !process.stdout.isTTY)
    throw new WritError('WRIT_PIN_REFUSED', 'There is no terminal to ask at.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal
    .question(`Pin ${count} ${count === 1 ? 'tool' : 'tools'}? [y/N] `)
    .finally(() => terminal.close());
  if (!/^y(es)?$/i.test(answer.trim())) throw new WritError('WRIT_PIN_REFUSED');
}

export const toolsPin: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('server', { describe: 'As writ.yaml names it', type: 'string', demandOption: true })
      .positional('tool', { describe: 'Tools to pin', type: 'string', array: true })
      .option('all', { describe: 'In place of tools: every one it offers', type: 'boolean', default: false })
      .option('yes', { describe: 'Ask nobody', type: 'boolean', default: false })
      .option('keep', {
        describe: 'Beside what is pinned, for a server that shows callers different declarations',
        type: 'boolean',
        default: false,
      })
      .option('fingerprint', {
        describe: 'How that of the declaration begins, where there are several',
        type: 'string',
      })
      .option('by', {
        describe: 'Who agrees',
        type: 'string',
        default: userInfo().username,
        defaultDescription: 'your user name',
      })
      .option('config', configOption)
      .option('tenant', tenantOption)
      .check(({ all, tool = [], fingerprint }) => {
        if (all === tool.length > 0) throw new UsageError('Name tools, or give --all.');
        if (fingerprint !== undefined && tool.length !== 1) throw new UsageError('--fingerprint is of one tool.');
        return true;
      })
      .example('$0 tools pin crm customers.lookup', 'Look at the changes of one tool, and agree')
      .example('$0 tools pin crm --all --yes', 'In a script that trusts the server as it is now')
      .epilogue(
        'Shows every change first. Exits 0 with the tools pinned, 64 where nobody agreed or somebody pinned meanwhile, 65 for a server or tool nobody knows, 69 where the server gives no list, 74 where the store cannot be used. Gateways follow within two seconds.',
      ),
  handler: async ({ server, tool, yes, keep, fingerprint, by, config: file, tenant }) => {
    await withStore(file, async (config, store) => {
      const { tools, failed } = await withProgress(
        'asking',
        look(config, store, serversOf(config, server), { tenant, stored: false }),
      );
      if (failed[0]) throw failed[0].error;
      const meant = chosen(tools, tool ?? []);
      const pins = meant.map((each): NewPin => {
        const { fingerprint: of, text } = declarationOf(each, fingerprint);
        const instead = each.pinned.map((pin) => pin.fingerprint).sort();
        return { name: each.tool, fingerprint: of, declaration: text, instead_of: instead };
      });
      const paint = paintFor(process.stdout);
      const lines = meant.flatMap((each) => diffLines(each, paint));
      if (lines.length > 0) await print(`${lines.join('\n')}\n`);
      await agreed(pins.length, yes);
      await pinTools(store, { tenant, server }, pins, { at: new Date().toISOString(), by, keep });
      await print(`${pins.length} ${pins.length === 1 ? 'tool is' : 'tools are'} pinned\n`);
    });
  },
};
