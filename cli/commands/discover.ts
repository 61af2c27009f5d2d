import { type DiscoverOptions, discover as discoverIn, type ToolProposal } from '../../engine/catalogue/discover.ts';
import { mergedYaml, proposedYaml } from '../../engine/catalogue/proposal-yaml.ts';
import { survey } from '../../engine/catalogue/survey.ts';
import { print } from '../audit/print.ts';
import { argumentsOption, checkConfidence, confidenceOption, recordingsPosition } from '../catalogue/options.ts';
import { needCatalogue } from '../catalogue/read-catalogue.ts';
import { readRecordings } from '../catalogue/read-recordings.ts';
import type { Command } from '../command.ts';
import { counted } from '../formats/counted.ts';
import { regionOption, regionsOf } from '../regions.ts';

interface Arguments {
  recording: string[];
  catalogue: string | undefined;
  'min-confidence': number;
  arguments: boolean;
  region: string[];
  format: 'yaml' | 'json';
}

const formatOption = { describe: 'How to write the proposal', choices: ['yaml', 'json'], default: 'yaml' } as const;

export const discover: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('recording', recordingsPosition)
      .option('catalogue', {
        alias: 'c',
        describe: 'A catalogue, or the folder with it: it is printed with what is new put in',
        type: 'string',
        normalize: true,
      })
      .option('min-confidence', confidenceOption)
      .option('arguments', argumentsOption)
      .option('region', regionOption)
      .option('format', formatOption)
      .example('$0 discover fixtures/crm > policies/catalogue.yaml', 'A first catalogue, to be read and corrected')
      .example('$0 discover fixtures --catalogue policies/catalogue.yaml', 'The catalogue there is, and what it lacks')
      .example('$0 discover fixtures --min-confidence 0.9 --format json', 'For programs; what is nearly certain alone')
      .epilogue(
        'Comments say how sure each path is, how often it was seen and what values look like; never a value. The action of a ' +
          'new tool is `unreviewed`, which no rule grants, until somebody says what it does. Exits 0 whatever is found, 65 ' +
          'where recordings or catalogue cannot be read. docs/catalogue.md goes from a recording to a check in CI.',
      ),
  handler: async ({ recording, catalogue: path, format, region, ...args }) => {
    const options: DiscoverOptions = {
      minConfidence: checkConfidence(args['min-confidence']),
      arguments: args.arguments,
    };
    const regions = regionsOf(region);
    const known = path === undefined ? undefined : needCatalogue(path);
    const recordings = readRecordings(recording);
    const proposals = discoverIn(survey(recordings, known?.catalogue ?? {}, { regions }), recordings.listed, options);
    if (format === 'json') await print(`${JSON.stringify({ tools: proposals }, null, 2)}\n`);
    else if (known === undefined) await print(proposedYaml(proposals));
    else await print(mergedYaml(known.source.text, known.source.file, proposals));
    process.stderr.write(`${summary(proposals, known !== undefined)}\n`);
  },
};

function summary(proposals: readonly ToolProposal[], isKnown: boolean): string {
  const paths = proposals.reduce((sum, tool) => sum + tool.proposals.length, 0);
  if (proposals.length === 0)
    return isKnown ? 'Nothing is proposed: the catalogue knows all that was found.' : 'No call of a tool is recorded.';
  return `${counted(paths, 'path')} proposed for ${counted(proposals.length, 'tool')}. Read them before they count.`;
}
