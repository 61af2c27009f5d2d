import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { proveEntry } from '../../engine/audit/prove-entry.ts';
import type { ProblemCode } from '../../engine/audit/report.ts';
import { openLog } from '../../proxy/recorder/log-reader.ts';
import { activate, carry, newPlace, open } from '../proxy/recorder/log-directory.ts';

const page = readFileSync(new URL('../../docs/audit-format.md', import.meta.url), 'utf8');
const openssl = spawnSync('openssl', ['version']).status === 0;

test('the page says what each problem means', () => {
  const codes: Record<ProblemCode, true> = {
    'checkpoint-missing': true,
    'checkpoint-malformed': true,
    'checkpoint-signature': true,
    'checkpoint-origin': true,
    'checkpoint-behind': true,
    'checkpoint-fork': true,
    'checkpoint-stale': true,
    'file-missing': true,
    'file-unreadable': true,
    'file-malformed': true,
    'tile-mismatch': true,
    'root-mismatch': true,
    'entry-malformed': true,
    'entry-time': true,
    'entry-order': true,
    'key-order': true,
    'call-order': true,
    'decision-inconsistent': true,
    'outcome-inconsistent': true,
    'bundle-missing': true,
    'bundle-mismatch': true,
    'payload-unreadable': true,
    'opening-mismatch': true,
  };
  for (const code of Object.keys(codes)) assert.ok(page.includes(`\`${code}\``), code);
});

test('the commands for openssl check a signature', {
  skip: openssl ? false : 'openssl is not installed',
}, async (t) => {
  const place = newPlace(t);
  await (await open(place)).close('stopped');
  const root = dirname(place.directory);
  copyFileSync(join(place.directory, 'log.vkey'), join(root, 'log.vkey'));
  const [script] = /(?<=```sh\n)cut [^`]*/.exec(page) ?? [''];
  const { stdout } = spawnSync('sh', ['-ec', script], { cwd: root, encoding: 'utf8' });
  assert.equal(stdout.trim(), 'Verified OK');
});

test('the commands for openssl check a proof, and refuse one of another entry', {
  skip: openssl ? false : 'openssl is not installed',
}, async (t) => {
  const place = newPlace(t);
  const recorder = await open(place);
  await activate(recorder);
  for (let n = 0; n < 4; n++) await carry(recorder, `call-${n}`);
  await recorder.close('stopped');
  const root = dirname(place.directory);
  const [script] = /(?<=```sh\n)sed -n 's[^`]*/.exec(page) ?? [''];
  const log = openLog(place.directory);
  // 15 entries: the last ones lie on the edge, where siblings are missing on some levels.
  for (const index of [0, 1, 7, 13, 14]) {
    const { proof } = await proveEntry(log, index);
    for (const [text, covered] of [
      [proof.toString(), true],
      [proof.toString().replace('extra eyJ', 'extra eyI'), false],
      [proof.toString().replace(/index \d+/, `index ${index === 0 ? 1 : index - 1}`), false],
    ] as const) {
      writeFileSync(join(root, 'decision.tlog-proof'), text);
      const { stdout } = spawnSync('sh', ['-uc', script], { cwd: root, encoding: 'utf8' });
      assert.equal(stdout.trim(), covered ? 'the checkpoint covers the entry' : '', `${index} ${covered}`);
    }
  }
});
