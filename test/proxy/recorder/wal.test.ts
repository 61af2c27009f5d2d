import assert from 'node:assert/strict';
import { fdatasync, writeSync } from 'node:fs';
import { test } from 'node:test';
import type { Disk } from '../../../proxy/recorder/wal.ts';
import { refusalsEntry } from '../../engine/audit/samples.ts';
import { activate, begin, carry, newPlace, open, verify } from './log-directory.ts';

const unavailable = { code: 'WRIT_AUDIT_UNAVAILABLE' };

/** A disk that does what the system's does until `fault` throws. */
function faulty(fault: (what: 'write' | 'sync') => void): Disk {
  return {
    write(file, bytes, offset, length) {
      fault('write');
      return writeSync(file, bytes, offset, length);
    },
    sync(file, done) {
      try {
        fault('sync');
      } catch (error) {
        return void setImmediate(done, error instanceof Error ? error : null);
      }
      fdatasync(file, done);
    },
  };
}

for (const [fault, what] of [
  ['write', 'a write that fails'],
  ['sync', 'an fdatasync that fails'],
] as const) {
  test(`${what} refuses every append from then on, and none is tried again`, async (t) => {
    const place = newPlace(t);
    let broken = false;
    let afterwards = 0;
    const disk = faulty((step) => {
      if (broken) afterwards++;
      if (broken && step === fault) throw Object.assign(new Error('EIO'), { code: 'EIO' });
    });
    const recorder = await open(place, { disk });
    await activate(recorder);
    await carry(recorder, 'call-1');
    broken = true;
    const pending = [begin(recorder, 'call-2'), begin(recorder, 'call-3')];
    for (const append of pending) await assert.rejects(append, unavailable);
    const touched = afterwards;
    // The disk says that all is well again, as Linux does of pages it dropped.
    broken = false;
    await assert.rejects(begin(recorder, 'call-4'), unavailable);
    await assert.rejects(recorder.destroyCallKey('call-1'), unavailable);
    assert.equal(afterwards, touched);
    await assert.rejects(recorder.close('stopped'), unavailable);
    const next = await open(place);
    await carry(next, 'call-5');
    await next.close('stopped');
    const report = await verify(place);
    assert.deepEqual([report.problems, report.outcomes.completed], [[], 2]);
  });
}

test('appends that came while another was under way are refused with it', async (t) => {
  const place = newPlace(t);
  let failing = false;
  const recorder = await open(place, {
    disk: faulty((step) => {
      if (failing && step === 'sync') throw new Error('EIO');
    }),
  });
  failing = true;
  const first = recorder.append([refusalsEntry]);
  const settled = Promise.allSettled([first, first.catch(() => recorder.append([refusalsEntry]))]);
  assert.deepEqual(
    (await settled).map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  await recorder.close('stopped').catch(() => {});
});

test('writes that come up short without an error are completed', async (t) => {
  const place = newPlace(t);
  const disk: Disk = {
    write: (file, bytes, offset, length) => writeSync(file, bytes, offset, Math.max(1, Math.floor(length / 3))),
    sync: fdatasync,
  };
  const recorder = await open(place, { disk });
  await activate(recorder);
  for (let n = 0; n < 5; n++) await carry(recorder, `call-${n}`);
  await recorder.close('stopped');
  assert.deepEqual((await verify(place)).problems, []);
});

test('a write that writes nothing is a failure, not a loop', async (t) => {
  const place = newPlace(t);
  let full = false;
  const disk: Disk = {
    write: (file, bytes, offset, length) => (full ? 0 : writeSync(file, bytes, offset, length)),
    sync: fdatasync,
  };
  const recorder = await open(place, { disk });
  full = true;
  await assert.rejects(recorder.append([refusalsEntry]), unavailable);
  await recorder.close('stopped').catch(() => {});
});

test('a log on a disk that refuses at once is not opened', async (t) => {
  const disk = faulty(() => {
    throw new Error('EROFS');
  });
  await assert.rejects(open(newPlace(t), { disk }), unavailable);
});
