import { UsageError } from './usage-error.ts';

/** Commands with arguments of another program behind `--`. */
const passing: readonly string[] = ['record', 'opa'];

/**
 * Arguments as yargs reads them: what stands behind `--` it does not take for files, so that a guard like
 * `writ mask --check -- notes.txt` would look at nothing and pass. A file whose name begins with a dash becomes `./-name`.
 */
export function withoutDashes(given: readonly string[]): string[] {
  const [command = ''] = given;
  if (passing.includes(command)) return [...given];
  const at = given.indexOf('--');
  const before = at < 0 ? given : given.slice(0, at);
  const behind = at < 0 ? [] : given.slice(at + 1).map((word) => (/^-./.test(word) ? `./${word}` : word));
  // Files are masked in their order, standard input among them; yargs loses a lone dash, and makes this one of it again.
  if (command === 'mask') return [...before, ...behind].map((word) => (word === '-' ? './-' : word));
  // Before all options: those that take several values would have these, too.
  const words = before.findIndex((word) => /^-./.test(word));
  return words < 0 ? [...before, ...behind] : [...before.slice(0, words), ...behind, ...before.slice(words)];
}

/**
 * For yargs, with its options: one that takes one value has one, where it would make a list that no command knows. Throws
 * UsageError.
 */
export function checkOnce(args: object, options: object): true {
  const array: unknown[] = 'array' in options && Array.isArray(options.array) ? options.array : [];
  for (const [name, value] of Object.entries(args))
    if (name.length > 1 && name !== '--' && Array.isArray(value) && !array.includes(name)) throw twice(name);
  return true;
}

/** What yargs throws for a mistake on the command line; undefined where it is none. */
export function mistakeOf(error: unknown): UsageError | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'YError') return new UsageError(inWords(error.message));
  // An option that names a file is made a property of its own, once.
  const name = error instanceof TypeError && /^Cannot redefine property: ([\w-]+)$/.exec(error.message)?.[1];
  return typeof name === 'string' ? twice(name) : undefined;
}

/** What yargs says, as this program says it. */
export function inWords(message: string): string {
  return message
    .replace(/^Not enough non-option arguments:.*/, 'An argument is missing.')
    .replace(/^Not enough arguments following: (.*)/, '--$1 needs a value.');
}

function twice(name: string): UsageError {
  return new UsageError(`${name.length > 1 ? '--' : '-'}${name} is given more than once, and takes one value.`);
}
