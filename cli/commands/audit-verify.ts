import type { AuditReport } from '../../engine/audit/report.ts';
import { parseDuration } from '../audit/duration.ts';
import { hasKey, type KeyArguments, keyOption, trustOption } from '../audit/log-keys.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { FormatName } from '../formats/formatter.ts';
import { type Paint, paintFor } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';
import { formatOption } from '../options.ts';
import { withProgress } from '../progress.ts';
import { readFile } from '../read-file.ts';
import { summarize, verifyDirectory } from '../verify-directory.ts';

interface Arguments extends KeyArguments {
  directory: string;
  since: string | undefined;
  'max-age': string | undefined;
  'master-key': string | undefined;
  format: FormatName;
}

function pretty(report: AuditReport, paint: Paint): string {
  const { entries, outcomes, openings } = report;
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const line = (name: string, text: string) => `  ${paint('dim', name.padEnd(9))} ${text}`;
  return [
    `${report.ok ? paint('green', '✓ verified') : paint('red', '✗ does not verify')}: ${summarize(report)}`,
    line('from', `${report.first ?? '-'} to ${report.last ?? '-'}`),
    line('root', report.root ?? '-'),
    line('entries', list(entries)),
    line('outcomes', list(outcomes) || 'none'),
    line('bundles', `${report.bundles} archived, each as its digest says`),
    ...(openings === null ? [] : [line('payload', list({ ...openings }))]),
    line(
      'end',
      report.sealed ? 'closed in order' : `not closed; ${report.open} calls without an outcome yet${unsent(report)}`,
    ),
    ...report.problems.map(({ code, at, message }) => `${paint('red', code)} ${visible(at)}: ${visible(message)}`),
    ...(report.more > 0 ? [`and ${report.more} more problems`] : []),
    '',
  ].join('\n');
}

const unsent = ({ unsent }: AuditReport) => (unsent === 0 ? '' : `, ${unsent} allowed and not sent on`);

export const auditVerify: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('directory', {
        describe: 'audit.directory of a gateway, or a copy',
        type: 'string',
        demandOption: true,
        normalize: true,
      })
      .option('key', keyOption)
      .option('trust', trustOption)
      .conflicts('key', 'trust')
      .option('since', {
        describe: 'A checkpoint kept from before: the log must go on from it',
        type: 'string',
        normalize: true,
      })
      .option('max-age', {
        describe: 'How old the last entry may be: 90s, 10m, 36h or 7d',
        type: 'string',
      })
      .option('master-key', {
        describe: 'Master key file: checks the payload store against the commitments too',
        type: 'string',
        normalize: true,
      })
      .option('format', formatOption)
      .check((args) => hasKey(args) && (args['max-age'] === undefined || parseDuration(args['max-age']) > 0))
      .example('$0 audit verify ./data/audit --key ./log.vkey', 'What the log proves, in counts')
      .example(
        '$0 audit verify ./data/audit --key log.vkey --since last-week.checkpoint',
        'And that nothing was rewritten',
      )
      .epilogue('Exits 0 if the log verifies, 1 if not. docs/audit-format.md says what a log alone cannot show.'),
  handler: async (args) => {
    const { directory, key, trust, since, format } = args;
    const by = key ?? { trust: trust ?? '' };
    const age = args['max-age'];
    const expected = {
      ...(since !== undefined && { since: readFile(since) }),
      ...(age !== undefined && { notBefore: new Date(Date.now() - parseDuration(age)).toISOString() }),
    };
    const report = await withProgress('verifying', verifyDirectory(directory, by, args['master-key'], expected));
    process.stdout.write(
      format === 'json' ? `${JSON.stringify(report, null, 2)}\n` : pretty(report, paintFor(process.stdout)),
    );
    if (!report.ok) process.exitCode = exit.found;
  },
};
