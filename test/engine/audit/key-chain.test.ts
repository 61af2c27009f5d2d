import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleDigest } from '../../../engine/audit/bundle.ts';
import type { Entry } from '../../../engine/audit/entry.ts';
import { verifyLog } from '../../../engine/audit/verify.ts';
import { key, logOf, reader, signerDigest } from './memory-log.ts';
import { bundleEntry, closeEntry, digestOf, keyEntry, openEntry } from './samples.ts';

// What the log itself must say of its keys. Ranges and trust files: test/proxy/recorder/rotation.test.ts.
const [old, other] = [digestOf('a'), digestOf('c')];
const bundle = bundleEntry(bundleDigest(Buffer.from('a policy bundle')));

async function problemsIn(...entries: Entry[]): Promise<string[]> {
  const report = await verifyLog(reader(logOf(entries)), [key]);
  return report.problems.map(({ code }) => code);
}

test('a key that was brought in is the log’s, for this start and those after it', async () => {
  const changed = [openEntry(old), bundle, closeEntry, openEntry(old), keyEntry(signerDigest, old)];
  assert.deepEqual(await problemsIn(...changed), []);
  assert.deepEqual(await problemsIn(...changed, closeEntry, openEntry(signerDigest), closeEntry), []);
});

test('it is seen when a log is opened with a key that nothing brought in', async () => {
  assert.deepEqual(await problemsIn(openEntry(old), closeEntry, openEntry(signerDigest)), [
    'key-order',
    'checkpoint-signature',
  ]);
  assert.deepEqual(await problemsIn(openEntry(signerDigest), closeEntry, openEntry(other)), ['key-order']);
});

test('it is seen when a key follows one that was not in use', async () => {
  assert.deepEqual(await problemsIn(openEntry(old), keyEntry(signerDigest, other)), ['key-order']);
});

test('a key that was endorsed is checked by the one before it too, but not by one that was lost', async () => {
  assert.deepEqual(await problemsIn(openEntry(signerDigest), keyEntry(other, signerDigest)), []);
  assert.deepEqual(await problemsIn(openEntry(signerDigest), keyEntry(other, signerDigest, { endorsed: false })), [
    'checkpoint-signature',
  ]);
  const twice = [keyEntry(other, signerDigest), keyEntry(old, other)];
  assert.deepEqual(await problemsIn(openEntry(signerDigest), ...twice), ['checkpoint-signature']);
});
