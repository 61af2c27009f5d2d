import { type CommandModel, commonOptions, type OptionModel } from '../command-model.ts';
import { allCommands, choicesOf } from './words.ts';

/** A function a command, each of which hands its arguments to zsh's own `_arguments`. */
export function zsh(commands: readonly CommandModel[]): string {
  const functions = allCommands(commands).map((command) =>
    command.commands.length > 0
      ? group(nameOf(command.words), command.commands, command)
      : leaf(command, choicesOf(command, commands)),
  );
  return `#compdef writ
# Completion of writ for zsh: put it into a folder of $fpath as _writ, or source it after compinit.
${[...functions, group('_writ', commands)].join('\n')}
if [ "$funcstack[1]" = _writ ]; then _writ "$@"; else compdef _writ writ; fi
`;
}

/** `own` is there where a command has arguments of its own beside the commands below it. */
function group(name: string, commands: readonly CommandModel[], own?: CommandModel): string {
  const takesFiles = own !== undefined && own.positionals.length > 0;
  const specs = [...(own?.options ?? []), ...commonOptions].map(spec).join(' ');
  const described = commands.map(({ words, describe }) => quote(`${words.at(-1)}:${escaped(describe)}`));
  const cases = commands.map(({ words }) => `        ${words.at(-1)}) ${nameOf(words)} ;;`);
  return `${name}() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C ${specs} '1: :->command' '*:: :->rest'
  case $state in
    command)
      local -a commands=(
        ${described.join('\n        ')}
      )
      _describe -t commands command commands${takesFiles ? '; _files' : ''} ;;
    rest)
      case $words[1] in
${cases.join('\n')}
        *) _files ;;
      esac ;;
  esac
}
`;
}

function leaf({ words, options }: CommandModel, choices: readonly string[]): string {
  const rest = choices.length > 0 ? `'*: :(${choices.join(' ')})'` : `'*: :_files'`;
  const specs = [...options, ...commonOptions].map(spec);
  return `${nameOf(words)}() {
  _arguments \\
    ${[...specs, rest].join(' \\\n    ')}
}
`;
}

/** `'--format=[How to write]:format:(pretty json)'` */
function spec({ name, alias, describe, choices, isFlag, isFile }: OptionModel): string {
  const action = choices.length > 0 ? `(${choices.join(' ')})` : isFile ? '_files' : '';
  const value = isFlag ? '' : `:${name}:${action}`;
  const told = `[${escaped(describe)}]${value}`;
  const long = quote(`--${name}${isFlag ? '' : '='}${told}`);
  return alias === null ? long : `${long} ${quote(`-${alias}${told}`)}`;
}

const nameOf = (words: readonly string[]) => `_writ_${words.join('_')}`;
const escaped = (text: string) => text.replaceAll(/[\\[\]:]/g, (mark) => `\\${mark}`);
const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
