import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { open, placeIn, verify } from '../proxy/recorder/log-directory.ts';
import { acknowledged, has, newRoot, startWriter } from './support.ts';

const tracing = has('strace') && spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0;
const skip = tracing ? false : 'strace is not installed or may not trace here';

/** The log goes on where the disk works again, and has everything that was acknowledged. */
async function assertWhole(root: string, lines: readonly string[]): Promise<void> {
  const recorder = await open(placeIn(root));
  await recorder.close('stopped');
  const report = await verify(placeIn(root));
  assert.deepEqual(report.problems, []);
  assert.ok(report.entries.intent >= acknowledged(lines, 'begun').length);
  assert.ok(report.outcomes.completed >= acknowledged(lines, 'ended').length);
}

test('a full disk refuses calls, and loses none it acknowledged', async (t) => {
  const [root, small] = [newRoot(t), newRoot(t)];
  const mounted =
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small], { stdio: 'ignore' }).status === 0;
  if (!mounted) return t.skip('mounting a small file system takes privileges this process lacks');
  const roomy = join(root, 'roomy');
  let lines: string[] = [];
  try {
    const writer = startWriter(t, small, 'full');
    await writer.ended;
    lines = writer.lines;
    cpSync(small, roomy, { recursive: true });
  } finally {
    spawnSync('umount', [small]);
  }
  const refused = lines.filter((line) => line.startsWith('refused'));
  assert.deepEqual(refused, ['refused WRIT_AUDIT_UNAVAILABLE WRIT_AUDIT_UNAVAILABLE']);
  assert.ok(acknowledged(lines, 'ended').length > 0);
  await assertWhole(roomy, lines);
});

for (const [call, when] of [
  ['fdatasync', 3],
  ['fdatasync', 8],
  ['fsync', 6],
  ['fsync', 12],
  ['rename', 4],
] as const) {
  test(`${call} number ${when} that fails ends the writer, and loses nothing it acknowledged`, { skip }, async (t) => {
    const root = newRoot(t);
    const inject = `inject=${call}:error=EIO:when=${when}`;
    const writer = startWriter(t, root, 'eio', [
      'strace',
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      `trace=${call}`,
      '-e',
      inject,
    ]);
    await writer.ended;
    const last = writer.lines.at(-1) ?? '';
    assert.match(last, /^(refused WRIT_AUDIT_UNAVAILABLE WRIT_AUDIT_UNAVAILABLE|not opened WRIT_[A-Z_]+)$/);
    await assertWhole(root, writer.lines);
  });
}
