import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { Entry } from '../../../engine/audit/entry.ts';
import { parseNote } from '../../../engine/audit/note.ts';
import { formatTrust, parseTrust, type TrustedKey } from '../../../engine/audit/trust.ts';
import { formatVerifierKey, keyDigest, parseVerifierKey } from '../../../engine/audit/verifier-key.ts';
import { verifyLog } from '../../../engine/audit/verify.ts';
import { openLog } from '../../../proxy/recorder/log-reader.ts';
import type { RecorderOptions } from '../../../proxy/recorder/recorder.ts';
import { fileSigner, type Signer } from '../../../proxy/recorder/signer.ts';
import { origin, refusalsEntry } from '../../engine/audit/samples.ts';
import { readSealedLog } from '../../support/log.ts';
import { newPlace, open, type Place } from './log-directory.ts';

const kidOf = (name: string) => `https://vault.example/keys/audit/${name.repeat(32)}`;
const signerOf = (place: Place, name: string): Signer => ({
  ...fileSigner(`${place.keyFile}.${name}`),
  kid: kidOf(name),
});
const vkeyOf = (signer: Signer) => formatVerifierKey(origin, signer.spki);

async function run(place: Place, signer: Signer, more: Partial<RecorderOptions> = {}): Promise<void> {
  const recorder = await open(place, { signer, ...more });
  await recorder.append([refusalsEntry]);
  await recorder.close('stopped');
}

const read = (place: Place, file: string) => readFileSync(join(place.directory, file), 'utf8');
const trustOf = (place: Place) => parseTrust(read(place, 'trust.json'));

async function problemsBy(place: Place, by: Signer | readonly TrustedKey[]): Promise<string[]> {
  const [keys, trust] = Array.isArray(by) ? [[], by] : [[parseVerifierKey(vkeyOf(by as Signer))], []];
  const { ok, problems } = await verifyLog(openLog(place.directory), keys, trust);
  assert.equal(ok, problems.length === 0);
  return [...new Set(problems.map(({ code }) => code))];
}

function keysIn(entries: readonly Entry[]) {
  return entries.flatMap((entry) => (entry.kind === 'key' ? [entry] : []));
}

test('a key follows another: one entry, one checkpoint by both, then the new one alone', async (t) => {
  const place = newPlace(t);
  const [a, b] = [signerOf(place, 'a'), signerOf(place, 'b')];
  await run(place, a);
  const recorder = await open(place, { signer: b, previous: a });
  const both = parseNote(Buffer.from(read(place, 'checkpoint')));
  assert.equal(both.signatures.length, 2);
  assert.deepEqual(await problemsBy(place, a), [], 'whoever has the old key can check the change');
  assert.deepEqual(await problemsBy(place, b), []);
  assert.deepEqual(await problemsBy(place, trustOf(place)), []);
  assert.equal(recorder.verifierKey, vkeyOf(b));

  await recorder.append([refusalsEntry]);
  await recorder.close('stopped');
  assert.equal(parseNote(Buffer.from(read(place, 'checkpoint'))).signatures.length, 1);
  assert.deepEqual(await problemsBy(place, b), []);
  assert.deepEqual(await problemsBy(place, trustOf(place)), []);
  assert.deepEqual(await problemsBy(place, a), ['checkpoint-signature']);
  assert.deepEqual(JSON.parse(read(place, 'trust.json')), [
    { vkey: vkeyOf(a), kid: kidOf('a'), from_size: 0, to_size: 5 },
    { vkey: vkeyOf(b), kid: kidOf('b'), from_size: 5, to_size: null },
  ]);
  assert.equal(read(place, 'log.vkey').trim(), vkeyOf(b));
  assert.ok(!existsSync(join(place.directory, 'rotation.json')));
  const [entry, ...more] = keysIn(await readSealedLog(dirname(place.directory)));
  assert.deepEqual(
    [entry?.key, entry?.previous, entry?.kid, entry?.endorsed, more],
    [keyDigest(b.spki), keyDigest(a.spki), kidOf('b'), true, []],
  );
});

test('keys follow one another over many starts, back to an earlier one too', async (t) => {
  const place = newPlace(t);
  const [a, b, c] = ['a', 'b', 'c'].map((name) => signerOf(place, name));
  assert.ok(a && b && c);
  await run(place, a);
  await run(place, a);
  await run(place, b, { previous: a });
  await run(place, b);
  await run(place, c, { previous: b });
  await run(place, a, { previous: c });
  await run(place, a, { previous: c });
  const trust = trustOf(place);
  assert.equal(trust.length, 4);
  assert.deepEqual(await problemsBy(place, trust), []);
  assert.deepEqual(await problemsBy(place, a), []);
});

test('a key that was lost is followed on demand alone, and the log says so', async (t) => {
  const place = newPlace(t);
  const [a, b] = [signerOf(place, 'a'), signerOf(place, 'b')];
  await run(place, a);
  await assert.rejects(open(place, { signer: b }), (error: Error & { code?: string }) => {
    assert.equal(error.code, 'WRIT_KEY_INVALID');
    assert.ok(error.message.includes(kidOf('a')) && error.message.includes('audit.signer.previous'));
    return true;
  });
  await run(place, b, { previous: 'lost' });
  await run(place, b);
  assert.deepEqual(
    trustOf(place).map(({ from, to }) => [from, to]),
    [
      [0, 3],
      [5, null],
    ],
  );
  assert.deepEqual(await problemsBy(place, trustOf(place)), []);
  assert.deepEqual(await problemsBy(place, b), []);
  const [entry] = keysIn(await readSealedLog(dirname(place.directory)));
  assert.equal(entry?.endorsed, false);
});

test('nothing is begun with a key before that is another, or that does not sign', async (t) => {
  const place = newPlace(t);
  const [a, b] = [signerOf(place, 'a'), signerOf(place, 'b')];
  await run(place, a);
  const before = [read(place, 'trust.json'), read(place, 'integrated.json')];
  await assert.rejects(open(place, { signer: b, previous: signerOf(place, 'c') }), { code: 'WRIT_KEY_INVALID' });
  const mute: Signer = { ...a, sign: () => Promise.reject(new Error('disabled')) };
  const silent: Signer = { ...a, sign: () => new Promise(() => {}) };
  await assert.rejects(open(place, { signer: b, previous: mute }), { code: 'WRIT_KEY_UNAVAILABLE' });
  await assert.rejects(open(place, { signer: b, previous: silent, signTimeout: 50 }), { code: 'WRIT_KEY_UNAVAILABLE' });
  await assert.rejects(open(place, { signer: { ...b, sign: mute.sign }, previous: a }), {
    code: 'WRIT_KEY_UNAVAILABLE',
  });
  assert.deepEqual([read(place, 'trust.json'), read(place, 'integrated.json')], before);
  await run(place, a);
  assert.deepEqual(await problemsBy(place, a), []);
});

/** Signs as often as told, then no more. */
function tired(signer: Signer, times: number): Signer {
  let left = times;
  return { ...signer, sign: (text, signal) => (left-- > 0 ? signer.sign(text, signal) : Promise.reject(new Error())) };
}

test('a change that stopped half way is ended by the next start, with one entry', async (t) => {
  const place = newPlace(t);
  const [a, b] = [signerOf(place, 'a'), signerOf(place, 'b')];
  await run(place, a);
  // It signs on trial, and not when it matters.
  await assert.rejects(open(place, { signer: b, previous: tired(a, 1) }), { code: 'WRIT_AUDIT_UNAVAILABLE' });
  assert.ok(existsSync(join(place.directory, 'rotation.json')));
  await assert.rejects(open(place, { signer: a }), { code: 'WRIT_KEY_INVALID' }, 'the log names the new key already');
  await assert.rejects(open(place, { signer: b }), { code: 'WRIT_KEY_INVALID' }, 'the old key still has to sign');
  await run(place, b, { previous: a });
  assert.deepEqual(await problemsBy(place, trustOf(place)), []);
  assert.equal(keysIn(await readSealedLog(dirname(place.directory))).length, 1);
});

test('a change announced and not entered can be taken back', async (t) => {
  const place = newPlace(t);
  const [a, b] = [signerOf(place, 'a'), signerOf(place, 'b')];
  await run(place, a);
  const announced = { vkey: vkeyOf(b), kid: kidOf('b'), endorsed: true, before: 3 };
  for (const [signer, more] of [[a, {}] as const, [b, { previous: a }] as const]) {
    writeFileSync(join(place.directory, 'rotation.json'), JSON.stringify(announced));
    await run(place, signer, more);
    assert.deepEqual(await problemsBy(place, trustOf(place)), []);
  }
  assert.equal(trustOf(place).length, 2);
});

test('a change is ended by a start that finds it published and not written down', async (t) => {
  const place = newPlace(t);
  for (const [from, to, lost] of [['a', 'b', false] as const, ['b', 'c', true] as const]) {
    const [old, next] = [signerOf(place, from), signerOf(place, to)];
    await run(place, old);
    const keep = (file: string) => copyFileSync(join(place.directory, file), `${place.keyFile}.${file}`);
    const restore = (file: string) => copyFileSync(`${place.keyFile}.${file}`, join(place.directory, file));
    const watching: Signer = {
      ...next,
      sign(text, signal) {
        if (existsSync(join(place.directory, 'rotation.json'))) {
          for (const file of ['trust.json', 'rotation.json', 'log.vkey']) keep(file);
        }
        return next.sign(text, signal);
      },
    };
    const recorder = await open(place, { signer: watching, previous: lost ? 'lost' : old });
    const size = Number(read(place, 'checkpoint').split('\n')[1]);
    keep('checkpoint');
    await recorder.close('stopped');
    // As if it had died right after that checkpoint: only what comes after it is missing.
    for (const file of ['trust.json', 'rotation.json', 'log.vkey', 'checkpoint']) restore(file);
    await run(place, next);
    assert.equal(trustOf(place).at(-1)?.from, size);
    assert.deepEqual(await problemsBy(place, trustOf(place)), []);
  }
});

test('a log from before trust.json has the key of log.vkey, and gets its trust.json', async (t) => {
  const place = newPlace(t);
  const [a, b] = [signerOf(place, 'a'), signerOf(place, 'b')];
  await run(place, a);
  rmSync(join(place.directory, 'trust.json'));
  await run(place, a);
  assert.equal(trustOf(place)[0]?.kid, kidOf('a'));
  rmSync(join(place.directory, 'trust.json'));
  await run(place, b, { previous: a });
  assert.deepEqual(await problemsBy(place, trustOf(place)), []);
});

test('a trust file that is not that of the log is seen through', async (t) => {
  const place = newPlace(t);
  const [a, b, c] = ['a', 'b', 'c'].map((name) => signerOf(place, name));
  assert.ok(a && b && c);
  await run(place, a);
  await run(place, b, { previous: a });
  await run(place, c, { previous: b });
  const [first, second, third] = trustOf(place);
  assert.ok(first && second && third);
  assert.deepEqual(await problemsBy(place, [first, second, third]), []);
  const other = parseVerifierKey(vkeyOf(signerOf(place, 'd')));
  const wrong: Record<string, TrustedKey[]> = {
    'the last key is not in it': [first, { ...second, to: null }],
    'a key between is not in it': [{ ...first, to: third.from }, third],
    'a key between is another': [first, { ...second, key: other }, third],
    'the first key is another': [{ ...first, key: other }, second, third],
    'two keys change places': [{ ...first, key: second.key }, { ...second, key: first.key }, third],
    'a key is said to end earlier': [{ ...first, to: 3 }, { ...second, from: 3 }, third],
    'there is a gap where none was': [{ ...first, to: 3 }, second, third],
    'the last key had ended': [first, second, { ...third, to: third.from }],
    'the last key begins later': [first, { ...second, to: 100 }, { ...third, from: 100 }],
  };
  for (const [what, trust] of Object.entries(wrong)) {
    assert.doesNotThrow(() => parseTrust(formatTrust(trust)), what);
    assert.notDeepEqual(await problemsBy(place, trust), [], what);
  }
});

test('trust files that are none are refused', () => {
  const vkey = (name: string) => `${name}`;
  const item = { vkey: vkey('x'), kid: null, from_size: 0, to_size: null };
  for (const text of ['', '{}', '[]', 'null', '[null]', '[1]', JSON.stringify([item])]) {
    assert.throws(() => parseTrust(text), { code: 'WRIT_KEY_INVALID' }, text);
  }
});

test('trust files whose parts do not fit each other are refused', (t) => {
  const place = newPlace(t);
  const [a, b] = [signerOf(place, 'a'), signerOf(place, 'b')];
  const item = (signer: Signer, from_size: unknown, to_size: unknown, more = {}) => ({
    vkey: vkeyOf(signer),
    kid: null,
    from_size,
    to_size,
    ...more,
  });
  assert.equal(parseTrust(JSON.stringify([item(a, 0, 3), item(b, 3, null)])).length, 2);
  const ed25519 = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
  const elsewhere = formatVerifierKey('edge-2.example.com', b.spki);
  for (const wrong of [
    [item(a, 1, null)],
    [item(a, 0, null), item(b, 3, null)],
    [item(a, 0, 3), item(b, 2, null)],
    [item(a, 0, 3), item(b, 3, 2)],
    [item(a, -1, null)],
    [item(a, 0.5, null)],
    [item(a, '0', null)],
    [item(a, 0, undefined)],
    [item(a, 0, null, { kid: 7 })],
    [item(a, 0, null, { more: 1 })],
    [item(a, 0, null, { vkey: ed25519 })],
    [item(a, 0, 3), item(b, 3, null, { vkey: elsewhere })],
    [item(a, 0, null, { vkey: '-----BEGIN PUBLIC KEY-----' })],
  ]) {
    assert.throws(() => parseTrust(JSON.stringify(wrong)), { code: 'WRIT_KEY_INVALID' }, JSON.stringify(wrong));
  }
});
