/** Writes the part of docs/cli.md that lists commands and options, from what the commands say to yargs. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type CommandModel, commandModels, type OptionModel } from '../cli/command-model.ts';
import { allCommands } from '../cli/completion/words.ts';

const page = new URL('../docs/cli.md', import.meta.url);
const marks = ['<!-- commands: npm run docs:cli -->', '<!-- end of commands -->'] as const;

const cell = (text: string) => text.replaceAll('|', '\\|');

function row({ name, alias, describe, choices, isRequired, byDefault }: OptionModel, dashes: string): string {
  const names = [`\`${dashes}${name}\``, ...(alias === null ? [] : [`\`-${alias}\``])].join(', ');
  const values = choices.length === 0 ? '' : ` (${choices.join(', ')})`;
  const preset = isRequired ? 'required' : byDefault === null || byDefault === 'false' ? '' : `\`${byDefault}\``;
  return `| ${names} | ${cell(describe)}${values} | ${cell(preset)} |`;
}

function section({ usage, describe, positionals, options, examples, epilogue }: CommandModel): string {
  const rows = [...positionals.map((each) => row(each, '')), ...options.map((each) => row(each, '--'))];
  const table = rows.length === 0 ? [] : ['', '| | does | default |', '|---|---|---|', ...rows];
  const shown = examples.map(
    ({ command, describe: says }) => `    ${command.replaceAll('$0', 'writ')}${says && `   # ${says}`}`,
  );
  return [`### writ ${usage}`, `${describe}.`, ...table, '', ...shown, '', epilogue].join('\n');
}

/** The whole page with its list of commands made anew. */
export async function cliPage(): Promise<string> {
  const [before, rest] = readFileSync(page, 'utf8').split(marks[0]);
  const after = rest?.split(marks[1])[1];
  if (before === undefined || after === undefined) throw new Error('docs/cli.md has lost its marks');
  const sections = allCommands(await commandModels()).map(section);
  return [before, marks[0], '\n', sections.join('\n\n'), '\n', marks[1], after].join('');
}

if (import.meta.main) writeFileSync(page, await cliPage());
