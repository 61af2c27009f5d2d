import assert from 'node:assert/strict';
import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import type { OpenedRecorder } from '../../../proxy/recorder/types.ts';
import { activate, begin, carry, newPlace, open, type Place, verify } from './log-directory.ts';

/** What a process leaves that is killed at this moment, in a place of its own. */
async function crashed(
  t: TestContext,
  during: (recorder: OpenedRecorder, directory: string) => Promise<unknown>,
): Promise<Place> {
  const living = newPlace(t);
  const left = newPlace(t);
  // Nothing is integrated before the copy is taken: all of it is in the write-ahead log.
  const recorder = await open(living, { checkpointInterval: 1_000_000 });
  await activate(recorder);
  await during(recorder, living.directory);
  cpSync(living.directory, left.directory, { recursive: true });
  await recorder.close('stopped');
  return { ...left, keyFile: living.keyFile, masterKeyFile: living.masterKeyFile };
}

async function reopened(place: Place) {
  await (await open(place)).close('stopped');
  const report = await verify(place);
  assert.deepEqual(report.problems, []);
  return report;
}

const segmentOf = (place: Place) => {
  const names = readdirSync(join(place.directory, 'wal')).sort();
  return join(place.directory, 'wal', names.at(-1) ?? '');
};

test('calls that a crash cut off end as unknown, right after the log is opened again', async (t) => {
  const place = await crashed(t, async (recorder) => {
    await carry(recorder, 'call-1');
    await begin(recorder, 'call-2');
    await begin(recorder, 'call-3');
  });
  const report = await reopened(place);
  assert.deepEqual(
    [report.outcomes.completed, report.outcomes.unknown, report.entries.open, report.open],
    [1, 2, 2, 0],
  );
});

test('calls cut off after they were integrated are found too', async (t) => {
  const place = await crashed(t, async (recorder) => {
    await begin(recorder, 'call-1');
    await recorder.flush();
    await begin(recorder, 'call-2');
  });
  assert.equal((await reopened(place)).outcomes.unknown, 2);
});

test('a second crash before anything was integrated changes nothing', async (t) => {
  const place = await crashed(t, (recorder) => begin(recorder, 'call-1'));
  const again = await open(place, { checkpointInterval: 1_000_000 });
  const copy = `${place.directory}.copy`;
  cpSync(place.directory, copy, { recursive: true });
  await again.close('stopped');
  const report = await reopened({ ...place, directory: copy });
  rmSync(copy, { recursive: true });
  assert.deepEqual([report.outcomes.unknown, report.entries.open], [1, 3]);
});

const tears: [string, (bytes: Buffer) => Buffer][] = [
  ['a few bytes of a frame', (bytes) => Buffer.concat([bytes, bytes.subarray(60, 65)])],
  ['a frame without its end', (bytes) => bytes.subarray(0, bytes.length - 7)],
  [
    'a frame whose content never came',
    (bytes) => Buffer.concat([bytes.subarray(0, bytes.length - 50), Buffer.alloc(50)]),
  ],
  [
    'a frame whose beginning never came',
    (bytes) => Buffer.concat([bytes, Buffer.alloc(64), Buffer.from('rest of a frame')]),
  ],
  ['zeros', (bytes) => Buffer.concat([bytes, Buffer.alloc(4_096)])],
  [
    'a length that is absurd',
    (bytes) => Buffer.concat([bytes, Buffer.alloc(4), Buffer.alloc(4, 0xff), Buffer.alloc(9)]),
  ],
];
for (const [what, tear] of tears) {
  test(`a torn end is cut off: ${what}`, async (t) => {
    const place = await crashed(t, async (recorder) => {
      for (let n = 0; n < 5; n++) await carry(recorder, `call-${n}`);
    });
    const path = segmentOf(place);
    writeFileSync(path, tear(readFileSync(path)));
    const report = await reopened(place);
    // Where the last frame itself was torn it was never acknowledged; all others were.
    assert.ok(report.outcomes.completed >= 4, `${report.outcomes.completed}`);
    assert.equal(report.entries.decision, 5);
  });
}

test('a segment that was being created is no obstacle', async (t) => {
  for (const header of [Buffer.alloc(0), Buffer.from('writwal1'), Buffer.alloc(56)]) {
    const place = await crashed(t, (recorder) => carry(recorder, 'call-1'));
    writeFileSync(join(place.directory, 'wal', '0000000001.wal'), header);
    assert.equal((await reopened(place)).outcomes.completed, 1);
  }
});

test('damage anywhere but at the end is an alarm, not a torn write', async (t) => {
  const place = await crashed(t, async (recorder) => {
    for (let n = 0; n < 5; n++) await carry(recorder, `call-${n}`);
  });
  const path = segmentOf(place);
  const sound = readFileSync(path);
  const corrupt = { code: 'WRIT_AUDIT_CORRUPT' };
  for (const at of [20, 60, 64, 500]) {
    const damaged = Buffer.from(sound);
    damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
    writeFileSync(path, damaged);
    await assert.rejects(open(place), corrupt, `byte ${at}`);
  }
  writeFileSync(path, sound);
  writeFileSync(join(place.directory, 'wal', '0000000001.wal'), sound);
  truncateSync(path, sound.length - 3);
  await assert.rejects(open(place), corrupt, 'a torn segment before the last');
  rmSync(path);
  await assert.rejects(open(place), corrupt, 'a missing segment');
});

test('what a crash left half written in the payload store is written anew', async (t) => {
  const place = await crashed(t, async (recorder) => {
    await carry(recorder, 'call-1');
    await recorder.flush();
    await carry(recorder, 'call-2');
  });
  for (const file of ['0000000000.seg', '0000000000.keys', '0000000001.seg']) {
    appendFileSync(join(place.directory, 'payload', file), 'half of a record');
  }
  const report = await reopened(place);
  assert.deepEqual(report.openings, { matched: 6, withheld: 0, destroyed: 0, absent: 0 });
});

test('a crash between filling a tile and the next checkpoint leaves the partial tile it starts from', async (t) => {
  const place = await crashed(t, async (recorder, directory) => {
    for (let n = 0; n < 80; n++) await carry(recorder, `call-${n}`);
    await recorder.flush();
    for (let n = 80; n < 90; n++) await carry(recorder, `call-${n}`);
    const full = join(directory, 'tile/entries/000');
    for (let tries = 0; tries < 500 && !existsSync(full); tries++) await setTimeout(10);
    assert.ok(existsSync(full));
  });
  assert.equal((await reopened(place)).outcomes.completed, 90);
  assert.ok(!existsSync(join(place.directory, 'tile/entries/000.p')));
});

test('a write-ahead log written with another master key is not read', async (t) => {
  const place = await crashed(t, (recorder) => carry(recorder, 'call-1'));
  await assert.rejects(open({ ...place, masterKeyFile: `${place.masterKeyFile}.other` }), { code: 'WRIT_KEY_INVALID' });
});

test('segments follow each other under load, and go once they are integrated', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place, { segmentBytes: 4_096 });
  await activate(recorder);
  for (let n = 0; n < 30; n++) await carry(recorder, `call-${n}`);
  await recorder.flush();
  assert.equal(readdirSync(join(place.directory, 'wal')).length, 1);
  await recorder.close('stopped');
  const report = await verify(place);
  assert.deepEqual([report.problems, report.outcomes.completed], [[], 30]);
});
