import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Keys, openMasterKey } from '../../../proxy/recorder/keys.ts';
import { readPayload } from '../../../proxy/recorder/payload-reader.ts';
import { activate, begin, carry, end, filesBelow, newPlace, open, type Place, verify } from './log-directory.ts';

const canary = 'ada.example@example.com';
const asked = (call: string) => JSON.stringify({ email: canary, id: call });

const payloadOf = async (place: Place, call: string) => {
  const openings = await readPayload(place.directory, new Keys(openMasterKey(place.masterKeyFile)), call);
  return typeof openings === 'string'
    ? openings
    : openings && Buffer.from(openings.get('arguments')?.value ?? []).toString();
};

function assertNoCanary(place: Place): void {
  for (const [name, bytes] of filesBelow(place.directory)) {
    for (const form of [
      canary,
      Buffer.from(canary).toString('base64').slice(0, 24),
      Buffer.from(canary).toString('hex'),
    ]) {
      assert.ok(!bytes.includes(form), `${name} holds the canary`);
    }
  }
}

test('what a call said can be read back, and lies in clear in no file, write-ahead log included', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place, { checkpointInterval: 1_000_000 });
  await activate(recorder);
  await begin(recorder, 'call-1', asked('call-1'));
  assertNoCanary(place);
  await recorder.flush();
  assertNoCanary(place);
  assert.equal(await payloadOf(place, 'call-1'), asked('call-1'));
  assert.equal(await payloadOf(place, 'call-2'), undefined);
  await end(recorder, 'call-1');
  await recorder.close('stopped');
  assertNoCanary(place);
  assert.equal(await payloadOf(place, 'call-1'), asked('call-1'));
});

test('destroying the key of one call makes it unreadable for good and touches no other', async (t) => {
  const place = newPlace(t);
  const first = await open(place);
  await activate(first);
  for (const call of ['call-1', 'call-2', 'call-3']) await carry(first, call, asked(call));
  await first.close('stopped');
  const recorder = await open(place);
  await activate(recorder);
  await carry(recorder, 'call-4', asked('call-4'));
  const before = filesBelow(join(place.directory, 'payload'));
  assert.equal(await recorder.destroyCallKey('call-2'), 1);
  assert.equal(await recorder.destroyCallKey('call-4'), 1, 'also while it was in the write-ahead log alone');
  assert.equal(await recorder.destroyCallKey('call-9'), 0);
  const keysBefore = before.get('0000000000.keys') ?? Buffer.alloc(0);
  const keysAfter = readFileSync(join(place.directory, 'payload/0000000000.keys')).subarray(0, keysBefore.length);
  const changed = keysBefore.filter((byte, at) => byte !== keysAfter[at]).length;
  assert.ok(changed > 20 && changed <= 32, `${changed} bytes of the keys changed`);
  await recorder.close('stopped');
  assert.deepEqual(await Promise.all(['call-1', 'call-2', 'call-3', 'call-4'].map((call) => payloadOf(place, call))), [
    asked('call-1'),
    'destroyed',
    asked('call-3'),
    'destroyed',
  ]);
  const report = await verify(place);
  assert.deepEqual([report.ok, report.openings], [true, { matched: 6, withheld: 0, destroyed: 6, absent: 0 }]);
});

test('a payload that was edited, moved to another call or opened with another master key does not read', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place);
  await activate(recorder);
  for (const call of ['call-1', 'call-2']) await carry(recorder, call, asked(call));
  await recorder.close('stopped');
  const data = join(place.directory, 'payload/0000000000.seg');
  const keys = join(place.directory, 'payload/0000000000.keys');
  const [sound, rows] = [readFileSync(data), readFileSync(keys)];
  const edited = Buffer.from(sound);
  edited.writeUInt8(edited.readUInt8(40) ^ 1, 40);
  writeFileSync(data, edited);
  assert.equal(await payloadOf(place, 'call-1'), 'unreadable');
  assert.ok((await verify(place)).problems.some(({ code }) => code === 'payload-unreadable'));
  writeFileSync(data, sound);
  writeFileSync(
    keys,
    Buffer.from(rows.toString('latin1').replace('call-1', 'call-x').replace('call-2', 'call-1'), 'latin1'),
  );
  assert.equal(await payloadOf(place, 'call-1'), 'unreadable');
  writeFileSync(keys, rows);
  const other = await readPayload(place.directory, new Keys(Buffer.alloc(32)), 'call-1');
  assert.equal(other, 'unreadable');
  assert.equal(await payloadOf(place, 'call-1'), asked('call-1'));
});
