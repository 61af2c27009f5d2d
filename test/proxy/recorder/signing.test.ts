import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { parseCheckpoint } from '../../../engine/audit/checkpoint.ts';
import { parseNote } from '../../../engine/audit/note.ts';
import { parseVerifierKey } from '../../../engine/audit/verifier-key.ts';
import { verifyLog } from '../../../engine/audit/verify.ts';
import { openLog } from '../../../proxy/recorder/log-reader.ts';
import { fileSigner, type Signer, SigningError } from '../../../proxy/recorder/signer.ts';
import { Signing, type SigningNotice } from '../../../proxy/recorder/signing.ts';
import { refusalsEntry } from '../../engine/audit/samples.ts';
import { until } from '../../support/until.ts';
import { newPlace, open, type Place, verify } from './log-directory.ts';

const unavailable = { code: 'WRIT_AUDIT_UNAVAILABLE' };

/** The key of the place, behind something that can be broken. */
function breakable(place: Place) {
  const { spki, sign } = fileSigner(place.keyFile);
  const state = { broken: false as boolean | 'silent', asked: 0 };
  const signer: Signer = {
    spki,
    sign(text, signal) {
      state.asked++;
      if (state.broken === 'silent') return new Promise(() => {});
      return state.broken ? Promise.reject(new SigningError('The vault is away.')) : sign(text, signal);
    },
  };
  return { state, signer };
}

test('a signer that never settles holds up neither appends nor the close, and the next start signs', async (t) => {
  const place = newPlace(t);
  const { state, signer } = breakable(place);
  const recorder = await open(place, { signer, signTimeout: 3_600_000 });
  await recorder.flush();
  const before = readFileSync(join(place.directory, 'checkpoint'));
  state.broken = 'silent';
  const asked = state.asked;
  await recorder.append([refusalsEntry]);
  await until(() => state.asked > asked, 'the signer is asked');
  await recorder.append([refusalsEntry]);
  await assert.rejects(recorder.close('stopped'), unavailable);
  assert.deepEqual(readFileSync(join(place.directory, 'checkpoint')), before);
  state.broken = false;
  await (await open(place, { signer })).close('stopped');
  const report = await verify(place);
  assert.deepEqual([report.problems, report.entries.refusals], [[], 2]);
});

test('an outage is told when it begins and when it ends, and the gauge counts meanwhile', async (t) => {
  const place = newPlace(t);
  const { state, signer } = breakable(place);
  const notices: SigningNotice[] = [];
  const recorder = await open(place, { signer, heartbeat: 60, notice: (notice) => notices.push(notice) });
  await recorder.flush();
  assert.equal(recorder.unsignedSeconds, 0);
  state.broken = true;
  const asked = state.asked;
  await recorder.append([refusalsEntry]);
  await until(() => state.asked > asked + 3, 'the signer is asked again and again');
  assert.ok(recorder.unsignedSeconds > 0);
  assert.deepEqual(
    notices.map(({ failing, detail }) => [failing, detail]),
    [[true, 'The vault is away.']],
  );
  state.broken = false;
  await until(() => notices.length === 2, 'it ends');
  assert.equal(notices[1]?.failing, false);
  await until(() => recorder.unsignedSeconds === 0, 'all is signed');
  await recorder.close('stopped');
});

test('waits double with jitter up to a bound, begin anew after a success, and heed Retry-After', async (t) => {
  const place = newPlace(t);
  const { spki, sign } = fileSigner(place.keyFile);
  let failure: Error | undefined;
  const signer: Signer = { spki, sign: (text, signal) => (failure ? Promise.reject(failure) : sign(text, signal)) };
  const signing = new Signing({ origin: 'a', signer, timeout: 1_000, firstWait: 100, longestWait: 1_000 });
  const again = async () => {
    const answer = await signing.note('a\n', 0);
    return answer.note === null ? answer.again : null;
  };
  failure = new Error('anything');
  for (let round = 0; round < 2; round++) {
    for (const most of [100, 200, 400, 800, 1_000, 1_000]) {
      const wait = (await again()) ?? -1;
      assert.ok(wait >= most / 2 && wait <= most, `${wait} of ${most}`);
    }
    const kept: Error | undefined = failure;
    failure = undefined;
    assert.equal(await again(), null);
    failure = kept;
  }
  failure = new SigningError('throttled', { retryAfter: 7_000 });
  assert.equal(await again(), 7_000);
  failure = new SigningError('throttled', { retryAfter: 10 ** 9 });
  assert.equal(await again(), 300_000, 'a day of silence would be an outage of our own making');
});

test('a signature by another key is not published', async (t) => {
  const place = newPlace(t);
  const other = fileSigner(`${place.keyFile}.other`);
  const { spki } = fileSigner(place.keyFile);
  const recorder = await open(place, { signer: { spki, sign: other.sign } });
  await assert.rejects(recorder.flush(), unavailable);
  assert.ok(!existsSync(join(place.directory, 'checkpoint')));
  await assert.rejects(recorder.close('stopped'), unavailable);
});

test('what is asked to be signed is durable before, and never goes back, over failures and restarts', async (t) => {
  const place = newPlace(t);
  const { spki, sign } = fileSigner(place.keyFile);
  const sizes: number[] = [];
  let asked = 0;
  const signer: Signer = {
    spki,
    sign(text, signal) {
      const { size, root } = parseCheckpoint(Buffer.from(text).toString());
      const durable = JSON.parse(readFileSync(join(place.directory, 'integrated.json'), 'utf8'));
      assert.deepEqual([durable.size, durable.root], [size, Buffer.from(root).toString('base64')]);
      sizes.push(size);
      // Signed by the vault, and the answer lost: such a checkpoint may be out in the world.
      return asked++ % 2 === 0 ? Promise.reject(new Error('lost')) : sign(text, signal);
    },
  };
  for (let run = 0; run < 3; run++) {
    const recorder = await open(place, { signer, heartbeat: 40 });
    for (let n = 0; n < 5; n++) {
      await recorder.append([refusalsEntry]);
      await recorder.flush();
    }
    await recorder.close('stopped');
  }
  assert.deepEqual(
    sizes,
    sizes.toSorted((a, b) => a - b),
  );
  assert.ok(sizes.length > 30);
  assert.deepEqual((await verify(place)).problems, []);
});

test('what went unsigned for too long is no better after a restart', async (t) => {
  const place = newPlace(t);
  const { state, signer } = breakable(place);
  const first = await open(place, { signer });
  await first.flush();
  state.broken = true;
  await first.append([refusalsEntry]);
  await assert.rejects(first.close('stopped'), unavailable);
  await assert.rejects(open(place, { signer, maxUnsignedAge: 1 }), unavailable);
  const patient = await open(place, { signer, maxUnsignedAge: 3_600_000 });
  await patient.append([refusalsEntry]);
  await assert.rejects(patient.close('stopped'), unavailable);
  state.broken = false;
  const last = await open(place, { signer, maxUnsignedAge: 1 });
  await last.close('stopped');
  assert.deepEqual((await verify(place)).problems, []);
});

test('a call’s key is destroyed also while nothing can be signed', async (t) => {
  const place = newPlace(t);
  const { state, signer } = breakable(place);
  const recorder = await open(place, { signer });
  await recorder.append([refusalsEntry], {
    call: 'call-1',
    tenant: 'default',
    openings: { input: { salt: Buffer.alloc(32) } },
  });
  state.broken = true;
  assert.equal(await recorder.destroyCallKey('call-1'), 1);
  state.broken = false;
  await recorder.close('stopped');
});

test('an Ed25519 line stands beside the P-256 line, and is never enough', async (t) => {
  const place = newPlace(t);
  const witnessKeyFile = join(dirname(place.keyFile), 'witness.pem');
  for (let run = 0; run < 2; run++) await (await open(place, { witnessKeyFile })).close('stopped');
  assert.equal(statSync(witnessKeyFile).mode & 0o777, 0o600);
  const read = (file: string) => readFileSync(join(place.directory, file), 'utf8');
  const [main, witness] = ['log.vkey', 'log.ed25519.vkey'].map((file) => parseVerifierKey(read(file)));
  assert.ok(main !== undefined && witness?.type === 'ed25519');
  const by = async (...keys: (typeof main)[]) => {
    const { ok, problems } = await verifyLog(openLog(place.directory), keys);
    return [ok, problems.map(({ code }) => code)];
  };
  assert.equal(parseNote(Buffer.from(read('checkpoint'))).signatures.length, 2);
  assert.deepEqual(await by(main), [true, []]);
  assert.deepEqual(await by(main, witness), [true, []]);
  assert.deepEqual(await by(witness), [false, ['checkpoint-signature']]);

  // Whoever has the gateway's disk has the Ed25519 key too.
  const [text, first, second] = read('checkpoint').split(/(?=^\u2014)/m);
  writeFileSync(join(place.directory, 'checkpoint'), `${text}${second}`);
  assert.deepEqual(await by(main), [false, ['checkpoint-signature']]);
  assert.deepEqual(await by(witness), [false, ['checkpoint-signature']]);
  writeFileSync(join(place.directory, 'checkpoint'), `${text}${first}`);
  assert.deepEqual(await by(main), [true, []]);
  assert.deepEqual(await by(main, witness), [false, ['checkpoint-signature']]);
});

test('a witness key is not exchanged unnoticed, nor is a key of another kind taken for one', async (t) => {
  const place = newPlace(t);
  const witnessKeyFile = join(dirname(place.keyFile), 'witness.pem');
  await (await open(place, { witnessKeyFile })).close('stopped');
  rmSync(witnessKeyFile);
  await assert.rejects(open(place, { witnessKeyFile }), { code: 'WRIT_KEY_INVALID' });
  rmSync(join(place.directory, 'log.ed25519.vkey'));
  await (await open(place, { witnessKeyFile })).close('stopped');
  await assert.rejects(open(place, { witnessKeyFile: place.keyFile }), { code: 'WRIT_KEY_INVALID' });
});
