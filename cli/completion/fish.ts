import { type CommandModel, commonOptions, type OptionModel } from '../command-model.ts';
import { allCommands, choicesOf } from './words.ts';

/** A line an offer, each with the condition under which it stands. */
export function fish(commands: readonly CommandModel[]): string {
  const lines = allCommands(commands).flatMap((command) => [
    line(parentOf(command), ['-f', '-a', command.words.at(-1) ?? '', '-d', command.describe]),
    ...command.options.map((option) => line(within(command), optionOf(option))),
    ...choicesOf(command, commands).map((choice) => line(within(command), ['-f', '-a', choice])),
  ]);
  return `# Completion of writ for fish: put it into ~/.config/fish/completions/writ.fish
${[...lines, ...commonOptions.map((option) => line('', optionOf(option)))].join('\n')}
`;
}

function parentOf({ words }: CommandModel): string {
  if (words.length === 1) return '__fish_use_subcommand';
  const seen = words.slice(0, -1).map((word) => `__fish_seen_subcommand_from ${word}`);
  return [...seen, `not __fish_seen_subcommand_from ${words.at(-1)}`].join('; and ');
}

function within({ words }: CommandModel): string {
  return words.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
}

function optionOf({ name, alias, describe, choices, isFlag, isFile }: OptionModel): string[] {
  const value = isFlag ? [] : choices.length > 0 ? ['-x', '-a', choices.join(' ')] : isFile ? ['-r', '-F'] : ['-x'];
  return ['-l', name, ...(alias === null ? [] : ['-s', alias]), ...value, '-d', describe];
}

function line(condition: string, words: readonly string[]): string {
  const all = [...(condition === '' ? [] : ['-n', condition]), ...words];
  return `complete -c writ ${all.map((word) => (/^[\w-]+$/.test(word) ? word : quote(word))).join(' ')}`;
}

/** In fish a single quote is escaped within single quotes. */
const quote = (text: string) => `'${text.replaceAll(/[\\']/g, (mark) => `\\${mark}`)}'`;
