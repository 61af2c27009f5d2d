import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import { type FormatName, formatter } from '../formats/formatter.ts';
import { formatOption, policiesPosition } from '../options.ts';
import { examinePolicies, policySources } from '../policies.ts';

interface Arguments {
  policies: string[];
  format: FormatName;
}

export const check: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('policies', policiesPosition)
      .option('format', formatOption)
      .example('$0 check policies', 'Types, names, negations, grants, METADATA and the catalogue')
      .epilogue('Exits 0 if nothing is wrong, 1 if something is. docs/policy-authoring.md explains each finding.'),
  handler: async ({ policies, format }) => {
    const examined = await examinePolicies(policySources(policies));
    process.stdout.write(formatter(format).diagnostics(examined.ok ? [] : examined.diagnostics));
    if (!examined.ok) process.exitCode = exit.found;
    else if (format === 'pretty') {
      const { rego, tests } = examined.value.sources;
      process.stdout.write(`Nothing wrong found in ${rego.length} files of Rego and ${tests.length} of tests.\n`);
    }
  },
};
