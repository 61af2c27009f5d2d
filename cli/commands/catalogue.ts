import type { Argv } from 'yargs';
import { type Command, lazily } from '../command.ts';

const check = lazily(
  'check <recording..>',
  'Compare what the catalogue declares with what tools answered',
  async () => (await import('./catalogue-check.ts')).catalogueCheck,
);

export const catalogue: Command = {
  builder: (yargs: Argv<object>) =>
    yargs
      .command(check)
      .demandCommand(1, 'Name what to do with the catalogue.')
      .example('$0 catalogue check fixtures', 'Personal data that policies/catalogue.yaml does not declare')
      .example('$0 discover fixtures', 'What a catalogue should say')
      .epilogue(
        'Exits 0 if catalogue and recordings agree, 1 if not; each command has its own help. docs/catalogue.md.',
      ),
  handler: () => {},
};
