import assert from 'node:assert/strict';
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { bundlePath } from '../../../engine/audit/bundle.ts';
import { parseEntry } from '../../../engine/audit/parse-entry.ts';
import { parseEntryBundle } from '../../../engine/audit/tiles.ts';
import { WritError } from '../../../engine/errors.ts';
import { fileSigner } from '../../../proxy/recorder/signer.ts';
import { closeEntry, decisionEntry, refusalsEntry } from '../../engine/audit/samples.ts';
import { activate, begin, carry, filesBelow, newPlace, open, verify } from './log-directory.ts';

test('what was appended is in a sealed log that verifies, payload and bundle included', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place);
  await activate(recorder);
  for (let n = 0; n < 20; n++) await carry(recorder, `call-${n}`);
  await recorder.close('stopped');
  const report = await verify(place);
  assert.deepEqual(report.problems, []);
  assert.deepEqual([report.ok, report.size, report.sealed, report.open, report.bundles], [true, 63, true, 0, 1]);
  assert.deepEqual(report.openings, { matched: 60, withheld: 0, destroyed: 0, absent: 0 });
  assert.deepEqual(filesBelow(join(place.directory, 'wal')), new Map());
});

test('a log goes on over restarts, across the boundaries of bundles and tiles', async (t) => {
  const place = newPlace(t);
  for (const [run, calls] of [3, 90, 81, 200].entries()) {
    const recorder = await open(place);
    await activate(recorder);
    await Promise.all(Array.from({ length: calls }, (_, n) => carry(recorder, `call-${run}-${n}`)));
    await recorder.close('stopped');
    const report = await verify(place);
    assert.deepEqual([report.ok, report.problems, report.entries.open], [true, [], run + 1]);
  }
  const report = await verify(place);
  assert.equal(report.entries.decision, 374);
  assert.ok(!existsSync(join(place.directory, 'tile/entries/000.p')), 'partial bundles go once the full one is there');
});

test('appends of one turn share a checkpoint and keep their order', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place);
  await activate(recorder);
  const appends = Array.from({ length: 50 }, (_, n) => begin(recorder, `call-${n}`));
  await Promise.all(appends);
  await recorder.flush();
  const entries = parseEntryBundle(readFileSync(join(place.directory, 'tile/entries/000.p/102'))).map(parseEntry);
  const calls = entries.flatMap((entry) => (entry.kind === 'decision' ? [entry.call] : []));
  assert.deepEqual(
    calls,
    Array.from({ length: 50 }, (_, n) => `call-${n}`),
  );
  const live = await verify(place);
  assert.deepEqual([live.ok, live.open, live.sealed], [true, 50, false]);
  await recorder.close('stopped');
  const sealed = await verify(place);
  assert.deepEqual([sealed.ok, sealed.open, sealed.outcomes.unknown], [true, 0, 50]);
});

test('an entry older than the one before it takes that one’s time', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place);
  await recorder.append([{ ...refusalsEntry, time: '2001-01-01T00:00:00.000Z' }]);
  await recorder.append([{ ...refusalsEntry, time: '2001-01-01T00:00:00.000Z' }]);
  await recorder.close('stopped');
  const report = await verify(place);
  assert.deepEqual(report.problems, []);
});

test('time goes on after a restart even where the clock went back', async (t) => {
  const place = newPlace(t);
  const first = await open(place);
  await first.append([{ ...refusalsEntry, time: '2999-01-01T00:00:00.000Z' }]);
  await first.close('stopped');
  const second = await open(place);
  assert.ok(second.now() >= '2999-01-01T00:00:00.000Z');
  await second.close('stopped');
  assert.deepEqual((await verify(place)).problems, []);
});

test('nothing that is refused leaves a trace in the log', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place);
  const payload = { call: 'c1', tenant: 'default', openings: {} };
  const refused = { code: 'WRIT_INTERNAL' };
  await assert.rejects(recorder.append([closeEntry, decisionEntry('c1', { tool: 'Ada Example' })]), refused);
  await assert.rejects(recorder.append([closeEntry], { ...payload, call: '' }), refused);
  await assert.rejects(
    recorder.append([closeEntry], { ...payload, openings: { input: { salt: Buffer.alloc(3) } } }),
    refused,
  );
  await assert.rejects(recorder.append([closeEntry], { ...payload, tenant: 'größe' }), refused);
  await recorder.close('stopped');
  const report = await verify(place);
  assert.deepEqual([report.ok, report.size], [true, 2]);
  await assert.rejects(recorder.append([refusalsEntry]), { code: 'WRIT_AUDIT_UNAVAILABLE' });
});

test('a second writer is refused while the first lives, and let in after', async (t) => {
  const place = newPlace(t);
  const first = await open(place);
  await assert.rejects(open(place), (error: unknown) => {
    assert.ok(error instanceof WritError && error.code === 'WRIT_AUDIT_LOCKED');
    assert.match(error.message, new RegExp(`process ${process.pid} on `));
    return true;
  });
  await first.close('stopped');
  await (await open(place)).close('stopped');
  assert.deepEqual((await verify(place)).problems, []);
});

test('keys are made once, for their owner alone, and refused where others could read them', async (t) => {
  const place = newPlace(t);
  await (await open(place)).close('stopped');
  for (const file of [place.keyFile, place.masterKeyFile]) {
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const before = readFileSync(file, 'utf8');
    chmodSync(file, 0o640);
    await assert.rejects(open(place), { code: 'WRIT_KEY_INVALID' });
    chmodSync(file, 0o600);
    writeFileSync(file, 'nonsense');
    await assert.rejects(open(place), { code: 'WRIT_KEY_INVALID' });
    writeFileSync(file, before);
  }
  await (await open(place)).close('stopped');
});

test('a log is not continued with another signing key, origin or master key', async (t) => {
  const place = newPlace(t);
  await (await open(place)).close('stopped');
  await assert.rejects(open(place, { keyFile: `${place.keyFile}.other` }), { code: 'WRIT_KEY_INVALID' });
  await assert.rejects(open(place, { origin: 'edge-2.example.com' }), { code: 'WRIT_KEY_INVALID' });
  await assert.rejects(open(place, { origin: 'edge 1' }), { code: 'WRIT_CONFIG_INVALID' });
});

test('a log whose files went back, were edited or lost is not continued', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place);
  await activate(recorder);
  await carry(recorder, 'call-1');
  await recorder.flush();
  await recorder.close('stopped');
  const { directory } = place;
  const state = readFileSync(join(directory, 'integrated.json'), 'utf8');
  const damage: [string, () => void][] = [
    ['integrated.json is gone', () => rmSync(join(directory, 'integrated.json'))],
    ['integrated.json is not JSON', () => writeFileSync(join(directory, 'integrated.json'), '{')],
    ['integrated.json lacks a member', () => writeFileSync(join(directory, 'integrated.json'), '{"v":1,"size":2}')],
    [
      'integrated.json is smaller than the checkpoint',
      () => writeFileSync(join(directory, 'integrated.json'), state.replace('"size":6', '"size":5')),
    ],
    ['a tile is gone', () => rmSync(join(directory, 'tile/0/000.p'), { recursive: true })],
    ['a tile is edited', () => writeFileSync(join(directory, 'tile/0/000.p/6'), Buffer.alloc(6 * 32))],
    ['the checkpoint is edited', () => writeFileSync(join(directory, 'checkpoint'), 'x')],
  ];
  for (const [what, harm] of damage) {
    cpSync(directory, `${directory}.kept`, { recursive: true });
    harm();
    await assert.rejects(open(place), { code: 'WRIT_AUDIT_CORRUPT' }, what);
    rmSync(directory, { recursive: true });
    renameSync(`${directory}.kept`, directory);
  }
  await (await open(place)).close('stopped');
  assert.deepEqual((await verify(place)).problems, []);
});

test('keyed hashes differ by tenant and by use, and stay the same over restarts', async (t) => {
  const place = newPlace(t);
  const first = await open(place);
  const hashes = [first.hmac('a', 'subject', 'x'), first.hmac('b', 'subject', 'x'), first.hmac('a', 'mask', 'x')];
  assert.equal(new Set(hashes).size, 3);
  assert.match(hashes[0] ?? '', /^[0-9a-f]{64}$/);
  await first.close('stopped');
  const second = await open(place);
  assert.equal(second.hmac('a', 'subject', 'x'), hashes[0]);
  await second.close('stopped');
});

test('a bundle is archived once by its digest, and other bytes in its place are an alarm', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place);
  const digest = await recorder.archiveBundle(Buffer.from('bundle'));
  assert.equal(await recorder.archiveBundle(Buffer.from('bundle')), digest);
  assert.equal(readFileSync(join(place.directory, bundlePath(digest)), 'utf8'), 'bundle');
  writeFileSync(join(place.directory, bundlePath(digest)), 'other');
  await assert.rejects(recorder.archiveBundle(Buffer.from('bundle')), { code: 'WRIT_AUDIT_CORRUPT' });
  await assert.rejects(recorder.append([refusalsEntry]), { code: 'WRIT_AUDIT_UNAVAILABLE' });
  await recorder.close('stopped').catch(() => {});
});

test('refusals are counted by code and written with the close at the latest', async (t) => {
  const place = newPlace(t);
  const recorder = await open(place);
  for (let n = 0; n < 1_000; n++) recorder.refused(n % 2 === 0 ? 'WRIT_TOKEN_MISSING' : 'WRIT_HOST_REFUSED');
  await recorder.close('stopped');
  const entries = parseEntryBundle(readFileSync(join(place.directory, 'tile/entries/000.p/3'))).map(parseEntry);
  const [, refusals] = entries;
  assert.ok(refusals?.kind === 'refusals');
  assert.deepEqual({ ...refusals.counts }, { WRIT_HOST_REFUSED: 500, WRIT_TOKEN_MISSING: 500 });
});

test('appends are refused once too much has gone unsigned for too long, and taken again after', async (t) => {
  const place = newPlace(t);
  const working = fileSigner(place.keyFile);
  let broken = false;
  const signer = {
    spki: working.spki,
    sign: (text: Uint8Array, signal: AbortSignal) =>
      broken ? Promise.reject(new Error('the vault is away')) : working.sign(text, signal),
  };
  const recorder = await open(place, { signer, maxUnsignedAge: 200 });
  await recorder.flush();
  broken = true;
  const unavailable = { code: 'WRIT_AUDIT_UNAVAILABLE' };
  await recorder.append([refusalsEntry]);
  const refusedAtLast = async () => {
    for (let tries = 0; tries < 200; tries++) {
      await setTimeout(20);
      await recorder.append([refusalsEntry]);
    }
  };
  await assert.rejects(refusedAtLast(), unavailable);
  await assert.rejects(recorder.flush(), unavailable);
  broken = false;
  await recorder.flush();
  await recorder.append([refusalsEntry]);
  await recorder.close('stopped');
  assert.deepEqual((await verify(place)).problems, []);
});
