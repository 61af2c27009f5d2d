import type { Command } from '../command.ts';
import { commandModels } from '../command-model.ts';
import { bash } from '../completion/bash.ts';
import { fish } from '../completion/fish.ts';
import { zsh } from '../completion/zsh.ts';

const shells = { bash, zsh, fish } as const;

interface Arguments {
  shell: keyof typeof shells;
}

const names: readonly (keyof typeof shells)[] = ['bash', 'zsh', 'fish'];

export const completion: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('shell', { describe: 'Shell to complete in', choices: names, demandOption: true })
      .example('source <($0 completion bash)', 'For this session')
      .example('$0 completion zsh > "$HOME/.zfunc/_writ"', 'For good, where ~/.zfunc is in fpath')
      .example('$0 completion fish > ~/.config/fish/completions/writ.fish', 'For good')
      .epilogue('Exits 0. The script names the commands of this version; make it anew after an update.'),
  handler: async ({ shell }) => {
    process.stdout.write(shells[shell](await commandModels()));
  },
};
