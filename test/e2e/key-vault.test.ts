import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { verifyDirectory } from '../../cli/verify-directory.ts';
import { parseNote } from '../../engine/audit/note.ts';
import { parseTrust } from '../../engine/audit/trust.ts';
import { type FakeVault, startFakeVault } from '../support/fake-vault.ts';
import { type GatewayProcess, startProcess } from '../support/gateway-process.ts';
import { ofKind, readSealedLog, withoutListings } from '../support/log.ts';
import { openSurroundings, type Surroundings } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

// `writ proxy` as a process, signing through the Azure SDK with a managed identity. Its only trust in the vault is the vault's
// certificate in NODE_EXTRA_CA_CERTS.
describe('a gateway that signs with Key Vault', () => {
  let vault: FakeVault;
  let around: Surroundings;
  let first: string;
  const processes: GatewayProcess[] = [];
  const signer = (key: string, more: object = {}) => ({
    signer: { key_vault: { key, credential: 'managed_identity' }, ...more },
  });
  const start = async () => {
    const started = await startProcess(around);
    processes.push(started);
    return started;
  };
  const stop = async (gateway: GatewayProcess) => {
    gateway.kill('SIGTERM');
    return gateway.ended;
  };
  const codeOf = async () => (await around.call('open')).last.error?.data?.code;
  const audit = (file: string) => join(around.directory, 'audit', file);

  before(async () => {
    vault = await startFakeVault();
    Object.assign(process.env, vault.identity, { NODE_EXTRA_CA_CERTS: vault.caFile });
    first = vault.create('audit');
    around = await openSurroundings(signer(first));
  });
  after(async () => {
    for (const { kill } of processes) kill('SIGKILL');
    await around.close();
    await vault.close();
  });

  test('has its log verified by the key that the vault holds', async () => {
    const gateway = await start();
    assert.equal(await codeOf(), undefined);
    assert.equal(await stop(gateway), 0, gateway.messages());
    const entries = withoutListings(await readSealedLog(around.directory));
    assert.equal(ofKind(entries, 'decision').length, 1);
    assert.deepEqual(
      parseTrust(readFileSync(audit('trust.json'), 'utf8')).map(({ kid, from, to }) => [kid, from, to]),
      [[first, 0, null]],
    );
    assert.ok(vault.signs() > 0);
    assert.ok(!vault.asked.some((line) => line.endsWith('/verify')), 'the vault is not asked what it has signed');
    assert.equal(parseNote(readFileSync(audit('checkpoint'))).signatures.length, 2);
    assert.equal(statSync(join(around.directory, 'keys/witness.pem')).mode & 0o777, 0o600);
  });

  test('goes on under the next version of the key, with both signatures on one checkpoint', async () => {
    const second = vault.create('audit');
    around.configure(signer(second));
    const gateway = await start();
    assert.equal(await codeOf(), undefined);
    assert.equal(await stop(gateway), 0, gateway.messages());
    const entries = await readSealedLog(around.directory);
    assert.deepEqual(
      ofKind(entries, 'key').map(({ kid, endorsed }) => [kid, endorsed]),
      [[second, true]],
    );
    const report = await verifyDirectory(audit('.'), { trust: audit('trust.json') });
    assert.deepEqual([report.ok, report.problems], [true, []]);
    vault.enable(first, false);
  });

  test('starts and serves while the vault is away, refuses once too much is unsigned, and recovers by itself', async () => {
    const [, second = ''] = parseTrust(readFileSync(audit('trust.json'), 'utf8')).map(({ kid }) => kid ?? '');
    around.configure({ ...signer(second), maxUnsignedAge: '3s' });
    vault.faults.mode = 'drop';
    const gateway = await start();
    assert.equal(await codeOf(), undefined, 'entries are durable, and unsigned');
    await until(() => gateway.messages().includes('checkpoints cannot be signed'), 'the outage is told');
    const answers = async (code: string | undefined) => {
      let seen = await codeOf();
      for (let tries = 0; seen !== code && tries < 500; tries++, seen = await codeOf()) await setTimeout(20);
      assert.equal(seen, code);
    };
    await answers('WRIT_AUDIT_UNAVAILABLE');
    vault.faults.mode = 'up';
    await answers(undefined);
    assert.match(gateway.messages(), /"audit_unsigned_seconds":\d+.*checkpoints are signed again/);
    assert.equal(await stop(gateway), 0, gateway.messages());
    await readSealedLog(around.directory);
  });

  test('does not start on a key that is disabled, nor without the old one where that still has to sign', async () => {
    around.configure(signer(first));
    const disabled = await start();
    assert.notEqual(await disabled.ended, 0);
    assert.match(disabled.messages(), /WRIT_KEY_UNAVAILABLE/);

    const third = vault.create('other');
    vault.delete('audit');
    around.configure(signer(third));
    const without = await start();
    assert.notEqual(await without.ended, 0);
    assert.match(without.messages(), /404 KeyNotFound/);
    assert.match(without.messages(), /audit\.signer\.previous: lost[\s\S]*docs\/audit-azure\.md/);
  });

  test('goes on after its key was deleted, on demand alone', async () => {
    const third = vault.create('other');
    around.configure(signer(third, { previous: 'lost' }));
    const gateway = await start();
    assert.equal(await codeOf(), undefined);
    assert.equal(await stop(gateway), 0, gateway.messages());
    const entries = await readSealedLog(around.directory);
    assert.deepEqual(
      ofKind(entries, 'key').map(({ endorsed }) => endorsed),
      [true, false],
    );
    assert.ok((await verifyDirectory(audit('.'), { trust: audit('trust.json') })).ok);
  });
});
