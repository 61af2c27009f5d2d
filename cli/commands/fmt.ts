import { text as textOf } from 'node:stream/consumers';
import { WritError } from '../../engine/errors.ts';
import { DiagnosticsError } from '../../engine/opa/diagnostics-error.ts';
import { format, type RegoText } from '../../engine/opa/format.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { type Paint, paintFor } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';
import { policiesPosition } from '../options.ts';
import { policyFiles } from '../policies.ts';
import { withProgress } from '../progress.ts';
import { unifiedDiff } from '../unified-diff.ts';
import { writeFile } from '../write-file.ts';

interface Arguments {
  paths: string[];
  check: boolean;
  diff: boolean;
}

const marks = { '-': 'red', '+': 'green', '@': 'cyan' } as const;

function paintLine(line: string, paint: Paint): string {
  const [mark] = line;
  return mark === '-' || mark === '+' || mark === '@' ? paint(marks[mark], visible(line)) : visible(line);
}

/** Throws DiagnosticsError where a file does not parse; then none is touched. */
async function formatted(files: readonly RegoText[]): Promise<(RegoText & { now: string })[]> {
  const result = await withProgress('formatting', format(files));
  if (!result.ok) throw new DiagnosticsError('WRIT_OPA_FAILED', result.diagnostics);
  return files.map((file, index) => ({ ...file, now: result.value[index] ?? file.text }));
}

export const fmt: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('paths', {
        ...policiesPosition,
        describe: 'Folders or files with Rego; - for standard input to output',
      })
      .option('check', { describe: 'Write nothing, name what would change', type: 'boolean', default: false })
      .option('diff', { describe: 'Write nothing, show what would change', type: 'boolean', default: false })
      .example('$0 fmt', 'Format every .rego file below policies')
      .example('$0 fmt policies --check', 'For CI')
      .example('$0 fmt - < draft.rego', 'For an editor')
      .epilogue(
        'Exits 0 if all is formatted, 1 if --check or --diff find what is not or a file does not parse. Only Rego is ' +
          'formatted: YAML of fixtures and the catalogue stays as it is written.',
      ),
  handler: async ({ paths, check, diff }) => {
    // yargs takes a lone dash for a name without a value.
    if (process.argv.slice(2).includes('-')) {
      const [result] = await formatted([{ path: 'stdin', text: await textOf(process.stdin) }]);
      process.stdout.write(result?.now ?? '');
      return;
    }
    const files = paths.flatMap(policyFiles).filter(({ path }) => path.endsWith('.rego'));
    if (files.length === 0) throw new WritError('WRIT_SOURCES_MISSING', `There is no Rego in ${paths.join(', ')}.`);
    const changed = (await formatted(files)).filter(({ text, now }) => text !== now);
    const paint = paintFor(process.stdout);
    for (const { path, text, now } of changed) {
      if (!check && !diff) writeFile(path, now);
      const lines = diff ? unifiedDiff(path, text, now).map((line) => paintLine(line, paint)) : [visible(path)];
      process.stdout.write(`${lines.join('\n')}\n`);
    }
    if ((check || diff) && changed.length > 0) process.exitCode = exit.found;
  },
};
