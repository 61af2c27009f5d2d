import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Argv } from 'yargs';
import { readCall, readCheckpoint } from '../../engine/audit/entries.ts';
import { proveEntry } from '../../engine/audit/prove-entry.ts';
import type { LogReader } from '../../engine/audit/walk.ts';
import { WritError } from '../../engine/errors.ts';
import { openCheckpointed } from '../audit/open.ts';
import { print } from '../audit/print.ts';
import { type Command, lazily } from '../command.ts';
import { UsageError } from '../usage-error.ts';
import { writeFile } from '../write-file.ts';

interface Arguments {
  call: string | undefined;
  log: string | undefined;
  index: number | undefined;
  entry: 'decision' | 'intent' | 'outcome' | 'all';
  out: string;
}

const verify = lazily(
  'verify <file..>',
  'Check proofs alone, with no log at hand',
  async () => (await import('./audit-proof-verify.ts')).auditProofVerify,
);

/** Indices of the entries to prove, each with the name its file gets. */
async function chosen(
  reader: LogReader,
  { call, index, entry }: Arguments,
): Promise<{ index: number; name: string }[]> {
  if (index !== undefined) return [{ index, name: `entry-${index}` }];
  const { size } = await readCheckpoint(reader);
  const entries = await readCall(reader, size, call ?? '');
  const wanted = entries.filter(({ entry: { kind } }) => entry === 'all' || kind === entry);
  if (wanted.length === 0) throw new WritError('WRIT_AUDIT_NO_ENTRY', `The call has no ${entry} on record.`);
  return wanted.map(({ index, entry: { kind } }) => ({ index, name: `${call}.${kind}` }));
}

export const auditProof: Command<Arguments> = {
  builder: (yargs: Argv<object>) =>
    yargs
      .command(verify)
      .positional('call', { describe: 'Call id, as the receipt in `_meta` or an error names it', type: 'string' })
      .option('log', { describe: 'audit.directory of a gateway, or a copy', type: 'string', normalize: true })
      .option('index', { describe: 'In place of a call: the index of an entry', type: 'number' })
      .option('entry', {
        describe: 'Which entries of the call',
        choices: ['decision', 'intent', 'outcome', 'all'] as const,
        default: 'all' as const,
      })
      .option('out', {
        describe: 'Folder for the files, or - for standard output, which takes one',
        type: 'string',
        // Without it yargs takes - for an argument of its own.
        nargs: 1,
        default: '.',
      })
      .check(({ call, log, index, entry, out, _: words }) => {
        // Above a command of its own yargs checks for that one too.
        if (words.includes('verify')) return true;
        if (log === undefined) throw new UsageError('Name the directory of the log with --log.');
        if ((call === undefined) === (index === undefined))
          throw new UsageError('Name a call, or an entry with --index.');
        if (index !== undefined && !(Number.isSafeInteger(index) && index >= 0))
          throw new UsageError('--index takes a whole number.');
        if (out === '-' && index === undefined && entry === 'all')
          throw new UsageError('Standard output takes one proof: choose it with --entry.');
        return true;
      })
      .example('$0 audit proof 7d0e2f… --log ./data/audit --out proofs', 'One file for each entry of the call')
      .example('$0 audit proof verify proofs/*.tlog-proof --key log.vkey', 'Check them anywhere')
      .epilogue(
        'Each file is a C2SP tlog-proof with the entry in its extra line. docs/audit-format.md reads one by hand. Exits 0 with the files written, 65 where there is no such entry.',
      ),
  handler: async (args) => {
    const reader = openCheckpointed(args.log ?? '');
    const { out } = args;
    if (out !== '-') mkdirSync(out, { recursive: true });
    for (const { index, name } of await chosen(reader, args)) {
      const { proof } = await proveEntry(reader, index);
      if (out === '-') await print(proof.toString());
      else {
        const path = join(out, `${name}.tlog-proof`);
        writeFile(path, proof);
        await print(`${path}\n`);
      }
    }
  },
};
