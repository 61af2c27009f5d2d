import type { MaskContext } from '../../engine/masking/types.ts';
import type { Strategy } from '../../engine/policy/types.ts';
import { print } from '../audit/print.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { FormatName } from '../formats/formatter.ts';
import { type Paint, paintFor } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';
import { type Explained, explain } from '../mask/explain.ts';
import { maskRecord } from '../mask/mask-record.ts';
import { categoriesOf, hashOf, masksOf, strategies } from '../mask/options.ts';
import { type Form, forms, readRecords } from '../mask/records.ts';
import { formatOption } from '../options.ts';
import { regionOption, regionsOf } from '../regions.ts';
import { UsageError } from '../usage-error.ts';

interface Arguments {
  files: string[];
  as: Form | undefined;
  whole: boolean;
  detect: string[];
  strategy: Strategy;
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
  default: 'redact',
} as const;

export const mask: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('files', {
        describe: 'Files to mask; standard input where none is named',
        type: 'string',
        array: true,
        normalize: true,
        default: [] as string[],
        defaultDescription: 'standard input',
      })
      .option('as', {
        describe: 'What is read',
        choices: forms,
        defaultDescription: 'told by the first line',
      })
      .option('whole', { describe: 'Take a text as one record, with its tables', type: 'boolean', default: false })
      .option('detect', {
        describe: 'Categories of fideslang that are masked, each with those below it: user.contact,user.name',
        type: 'string',
        array: true,
        default: defaultCategories,
      })
      .option('strategy', strategyOption)
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
      .example('$0 mask --explain --format json notes.txt', 'A line for each value: where, why, how sure')
      .example('$0 mask --check prompts.jsonl', 'Guard a pipeline')
      .epilogue(
        'Lines of text and of JSON Lines are records of their own, written as they come; a JSON document is one, and so is a ' +
          'text with --whole. Exits 0, with --check 1 where something would be masked, 65 where a record cannot be read or is ' +
          'over 4 MiB: nothing of it is written.',
      ),
  handler: async (args) => {
    const categories = categoriesOf(args.detect);
    const regions = regionsOf(args.region);
    if (args['show-values'] && !args.explain) throw new UsageError('--show-values goes with --explain.');
    // Redacted, each value says in its place what it was taken for.
    const strategy = args.explain ? 'redact' : args.strategy;
    masksOf(categories, args.strategy);
    const context: MaskContext = {
      masks: masksOf(categories, strategy),
      hash: hashOf(args['key-file'], strategy),
      regions,
    };
    const explaining = { categories, regions, showValues: args['show-values'] };
    const paint = paintFor(process.stdout);
    let isChanged = false;
    for (const file of args.files.length === 0 ? ['-'] : args.files) {
      for await (const record of readRecords(file, args)) {
        const isBlank = record.text.trim() === '';
        const masked = isBlank ? undefined : maskRecord(record, context);
        isChanged ||= masked?.isChanged ?? false;
        if (args.explain && masked !== undefined)
          for (const each of explain(record, masked, explaining)) await print(told(each, args.format, paint));
        if (!args.explain && !args.check) await print(`${masked?.text ?? record.text}\n`);
      }
    }
    if (args.check && isChanged) process.exitCode = exit.found;
  },
};

function told(each: Explained, format: FormatName, paint: Paint): string {
  if (format === 'json') return `${JSON.stringify(each)}\n`;
  const { line, at, in: where, type, why, detector, confidence, value } = each;
  const place = at.startsWith('/') || at === '' ? `${line} ${at === '' ? '(whole)' : at}` : at;
  const sure = confidence === null ? '' : `  ${confidence}`;
  const by = detector === null ? 'another reading of the text' : detector;
  const shown = value === undefined ? '' : `  ${value}`;
  const name = where === 'name' ? ' (name of a member)' : '';
  return `${paint('bold', visible(place))}${name}  ${paint('red', type)}  ${why}  ${paint('dim', by)}${sure}${visible(shown)}\n`;
}
