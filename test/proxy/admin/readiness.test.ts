import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readiness, type Vitals } from '../../../proxy/admin/readiness.ts';
import { systemDisk } from '../../../proxy/recorder/wal.ts';
import { refusalsEntry } from '../../engine/audit/samples.ts';
import { newPlace, open } from '../recorder/log-directory.ts';

const others = { maxUnsignedAge: 900, policy: () => 1, draining: () => false };
const writable = (recorder: Vitals['recorder']) => readiness({ ...others, recorder }).audit_writable;

test('a log that takes entries is writable until it is closed', async (t) => {
  const recorder = await open(newPlace(t));
  await recorder.append([refusalsEntry]);
  assert.equal(writable(recorder), true);
  const closed = recorder.close('stopped');
  assert.equal(writable(recorder), false);
  await closed;
});

test('a log whose disk has failed once is not', async (t) => {
  let fails = false;
  const sync: typeof systemDisk.sync = (file, done) =>
    fails ? done(Object.assign(new Error('EIO'), { code: 'EIO' })) : systemDisk.sync(file, done);
  const recorder = await open(newPlace(t), { disk: { ...systemDisk, sync } });
  assert.equal(writable(recorder), true);
  fails = true;
  await assert.rejects(recorder.append([refusalsEntry]), { code: 'WRIT_AUDIT_UNAVAILABLE' });
  fails = false;
  assert.equal(writable(recorder), false);
  await recorder.close('stopped').catch(() => {});
});
