import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { type FormatName, formatter, sourceFormatNames } from '../formats/formatter.ts';
import { formatOption, policiesPosition } from '../options.ts';
import { examinePolicies, policySources } from '../policies.ts';

interface Arguments {
  policies: string[];
  format: FormatName;
}

const files = ({ length }: { length: number }) => (length === 1 ? 'file' : 'files');

export const check: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('policies', policiesPosition)
      .option('format', { ...formatOption, choices: sourceFormatNames })
      .example('$0 check policies', 'Types, names, negations, grants, METADATA and the catalogue')
      .example('$0 check policies --format github', 'Each finding at its line of a pull request')
      .epilogue(
        'Exits 0 if nothing is wrong, 1 if something is, 65 if there are no policies. docs/policy-authoring.md explains each finding.',
      ),
  handler: async ({ policies, format }) => {
    const examined = await examinePolicies(policySources(policies));
    process.stdout.write(formatter(format).diagnostics(examined.ok ? [] : examined.diagnostics));
    if (!examined.ok) process.exitCode = exit.found;
    else if (format === 'pretty') {
      const { rego, tests } = examined.value.sources;
      process.stdout.write(
        `Nothing wrong found in ${rego.length} ${files(rego)} of Rego and ${tests.length} of tests.\n`,
      );
    }
  },
};
