import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { activate, begin, carry, newPlace, open, type Place, verify } from '../proxy/recorder/log-directory.ts';

// Not part of `npm test`: it downloads a verifier. What it and ours say of the same directory must agree.

const script = fileURLToPath(new URL('../../scripts/fsck.sh', import.meta.url));
const fsck = (place: Place) =>
  spawnSync(script, [place.directory], { encoding: 'utf8', env: { ...process.env, FSCK_TIMEOUT: '10' } });

/** More than two full bundles of entries, by two runs of which the first was cut off. */
async function newLog(t: TestContext): Promise<Place> {
  const place = newPlace(t);
  for (const calls of [50, 150]) {
    const recorder = await open(place);
    await activate(recorder);
    for (let n = 0; n < calls; n++) await carry(recorder, `call-${calls}-${n}`);
    await begin(recorder, `call-${calls}-last`);
    await recorder.close('stopped');
  }
  return place;
}

test('a log with a restart and more than 600 entries is accepted by Go’s fsck', async (t) => {
  const place = await newLog(t);
  const report = await verify(place);
  assert.ok(report.ok && (report.size ?? 0) > 600);
  const { status, stdout } = fsck(place);
  assert.equal(status, 0, stdout);
  assert.match(stdout, new RegExp(`Successfully fsck'd log with size ${report.size} and root`));
  assert.ok(stdout.includes(report.root ?? '?'));
});

for (const path of ['tile/entries/001', 'tile/0/001', 'tile/1/000.p/2', 'checkpoint']) {
  test(`a log of which ${path} was changed is accepted by neither`, async (t) => {
    const place = await newLog(t);
    const file = join(place.directory, path);
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(30) ^ 1, 30);
    writeFileSync(file, bytes);
    assert.equal((await verify(place)).ok, false);
    assert.notEqual(fsck(place).status, 0);
  });
}
