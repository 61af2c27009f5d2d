import type { Format } from './format.ts';
import { json } from './json.ts';
import { type Paint, paintFor } from './paint.ts';
import { pretty } from './pretty.ts';

const formats = { pretty, json } as const satisfies Record<string, (paint: Paint) => Format>;

export type FormatName = keyof typeof formats;

/** What `--format` may be. */
export const formatNames: readonly FormatName[] = ['pretty', 'json'];

/** The format of a name, for what goes to `stream`. */
export function formatter(name: FormatName, stream: NodeJS.WriteStream = process.stdout): Format {
  return formats[name](paintFor(stream));
}
