import type { Format } from './format.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { junit } from './junit.ts';
import { type Paint, paintFor } from './paint.ts';
import { pretty } from './pretty.ts';
import { tap } from './tap.ts';

const formats = { pretty, json, github, junit, tap } as const satisfies Record<string, (paint: Paint) => Format>;

export type FormatName = keyof typeof formats;

/** What `--format` may be in a command that shows one thing. */
export const formatNames = ['pretty', 'json'] as const satisfies readonly FormatName[];
/** In one that finds mistakes in sources. */
export const sourceFormatNames = [...formatNames, 'github'] as const satisfies readonly FormatName[];
/** In one that runs tests. */
export const testFormatNames = [...sourceFormatNames, 'junit', 'tap'] as const satisfies readonly FormatName[];

/** The format of a name, for what goes to `stream`. */
export function formatter(name: FormatName, stream: NodeJS.WriteStream = process.stdout): Format {
  return formats[name](paintFor(stream));
}

/** The format that arguments ask for, also where they are not understood otherwise. */
export function askedFormat(args: readonly string[]): FormatName {
  const asked = args.map((arg, at) => (arg === '--format' ? args[at + 1] : /^--format=(.*)$/.exec(arg)?.[1]));
  return testFormatNames.find((name) => asked.includes(name)) ?? 'pretty';
}
