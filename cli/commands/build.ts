import { bundleDigest } from '../../engine/audit/bundle.ts';
import { WritError } from '../../engine/errors.ts';
import type { Command } from '../command.ts';
import { type FormatName, sourceFormatNames } from '../formats/formatter.ts';
import { formatOption, policiesPosition } from '../options.ts';
import { compilePolicies } from '../policies.ts';
import { writeFile } from '../write-file.ts';

interface Arguments {
  policies: string[];
  output: string;
  revision: string | undefined;
  'signing-key': string | undefined;
  'signing-key-id': string | undefined;
  format: FormatName;
}

export const build: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('policies', policiesPosition)
      .option('output', {
        alias: 'o',
        describe: 'Bundle to write',
        type: 'string',
        default: 'bundle.tar.gz',
        normalize: true,
      })
      .option('revision', { describe: 'Name of this state of the policies, such as a commit', type: 'string' })
      .option('signing-key', {
        describe: 'PEM file of a P-256 key: sign as OPA signs bundles',
        type: 'string',
        normalize: true,
      })
      .option('signing-key-id', { describe: 'Name under which the gateway knows the key', type: 'string' })
      .option('format', { ...formatOption, choices: sourceFormatNames })
      .example('$0 build policies --output bundle.tar.gz', 'A bundle for policy.bundle of a gateway')
      .example('$0 build --revision "$(git rev-parse HEAD)"', 'With the commit in its manifest')
      .example('$0 build --signing-key policy.pem --signing-key-id policy-2026', 'Signed, for policy.verify')
      .epilogue(
        'The same sources give the same bytes, but for a signature. Exits 0 if the bundle is written, 1 if `writ check` ' +
          'would find something, 74 if the bundle cannot be written.',
      ),
  handler: async (args) => {
    const key = args['signing-key'];
    const id = args['signing-key-id'];
    if (id !== undefined && key === undefined)
      throw new WritError('WRIT_KEY_INVALID', '--signing-key-id needs --signing-key.');
    const bytes = await compilePolicies(args.policies, {
      revision: args.revision,
      signing: key === undefined ? undefined : { key, algorithm: 'ES256', id },
    });
    writeFile(args.output, bytes);
    const found = {
      bundle: args.output,
      digest: bundleDigest(bytes),
      revision: args.revision ?? null,
      bytes: bytes.length,
      signed: key !== undefined,
    };
    if (args.format === 'json') process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    else
      process.stdout.write(`${args.output}  ${found.digest}  ${bytes.length} bytes${found.signed ? ', signed' : ''}\n`);
  },
};
