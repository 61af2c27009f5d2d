import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { WritError } from '../../engine/errors.ts';
import type { Command } from '../command.ts';
import { invite } from '../demo/invite.ts';
import { openScene, type Scene } from '../demo/scene.ts';
import { tour } from '../demo/tour.ts';
import { exit } from '../exit.ts';
import { type Paint, paintFor } from '../formats/paint.ts';
import { packageFile } from '../package-files.ts';
import { compilePolicies } from '../policies.ts';
import { stopSignal } from '../stop-signal.ts';
import { summarize, verifyDirectory } from '../verify-directory.ts';

interface Arguments {
  once: boolean;
  data: string | undefined;
  port: number;
}

const say = (line = '') => process.stdout.write(`${line}\n`);

/** Runs the steps in order, a line each, and counts those that did not hold. */
async function show(scene: Scene, paint: Paint): Promise<number> {
  let failed = 0;
  for (const { who, steps } of tour) {
    say(paint('bold', who));
    for (const { title, run } of steps) {
      const { said, wrong } = await run(scene).catch((error: Error) => ({ said: 'failed', wrong: [error.message] }));
      const mark = wrong.length === 0 ? paint('green', '✓') : paint('red', '✗');
      say(`  ${mark} ${title}: ${paint('dim', said)}`);
      for (const problem of wrong) say(`    ${paint('red', problem)}`);
      if (wrong.length > 0) failed++;
    }
  }
  return failed;
}

async function stayUp(scene: Scene, directory: string, paint: Paint): Promise<void> {
  const commands = await invite(scene, directory);
  say();
  say(paint('bold', 'The gateway stays up. Copy these into another terminal:'));
  say();
  for (const command of commands) say(`  ${command}`);
  say();
  say(paint('dim', 'A bundle that is built there is in force a second later.'));
  say(paint('dim', `Data lies in ${directory}. Ctrl-C ends the demo; it then verifies its own log.`));
}

async function perform({ once, port }: Arguments, directory: string): Promise<number> {
  const paint = paintFor(process.stdout);
  say(`${paint('bold', 'Writ demo')}: a CRM, a personnel office and tickets of made-up people behind a gateway.`);
  say(paint('dim', 'Compiling the policies…'));
  const bundle = await compilePolicies([packageFile('policies')]);
  const scene = await openScene(directory, bundle, `127.0.0.1:${port}`);
  say();
  let failed = 0;
  try {
    failed = await show(scene, paint);
    if (!once) {
      const stopped = stopSignal();
      await stayUp(scene, directory, paint);
      await stopped;
    }
  } finally {
    await scene.close();
  }
  const report = await verifyDirectory(join(directory, 'audit'), join(directory, 'audit', 'log.vkey'));
  say();
  say(
    report.ok
      ? `${paint('green', '✓')} the audit log verifies: ${summarize(report)}`
      : `${paint('red', '✗')} the audit log does not verify: ${summarize(report)}`,
  );
  return failed > 0 || !report.ok ? exit.found : exit.ok;
}

export const demo: Command<Arguments> = {
  builder: (yargs) =>
    yargs
      .option('once', { describe: 'Run the tour, check every step, and end', type: 'boolean', default: false })
      .option('data', {
        describe: 'Keep the data here instead of in a temporary folder',
        type: 'string',
        normalize: true,
      })
      .option('port', { describe: 'Port of the gateway; 0 takes any free one', type: 'number', default: 0 })
      .example('$0 demo', 'The tour, then a gateway to try things on')
      .example('$0 demo --once --data ./demo', 'The tour alone; its log stays in ./demo/audit')
      .epilogue('Exits 0 if every step of the tour held and the log verifies, else 1.'),
  handler: async (args) => {
    if (!Number.isInteger(args.port) || args.port < 0 || args.port > 65_535)
      throw new WritError('WRIT_CONFIG_INVALID', '--port takes a number from 0 to 65535.');
    const directory = args.data === undefined ? mkdtempSync(join(tmpdir(), 'writ-demo-')) : resolve(args.data);
    try {
      process.exitCode = await perform(args, directory);
    } finally {
      if (args.data === undefined) rmSync(directory, { recursive: true, force: true });
    }
  },
};
