import type { CommandModel, OptionModel } from '../command-model.ts';

/** A command and those below it, each before its own. */
export function allCommands(commands: readonly CommandModel[]): CommandModel[] {
  return commands.flatMap((command) => [command, ...allCommands(command.commands)]);
}

/** `--config`, `-c` */
export function flagsOf(options: readonly OptionModel[]): string[] {
  return options.flatMap(({ name, alias }) => [`--${name}`, ...(alias === null ? [] : [`-${alias}`])]);
}

/** Words that a command takes where others take files; `help` takes the names of commands. */
export function choicesOf({ words, positionals }: CommandModel, commands: readonly CommandModel[]): readonly string[] {
  if (words.join() === 'help') return allCommands(commands).flatMap((command) => command.words.at(-1) ?? []);
  return positionals.flatMap(({ choices }) => choices);
}
