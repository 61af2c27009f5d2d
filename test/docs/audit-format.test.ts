import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { ProblemCode } from '../../engine/audit/report.ts';
import { newPlace, open } from '../proxy/recorder/log-directory.ts';

const page = readFileSync(new URL('../../docs/audit-format.md', import.meta.url), 'utf8');
const openssl = spawnSync('openssl', ['version']).status === 0;

test('the page says what each problem means', () => {
  const codes: Record<ProblemCode, true> = {
    'checkpoint-missing': true,
    'checkpoint-malformed': true,
    'checkpoint-signature': true,
    'checkpoint-origin': true,
    'file-missing': true,
    'file-unreadable': true,
    'file-malformed': true,
    'tile-mismatch': true,
    'root-mismatch': true,
    'entry-malformed': true,
    'entry-time': true,
    'entry-order': true,
    'call-order': true,
    'decision-inconsistent': true,
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
