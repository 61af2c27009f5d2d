import type { Command } from '../command.ts';
import { examine } from '../doctor/examine.ts';
import type { Finding } from '../doctor/finding.ts';
import { exit } from '../exit.ts';
import type { FormatName } from '../formats/formatter.ts';
import { type Paint, paintFor } from '../formats/paint.ts';
import { visible } from '../formats/visible.ts';
import { formatOption } from '../options.ts';
import { withProgress } from '../progress.ts';

interface Arguments {
  config: string;
  format: FormatName;
}

const styles = { ok: 'green', warn: 'yellow', fail: 'red' } as const;

function pretty(findings: readonly Finding[], paint: Paint): string {
  const width = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ check, status, message, help }) => [
    `${paint(styles[status], status.padEnd(4))}  ${check.padEnd(width)}  ${message.split('\n').map(visible).join('\n        ')}`,
    ...(help === null ? [] : [`      ${' '.repeat(width)}  ${paint('cyan', 'help:')} ${help}`]),
  ]);
  return `${lines.join('\n')}\n`;
}

export const doctor: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .option('config', {
        alias: 'c',
        describe: 'Configuration file',
        type: 'string',
        default: 'writ.yaml',
        normalize: true,
      })
      .option('format', formatOption)
      .example('$0 doctor', 'Everything that writ.yaml needs')
      .example('$0 doctor --config /etc/writ/writ.yaml --format json', 'For monitoring')
      .epilogue(
        'Exits 0 if nothing fails, 1 if something does; a warning fails nothing. Changes nothing and prints no secret. ' +
          'It may run beside a gateway: it then leaves the disk alone.',
      ),
  handler: async ({ config, format }) => {
    const findings = await withProgress('looking', examine(config));
    const sound = findings.every(({ status }) => status !== 'fail');
    process.stdout.write(
      format === 'json'
        ? `${JSON.stringify({ ok: sound, checks: findings }, null, 2)}\n`
        : pretty(findings, paintFor(process.stdout)),
    );
    if (!sound) process.exitCode = exit.found;
  },
};
