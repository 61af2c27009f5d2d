import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../../../engine/audit/entry.ts';
import { type Expected, verifyLog } from '../../../engine/audit/verify.ts';
import { type Files, key, logOf, reader, signedCheckpoint, soundEntries } from './memory-log.ts';
import { refusalsEntry, time } from './samples.ts';

const entries = soundEntries(230);
/** A log cut off after so many entries, with a checkpoint of its own: what someone makes who can use the key. */
const cutTo = (size: number, from: readonly Entry[] = entries) => logOf(from.slice(0, size));
const checkpointOf = (files: Files) => files.get('checkpoint') ?? assert.fail('there is a checkpoint');

async function problems(files: Files, expected: Expected): Promise<string[]> {
  const report = await verifyLog(reader(files), [key], [], expected);
  assert.equal(report.ok, report.problems.length === 0);
  return report.problems.map(({ code }) => code);
}

test('a log goes on from every checkpoint it had, also from none of any entry', async () => {
  for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 692, 693])
    assert.deepEqual(await problems(logOf(entries), { since: checkpointOf(cutTo(size)) }), [], `${size}`);
  assert.deepEqual(await problems(logOf(entries), { since: signedCheckpoint(0, Buffer.alloc(32)) }), []);
});

test('a log cut off and signed again is seen by an earlier checkpoint, and by nothing else', async () => {
  // Cut where the log is in order: after the outcome of a call.
  const cut = cutTo(500);
  assert.deepEqual(await problems(cut, {}), []);
  assert.deepEqual(await problems(cut, { since: checkpointOf(logOf(entries)) }), ['checkpoint-behind']);
});

test('a history rewritten and signed again is seen by an earlier checkpoint, and by nothing else', async () => {
  for (const at of [2, 254, 256, 300]) {
    const other = entries.toSpliced(at, 0, refusalsEntry);
    const rewritten = logOf(other);
    assert.deepEqual(await problems(rewritten, {}), []);
    for (const size of [301, 512, 692])
      assert.deepEqual(
        await problems(rewritten, { since: checkpointOf(cutTo(size)) }),
        ['checkpoint-fork'],
        `${at} ${size}`,
      );
    assert.deepEqual(await problems(rewritten, { since: checkpointOf(cutTo(at)) }), [], 'it was not rewritten before');
  }
});

test('two logs of the same size that differ do not go on from each other', async () => {
  const other = entries.with(300, { ...refusalsEntry, time });
  const since = checkpointOf(logOf(other));
  assert.deepEqual(await problems(logOf(entries), { since }), ['checkpoint-fork']);
});

test('an earlier checkpoint that is not one proves nothing', async () => {
  const good = checkpointOf(cutTo(256));
  const text = Buffer.from(good).toString();
  for (const [since, code] of [
    [Buffer.from(text.replace('\n256\n', '\n255\n')), 'checkpoint-signature'],
    [Buffer.from(text.replaceAll('\n', '\r\n')), 'checkpoint-malformed'],
    [Buffer.alloc(0), 'checkpoint-malformed'],
    [signedCheckpoint(256, Buffer.alloc(32), 'edge-2.example.com'), 'checkpoint-origin'],
  ] as const)
    assert.deepEqual(await problems(logOf(entries), { since }), [code]);
});

test('a tile that is missing is no way around the comparison', async () => {
  const files = logOf(entries);
  files.delete('tile/0/001');
  const found = await problems(files, { since: checkpointOf(cutTo(300)) });
  assert.deepEqual(found, ['file-missing', 'checkpoint-fork']);
});

test('a log whose last entry is too old is stale, one of just then is not', async () => {
  assert.deepEqual(await problems(logOf(entries), { notBefore: time }), []);
  assert.deepEqual(await problems(logOf(entries), { notBefore: '2026-11-22T16:39:00.001Z' }), ['checkpoint-stale']);
});
