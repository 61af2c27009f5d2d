import { compare } from '../../engine/catalogue/compare.ts';
import { survey } from '../../engine/catalogue/survey.ts';
import { print } from '../audit/print.ts';
import { argumentsOption, checkConfidence, confidenceOption, recordingsPosition } from '../catalogue/options.ts';
import { needCatalogue } from '../catalogue/read-catalogue.ts';
import { readRecordings } from '../catalogue/read-recordings.ts';
import { count, written } from '../catalogue/report.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { FormatName } from '../formats/formatter.ts';
import { paintFor } from '../formats/paint.ts';
import { formatOption } from '../options.ts';
import { regionOption, regionsOf } from '../regions.ts';

interface Arguments {
  recording: string[];
  catalogue: string;
  'min-confidence': number;
  arguments: boolean;
  region: string[];
  strict: boolean;
  format: FormatName;
}

const formats: readonly FormatName[] = ['pretty', 'json', 'github', 'junit'];

export const catalogueCheck: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('recording', recordingsPosition)
      .option('catalogue', {
        alias: 'c',
        describe: 'The catalogue, or the folder with it',
        type: 'string',
        default: 'policies',
        normalize: true,
      })
      .option('min-confidence', confidenceOption)
      .option('arguments', argumentsOption)
      .option('region', regionOption)
      .option('strict', { describe: 'Exit with 1 for warnings, too', type: 'boolean', default: false })
      .option('format', { ...formatOption, choices: formats })
      .example('$0 catalogue check fixtures', 'Against policies/catalogue.yaml')
      .example('$0 catalogue check fixtures --catalogue policies --format github', 'Each at its line of a pull request')
      .example(
        '$0 record --out new -- npx server-crm && $0 catalogue check new',
        'Whether a server changed what it holds',
      )
      .epilogue(
        'Errors are personal data at a path that is not declared, or declared as something else. Warnings are declared paths ' +
          'that were never seen, tools the catalogue does not know, and tools that nobody reviewed. Exits 0 without errors, 1 with ' +
          'errors, 65 where recordings or catalogue cannot be read. Never shows a value. docs/catalogue.md.',
      ),
  handler: async ({ recording, catalogue: path, strict, format, region, ...args }) => {
    const options = { minConfidence: checkConfidence(args['min-confidence']), arguments: args.arguments };
    const regions = regionsOf(region);
    const { catalogue, source } = needCatalogue(path);
    const surveyed = survey(readRecordings(recording), catalogue, { regions });
    const drift = compare(surveyed, catalogue, options);
    const recorded = surveyed.tools
      .filter(({ answers }) => answers > 0)
      .map(({ server, tool }) => [server, tool] as const);
    const report = { drift, source, recorded };
    await print(written(report, format, paintFor(process.stdout)));
    if (count(report, 'error') > 0 || (strict && count(report, 'warning') > 0)) process.exitCode = exit.found;
  },
};
