import type { ArgumentsCamelCase, Argv, CommandModule } from 'yargs';

/** What a command takes and does; its name and one-line description stand in the list that `--help` shows. */
export interface Command<Arguments = object> {
  builder: (yargs: Argv<object>) => Argv<Arguments>;
  handler: (args: ArgumentsCamelCase<Arguments>) => void | Promise<void>;
}

/** A command whose code is loaded only when it is asked for: `writ --help` needs no MCP client. */
export function lazily<Arguments>(command: string, describe: string, load: () => Promise<Command<Arguments>>) {
  return {
    command,
    describe,
    // yargs awaits builders; its types do not say so.
    builder: (async (yargs: Argv<object>) => (await load()).builder(yargs)) as () => never,
    handler: async (args) => (await load()).handler(args),
  } satisfies CommandModule<object, Arguments>;
}
