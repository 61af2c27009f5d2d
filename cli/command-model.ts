import type { Argv, CommandModule, Options } from 'yargs';
import { withCommands } from './program.ts';

/** An option or positional as completion and documentation need it. */
export interface OptionModel {
  name: string;
  alias: string | null;
  describe: string;
  choices: readonly string[];
  /** A flag takes no value. */
  isFlag: boolean;
  isFile: boolean;
  isRequired: boolean;
  /** As help shows it; null where there is none. */
  byDefault: string | null;
}

export interface CommandModel {
  /** `['audit', 'verify']` */
  words: readonly string[];
  /** `audit verify <directory>` */
  usage: string;
  describe: string;
  positionals: OptionModel[];
  options: OptionModel[];
  examples: { command: string; describe: string }[];
  epilogue: string;
  commands: CommandModel[];
}

/** What every command has. */
export const commonOptions: readonly OptionModel[] = [
  { name: 'help', alias: 'h', describe: 'Show help' },
  { name: 'version', alias: 'V', describe: 'Show version number' },
].map((option) => ({ ...option, choices: [], isFlag: true, isFile: false, isRequired: false, byDefault: null }));

/** Every command with its options, as the builders say them to yargs. */
export async function commandModels(): Promise<CommandModel[]> {
  return readBuilder(withCommands, []).then(({ commands }) => commands);
}

type Builder = (yargs: Argv<object>) => unknown;

async function readBuilder(builder: Builder, words: readonly string[]): Promise<CommandModel> {
  const model: CommandModel = {
    words,
    usage: '',
    describe: '',
    positionals: [],
    options: [],
    examples: [],
    epilogue: '',
    commands: [],
  };
  const modules: CommandModule[] = [];
  const hear: Record<string, (...args: never[]) => void> = {
    positional: (name: string, option: Options) => model.positionals.push(optionModel(name, option)),
    option: (name: string | Record<string, Options>, option: Options) => {
      const options = typeof name === 'string' ? { [name]: option } : name;
      for (const each of Object.entries(options)) model.options.push(optionModel(...each));
    },
    example: (command: string, describe: string) => model.examples.push({ command, describe }),
    epilogue: (text: string) => {
      model.epilogue = text;
    },
    command: (module: CommandModule) => modules.push(module),
  };
  const listening: object = new Proxy(
    {},
    {
      get: (_, method) => {
        // A builder may be async, and what it resolves with must not pass for a promise.
        if (typeof method !== 'string' || method === 'then') return undefined;
        return (...args: never[]) => {
          hear[method]?.(...args);
          return listening;
        };
      },
    },
  );
  await builder(listening as Argv<object>);
  for (const { command, describe, builder: inner } of modules) {
    const [name = '', ...rest] = String(command).split(' ');
    const below = [...words, name];
    const read = await readBuilder(typeof inner === 'function' ? inner : () => {}, below);
    model.commands.push({ ...read, usage: [...below, ...rest].join(' '), describe: String(describe) });
  }
  return model;
}

function optionModel(name: string, option: Options): OptionModel {
  const { alias, describe = '', choices = [], type, normalize = false, demandOption = false } = option;
  return {
    name,
    alias: typeof alias === 'string' ? alias : null,
    describe,
    choices: choices.map(String),
    isFlag: type === 'boolean',
    // Where yargs cannot normalize a path, the description says that it is one.
    isFile: normalize || describe.startsWith('Folders or files'),
    isRequired: demandOption !== false,
    byDefault: option.defaultDescription ?? (option.default === undefined ? null : JSON.stringify(option.default)),
  };
}
