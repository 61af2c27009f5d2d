import { type ProofReport, verifyProof } from '../../engine/audit/verify-proof.ts';
import { hasKey, type KeyArguments, keyOption, readKeys, trustOption } from '../audit/log-keys.ts';
import { print } from '../audit/print.ts';
import { entryLine } from '../audit/words.ts';
import type { Command } from '../command.ts';
import { exit } from '../exit.ts';
import type { FormatName } from '../formats/formatter.ts';
import { type Paint, paintFor } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';
import { formatOption } from '../options.ts';
import { readFile } from '../read-file.ts';

interface Arguments extends KeyArguments {
  file: string[];
  format: FormatName;
}

function pretty(file: string, report: ProofReport, paint: Paint): string {
  if (!report.ok) return `${paint('red', '✗ proves nothing')}: ${visible(file)}\n  ${visible(report.fault)}\n`;
  const { origin, size, index } = report;
  return [
    `${paint('green', '✓ proven')}: ${visible(file)}`,
    `  entry ${index} of ${origin}, under its checkpoint of ${size} entries`,
    entryLine(report, paint),
    '',
  ].join('\n');
}

export const auditProofVerify: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .positional('file', {
        describe: 'Files with one C2SP tlog-proof each',
        type: 'string',
        array: true,
        demandOption: true,
        normalize: true,
      })
      .option('key', keyOption)
      .option('trust', trustOption)
      .conflicts('key', 'trust')
      .option('format', formatOption)
      .check(hasKey)
      .example('$0 audit proof verify decision.tlog-proof --key ./log.vkey', 'Which entry it proves')
      .epilogue(
        'Exits 0 if every file proves its entry, 1 if one does not. It reads nothing but the files and the key.',
      ),
  handler: async ({ file: files, key, trust, format }) => {
    const keys = readKeys({ key, trust });
    const reports = files.map((file) => ({ file, ...verifyProof(readFile(file), keys) }));
    const paint = paintFor(process.stdout);
    await print(
      format === 'json'
        ? `${JSON.stringify(reports, null, 2)}\n`
        : reports.map((report) => pretty(report.file, report, paint)).join(''),
    );
    if (reports.some(({ ok }) => !ok)) process.exitCode = exit.found;
  },
};
