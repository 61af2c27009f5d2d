import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseKeyIdentifier } from '../../proxy/key-vault/identifier.ts';
import { fetchPublicKey, keyVaultSigner } from '../../proxy/key-vault/signer.ts';
import type { RecorderOptions } from '../../proxy/recorder/recorder.ts';
import type { Signer } from '../../proxy/recorder/signer.ts';
import { activate, begin, carry, newPlace, open, type Place, verify } from '../proxy/recorder/log-directory.ts';
import type { FakeVault } from '../support/fake-vault.ts';
import { startTrustedVault } from '../support/vault-trust.ts';

// Not part of `npm test`: it downloads a verifier. What it and ours say of the same directory must agree.

const script = fileURLToPath(new URL('../../scripts/fsck.sh', import.meta.url));
const fsck = (place: Place) =>
  spawnSync(script, [place.directory], { encoding: 'utf8', env: { ...process.env, FSCK_TIMEOUT: '10' } });

const noteFolder = fileURLToPath(new URL('note', import.meta.url));
const openNote = (place: Place, ...vkeys: string[]) =>
  spawnSync('go', ['run', '.', join(place.directory, 'checkpoint'), ...vkeys], { encoding: 'utf8', cwd: noteFolder });

/** More than two full bundles of entries, by two runs of which the first was cut off. */
async function newLog(t: TestContext, runs: Partial<RecorderOptions>[] = [{}, {}]): Promise<Place> {
  const place = newPlace(t);
  for (const [run, calls] of [50, 150].entries()) {
    const recorder = await open(place, runs[run]);
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

/** A signer that is the Azure SDK, over TLS, with a key version that the vault has just made. */
async function vaultSigner(vault: FakeVault): Promise<Signer> {
  const id = parseKeyIdentifier(vault.create('audit'));
  assert.ok(id?.version !== undefined);
  const credential = {
    getToken: async () => ({ token: vault.token(), expiresOnTimestamp: Date.now() + 3_600_000 }),
  };
  const key = { id: { ...id, version: id.version }, credential };
  return keyVaultSigner(key, await fetchPublicKey(key, undefined, 0));
}

test('a log signed through Key Vault, its key rotated, is accepted by fsck and by sumdb/note', async (t) => {
  const vault = await startTrustedVault();
  t.after(() => vault.close());
  const [first, second] = [await vaultSigner(vault), await vaultSigner(vault)];
  const witnessKeyFile = join(newPlace(t).directory, '../witness.pem');
  const rotating = { signer: second, previous: first, witnessKeyFile };
  const place = await newLog(t, [{ signer: first, witnessKeyFile }, rotating]);
  const vkeys = ['log.vkey', 'log.ed25519.vkey'].map((file) => join(place.directory, file));

  const report = await verify(place);
  assert.deepEqual([report.ok, report.entries.key], [true, 1]);
  const judged = fsck(place);
  assert.equal(judged.status, 0, judged.stdout);
  assert.ok(judged.stdout.includes(report.root ?? '?'));
  const opened = openNote(place, ...vkeys);
  assert.equal(opened.status, 0, opened.stderr);
  assert.ok(opened.stdout.startsWith(`${report.origin}\n${report.size}\n${report.root}\n`));
  assert.equal(opened.stdout.match(/^signed by /gm)?.length, 2);

  const [trusted] = JSON.parse(readFileSync(join(place.directory, 'trust.json'), 'utf8'));
  const old = join(place.directory, 'old.vkey');
  writeFileSync(old, trusted.vkey);
  assert.notEqual(openNote(place, old).status, 0, 'the old key has no part in this checkpoint');
  const recorder = await open(place, { signer: first, previous: second, witnessKeyFile });
  const both = openNote(place, old, ...vkeys);
  assert.equal(both.status, 0, both.stderr);
  assert.equal(fsck(place).status, 0);
  await recorder.close('stopped');

  const file = join(place.directory, 'checkpoint');
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^(\u2014 .*\n)/m, ''));
  assert.notEqual(openNote(place, old).status, 0, 'the Ed25519 line alone is not that of the log');
  assert.notEqual(fsck(place).status, 0);
});
