import type { CommandModel, OptionModel } from '../command-model.ts';
import { commonOptions } from '../command-model.ts';
import { allCommands, choicesOf, flagsOf } from './words.ts';

/** Where nothing is offered here, bash offers files: `complete -o default`. */
export function bash(commands: readonly CommandModel[]): string {
  const all = allCommands(commands);
  const paths = all.map(({ words }) => quote([words.slice(0, -1).join(' '), words.at(-1)].join(' ')));
  const below = (words: readonly string[]) =>
    words.length === 0 ? commands : (all.find((each) => each.words.join(' ') === words.join(' '))?.commands ?? []);
  const groups = [{ words: [] as readonly string[] }, ...all.filter((each) => each.commands.length > 0)];
  return `# Completion of writ for bash: source it, or put it into ~/.local/share/bash-completion/completions/writ
_writ() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= word
  if [[ $cur == '=' ]]; then cur=
  elif [[ $prev == '=' ]]; then prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$command $word" in
      ${paths.join('|')}) command=\${command:+$command }$word ;;
    esac
  done
  COMPREPLY=()
  case "$command:$prev" in
${all.flatMap(values).join('')}  esac
  if [[ $cur == -* ]]; then
    case "$command" in
      '') COMPREPLY=($(compgen -W ${quote(flagsOf(commonOptions).join(' '))} -- "$cur")) ;;
${all.map((each) => `      ${quote(each.words.join(' '))}) COMPREPLY=($(compgen -W ${quote(flagsOf([...each.options, ...commonOptions]).join(' '))} -- "$cur")) ;;\n`).join('')}    esac
    return
  fi
  case "$command" in
${groups
  .map(({ words }) =>
    offer(
      words.join(' '),
      below(words).map((each) => each.words.at(-1) ?? ''),
    ),
  )
  .join('')}${all
  .filter((each) => choicesOf(each, commands).length > 0)
  .map((each) => offer(each.words.join(' '), choicesOf(each, commands)))
  .join('')}  esac
}
complete -o default -F _writ writ
`;
}

function offer(command: string, words: readonly string[]): string {
  return `    ${quote(command)}) COMPREPLY=($(compgen -W ${quote(words.join(' '))} -- "$cur")) ;;\n`;
}

/** What follows an option: its choices, or a file, which is bash's own to complete. */
function values({ words, options }: CommandModel): string[] {
  return options
    .filter(({ isFlag }) => !isFlag)
    .map((option) => {
      const at = flagsOf([option]).map((flag) => quote(`${words.join(' ')}:${flag}`));
      return `    ${at.join('|')}) ${reply(option)}return ;;\n`;
    });
}

function reply({ choices }: OptionModel): string {
  return choices.length === 0 ? '' : `COMPREPLY=($(compgen -W ${quote(choices.join(' '))} -- "$cur")); `;
}

const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
