import type { MaskContext } from '../../engine/masking/types.ts';
import type { Strategy } from '../../engine/policy/types.ts';
import { print } from '../audit/print.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { FormatName } from '../formats/formatter.ts';
import { paintFor } from '../formats/paint.ts';
import { explain } from '../mask/explain.ts';
import { maskRecord } from '../mask/mask-record.ts';
import { categoriesOf, hashOf, masksOf, strategies } from '../mask/options.ts';
import { type Form, forms, readRecords } from '../mask/records.ts';
import { told, toldJson } from '../mask/told.ts';
import { formatOption } from '../options.ts';
import { named } from '../read-lines.ts';
import { regionOption, regionsOf } from '../regions.ts';
import { UsageError } from '../usage-error.ts';

interface Arguments {
  files: string[];
  as: Form | undefined;
  whole: boolean | undefined;
  detect: string[];
  strategy: Strategy;
  option: string[];
  'key-file': string | undefined;
  region: string[];
  check: boolean;
  explain: boolean;
  'show-values': boolean;
  format: FormatName;
}

const defaultCategories = ['user'];
const strategyOption = {
  describe: 'What stands in place of a value; docs/masking.md has a table',
  choices: strategies,
  nargs: 1,
  default: 'redact',
} as const;

const strategyOptions: { describe: string; type: 'string'; array: true; nargs: 1; default: string[] } = {
  describe: 'Option of the strategy, as masks of policies have it: keep=2, to=month, days=10',
  type: 'string',
  array: true,
  nargs: 1,
  default: [],
};

export const mask: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('files', {
        describe: 'Files to mask; standard input where none is named, or where one is -',
        type: 'string',
        array: true,
        normalize: true,
        default: [] as string[],
        defaultDescription: 'standard input',
      })
      .option('as', {
        describe: 'What is read',
        choices: forms,
        defaultDescription: 'told by the first line and the name',
      })
      .option('whole', {
        describe: 'Take a text as one record, with its tables',
        type: 'boolean',
        defaultDescription: 'for .csv, .tsv and .md',
      })
      .option('detect', {
        describe: 'Categories of fideslang that are masked, each with those below it: user.contact,user.name',
        type: 'string',
        array: true,
        nargs: 1,
        default: defaultCategories,
      })
      .option('strategy', strategyOption)
      .option('option', strategyOptions)
      .option('key-file', {
        describe: 'File with the key of hash, pseudonym and shift; else one of this run alone',
        type: 'string',
        normalize: true,
      })
      .option('region', regionOption)
      .option('check', {
        describe: 'Write nothing, exit with 1 where something would be masked',
        type: 'boolean',
        default: false,
      })
      .option('explain', {
        describe: 'Show what would be masked, where and why, instead',
        type: 'boolean',
        default: false,
      })
      .option('show-values', { describe: 'Let --explain show values, too', type: 'boolean', default: false })
      .option('format', { ...formatOption, describe: 'How to write the explanation' })
      .example('$0 mask < ticket.txt', 'What detectors find becomes [EMAIL], [PERSON] and so on')
      .example('$0 mask export.jsonl --strategy pseudonym --key-file key', 'Equal values become equal names')
      .example('$0 mask --strategy generalise --option to=month people.csv', 'Dates become months; docs/masking.md')
      .example('$0 mask --explain --format json notes.txt', 'A line for each value: where, why, how sure')
      .example('$0 mask --check prompts.jsonl', 'Guard a pipeline')
      .epilogue(
        'Lines of text and of JSON Lines are records of their own, written as they come; a JSON document is one, and so is a ' +
          'text with --whole and a file .csv, .tsv or .md. An explanation says why: by the name of its field, because it recurs, by checksum, form, cue (words nearby, ' +
          'known names) or view (another reading of the text). Exits 0, with --check 1 where something would be masked, 65 where a record cannot be read or is ' +
          'over 4 MiB: nothing of it is written.',
      ),
  handler: async (args) => {
    const categories = categoriesOf(args.detect);
    const regions = regionsOf(args.region);
    if (args['show-values'] && !args.explain) throw new UsageError('--show-values goes with --explain.');
    if (args.format === 'json' && !args.explain)
      throw new UsageError(
        '--format is of the explanation and goes with --explain; what is masked stays as it was written.',
      );
    // Redacted, each value says in its place what it was taken for.
    const strategy = args.explain ? 'redact' : args.strategy;
    const masks = masksOf(categories, args.strategy, args.option);
    const context: MaskContext = {
      masks: args.explain ? masksOf(categories, strategy) : masks,
      hash: hashOf(args['key-file'], strategy),
      regions,
    };
    const explaining = { categories, regions, showValues: args['show-values'] };
    const paint = paintFor(process.stdout);
    const hasMany = args.files.length > 1;
    let isChanged = false;
    for (const file of args.files.length === 0 ? ['-'] : args.files) {
      for await (const record of readRecords(file, args)) {
        const isBlank = record.text.trim() === '';
        const masked = isBlank ? undefined : maskRecord(record, context);
        isChanged ||= masked?.isChanged ?? false;
        if (args.explain && masked !== undefined)
          for (const each of explain(record, masked, explaining))
            await print(args.format === 'json' ? toldJson(each, file) : told(each, hasMany ? named(file) : '', paint));
        if (!args.explain && !args.check) await print(`${masked?.text ?? record.text}\n`);
      }
    }
    if (args.check && isChanged) process.exitCode = exit.found;
  },
};
