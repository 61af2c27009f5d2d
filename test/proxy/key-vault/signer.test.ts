import assert from 'node:assert/strict';
import dns from 'node:dns';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { TokenCredential } from '@azure/identity';
import { openCredential } from '../../../proxy/key-vault/credential.ts';
import { VaultFailure } from '../../../proxy/key-vault/failure.ts';
import { isLoopback, parseKeyIdentifier } from '../../../proxy/key-vault/identifier.ts';
import { fetchPublicKey, keyVaultSigner, type VaultKey } from '../../../proxy/key-vault/signer.ts';
import type { KeyVaultConfig } from '../../../proxy/key-vault/types.ts';
import { signVerified } from '../../../proxy/recorder/signing.ts';
import { distantName, type FakeVault } from '../../support/fake-vault.ts';
import { startTrustedVault } from '../../support/vault-trust.ts';

// The real SDK against a vault of our own. No retries of the SDK's: each question here is one attempt.

let vault: FakeVault;
const folder = mkdtempSync(join(tmpdir(), 'writ-vault-test-'));
before(async () => {
  vault = await startTrustedVault();
});
after(async () => {
  await vault.close();
  rmSync(folder, { recursive: true });
});

const text = Buffer.from('edge-1.example.com\n7\nAAAA\n');
const soon = () => AbortSignal.timeout(10_000);

function vaultKey(kid: string, credential?: TokenCredential): VaultKey {
  const id = parseKeyIdentifier(kid);
  assert.ok(id?.version !== undefined);
  const own = { getToken: async () => ({ token: vault.token(), expiresOnTimestamp: Date.now() + 3_600_000 }) };
  return { id: { ...id, version: id.version }, credential: credential ?? own };
}

async function newSigner(kid = vault.create('audit')) {
  const key = vaultKey(kid);
  return keyVaultSigner(key, await fetchPublicKey(key, undefined, 0));
}

async function failureOf(attempt: Promise<unknown>): Promise<VaultFailure> {
  const error = await attempt.then(
    () => assert.fail('it signed'),
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof VaultFailure, String(error));
  assert.ok(!error.message.includes('canary'), 'the words of the vault are not repeated');
  return error;
}

describe('a key in a vault', () => {
  test('signs, with r || s that node:crypto verifies, and answers the challenge once a client', async () => {
    const signer = await newSigner();
    vault.asked.length = 0;
    assert.equal((await signVerified(signer, text, soon())).length, 64);
    assert.equal((await signVerified(signer, text, soon())).length, 64);
    const [get, sign] = ['GET /keys/audit/<version>', 'POST /keys/audit/<version>/sign'];
    assert.deepEqual(
      vault.asked,
      [`401 ${get}`, `200 ${get}`, `200 ${sign}`, `200 ${sign}`],
      'verify is never asked for',
    );
  });

  test('is one version: after a rotation in the vault the old one signs on', async () => {
    const signer = await newSigner(vault.create('rotated'));
    vault.create('rotated');
    await signVerified(signer, text, soon());
  });

  for (const signature of ['forged', 'short'] as const) {
    test(`gives a ${signature} signature: it is not taken`, async () => {
      const signer = await newSigner();
      vault.faults.signature = signature;
      await assert.rejects(signVerified(signer, text, soon()));
      vault.faults.signature = 'right';
      await signVerified(signer, text, soon());
    });
  }

  test('is disabled, then deleted: both are lasting, and named by code', async () => {
    const kid = vault.create('gone');
    const signer = await newSigner(kid);
    await signVerified(signer, text, soon());
    vault.enable(kid, false);
    const disabled = await failureOf(signer.sign(text, soon()));
    assert.deepEqual([disabled.message, disabled.lasting], ['The vault answers 403 Forbidden KeyDisabled.', true]);
    vault.enable(kid, true);
    await signVerified(signer, text, soon());
    vault.delete('gone');
    const deleted = await failureOf(signer.sign(text, soon()));
    assert.deepEqual([deleted.message, deleted.lasting], ['The vault answers 404 KeyNotFound.', true]);
  });

  test('is throttled: one attempt, one request, and its Retry-After is told in seconds or as a date', async () => {
    const signer = await newSigner();
    await signVerified(signer, text, soon());
    vault.asked.length = 0;
    Object.assign(vault.faults, { throttle: 1, retryAfter: '7' });
    const throttled = await failureOf(signer.sign(text, soon()));
    assert.deepEqual([throttled.retryAfter, throttled.lasting], [7_000, false]);
    assert.deepEqual(vault.asked, ['429 POST /keys/audit/<version>/sign']);
    Object.assign(vault.faults, { throttle: 1, retryAfter: new Date(Date.now() + 60_000).toUTCString() });
    const { retryAfter = 0 } = await failureOf(signer.sign(text, soon()));
    assert.ok(retryAfter > 30_000 && retryAfter <= 60_000, `${retryAfter}`);
    await signVerified(signer, text, soon());
  });

  test('is cut off or silent: the attempt fails, and the next after it works', async () => {
    const signer = await newSigner();
    vault.faults.mode = 'drop';
    const dropped = await failureOf(signer.sign(text, soon()));
    assert.deepEqual([dropped.message, dropped.lasting], ['The vault cannot be reached (ECONNRESET).', false]);
    vault.faults.mode = 'hang';
    const late = await failureOf(signer.sign(text, AbortSignal.timeout(100)));
    assert.equal(late.message, 'The vault did not answer in time.');
    vault.faults.mode = 'up';
    await signVerified(signer, text, soon());
  });
});

describe('at the start', () => {
  const refused = (kid: string, code: string, pattern: RegExp) =>
    assert.rejects(fetchPublicKey(vaultKey(kid), undefined, 0), (error: Error & { code?: string }) => {
      assert.equal(error.code, code);
      assert.match(error.message, pattern);
      return true;
    });

  test('a key of another curve, or one that may not sign, is refused', async () => {
    await refused(vault.create('p384', 'P-384'), 'WRIT_KEY_INVALID', /P-384 and not P-256/);
    await refused(vault.create('idle', 'P-256', ['verify']), 'WRIT_KEY_INVALID', /do not include sign/);
  });

  test('a key that is disabled or not there is refused at once', async () => {
    const kid = vault.create('off');
    vault.enable(kid, false);
    await refused(kid, 'WRIT_KEY_UNAVAILABLE', /403 Forbidden KeyDisabled/);
    await refused(kid.replace('/off/', '/never/'), 'WRIT_KEY_UNAVAILABLE', /404 KeyNotFound/);
  });

  test('a vault that is away is waited for, or done without where the key is known', async () => {
    const key = vaultKey(vault.create('away'));
    const spki = await fetchPublicKey(key, undefined, 0);
    Object.assign(vault.faults, { throttle: 1, retryAfter: '0' });
    assert.deepEqual(await fetchPublicKey(key, undefined, 20_000), spki, 'asked again');
    vault.faults.mode = 'drop';
    await refused(key.id.kid, 'WRIT_KEY_UNAVAILABLE', /cannot be reached/);
    assert.deepEqual(await fetchPublicKey(key, spki, 0), spki);
    vault.faults.mode = 'up';
  });

  test('another public key than the log knows under this name is refused', async () => {
    const key = vaultKey(vault.create('swapped'));
    const other = await fetchPublicKey(vaultKey(vault.create('swapped')), undefined, 0);
    await assert.rejects(fetchPublicKey(key, other, 0), { code: 'WRIT_KEY_INVALID' });
  });
});

describe('a host that is not a vault', () => {
  test('gets no token, though its certificate is good and it asks for one as a vault does', async (t) => {
    const lookup = dns.lookup;
    const here: typeof dns.lookup = Object.assign(
      (_: string, ...rest: unknown[]) => Reflect.apply(lookup, dns, ['127.0.0.1', ...rest]),
      { __promisify__: lookup.__promisify__ },
    );
    t.mock.method(dns, 'lookup', here);
    const kid = vault.create('lured');
    const getToken = t.mock.fn(async () => ({ token: vault.token(), expiresOnTimestamp: Date.now() + 3_600_000 }));
    const near = vaultKey(kid, { getToken });
    const spki = await fetchPublicKey(near, undefined, 0);
    assert.equal(getToken.mock.callCount(), 1);

    const far = vaultKey(kid.replace('localhost', distantName), { getToken });
    vault.asked.length = 0;
    await assert.rejects(fetchPublicKey(far, spki, 0), /a token of another domain/);
    const signer = await keyVaultSigner(far, spki);
    assert.equal((await failureOf(signer.sign(text, soon()))).lasting, true);
    assert.deepEqual(new Set(vault.asked), new Set(['401 GET /keys/lured/<version>']), 'it was reached');
    assert.equal(getToken.mock.callCount(), 1);
  });

  test('is any that is not this machine by its own names', () => {
    for (const host of ['localhost', 'localhost:8443', '127.0.0.1', '127.1.2.3:1', '[::1]:8443']) {
      assert.ok(isLoopback(`https://${host}`), host);
    }
    const distant = [
      'localhost.example',
      'alocalhost',
      '127.0.0.1.example',
      '128.0.0.1',
      '[::2]',
      'vault.localhost',
      'localhost.',
    ];
    for (const host of [...distant, 'x.vault.azure.net', '127.0.0.1@x.example']) {
      assert.ok(!isLoopback(`https://${host}`), host);
    }
  });
});

describe('a key identifier', () => {
  const version = '0123456789abcdef'.repeat(2);

  test('is taken apart, with and without a version', () => {
    const vault = 'https://contoso.vault.azure.net';
    assert.deepEqual(parseKeyIdentifier(`${vault}/keys/audit/${version}`), {
      kid: `${vault}/keys/audit/${version}`,
      vault,
      name: 'audit',
      version,
    });
    assert.equal(parseKeyIdentifier(`${vault}/keys/audit`)?.version, undefined);
    assert.equal(parseKeyIdentifier(`https://Contoso.vault.azure.net/keys/a/${version}`)?.vault, vault);
  });

  test('is nothing else', () => {
    for (const wrong of [
      `http://contoso.vault.azure.net/keys/audit/${version}`,
      `https://contoso.vault.azure.net/secrets/audit/${version}`,
      `https://contoso.vault.azure.net/keys/audit/${version}/sign`,
      `https://contoso.vault.azure.net/keys/audit/${version}?x=1`,
      `https://contoso.vault.azure.net/keys/audit/${version}#x`,
      `https://user:secret@contoso.vault.azure.net/keys/audit/${version}`,
      'https://contoso.vault.azure.net/keys/audit/latest',
      'https://contoso.vault.azure.net/keys/',
      'https:///keys/audit',
      'https://[x]/keys/audit',
      '',
    ]) {
      assert.equal(parseKeyIdentifier(wrong), undefined, wrong);
    }
  });
});

describe('a credential', () => {
  const key = () => vault.create('login');
  const environment = () => ({ ...vault.identity, AZURE_AUTHORITY_HOST: vault.url, WRIT_TEST_SECRET: vault.secret });

  /** The SDK reads its environment itself. */
  async function signsBy(config: Omit<KeyVaultConfig, 'key'>, more: NodeJS.ProcessEnv = {}): Promise<void> {
    const kept = { ...process.env };
    Object.assign(process.env, environment(), more);
    try {
      const kid = key();
      const opened = vaultKey(kid, await openCredential({ key: kid, ...config }, process.env));
      const signer = await keyVaultSigner(opened, await fetchPublicKey(opened, undefined, 0));
      await signVerified(signer, text, soon());
    } finally {
      for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name];
      Object.assign(process.env, kept);
    }
  }

  test('of a managed identity', () => signsBy({ credential: 'managed_identity' }));

  test('of a service principal, its secret from the environment', async () => {
    const who = { client_id: vault.clientId, tenant_id: vault.tenant };
    const config = { credential: 'service_principal', ...who } as const;
    await signsBy({ ...config, client_secret: '$' + '{env:WRIT_TEST_SECRET}' });
    const wrong = signsBy(
      { ...config, client_secret: '$' + '{env:WRIT_TEST_WRONG}' },
      { WRIT_TEST_WRONG: 's3cr3t-canary' },
    );
    await assert.rejects(wrong, (error: Error & { code?: string }) => {
      assert.equal(error.code, 'WRIT_KEY_UNAVAILABLE');
      assert.match(error.message, /No token for the vault could be had/);
      assert.ok(!error.message.includes('canary'));
      return true;
    });
    await assert.rejects(signsBy({ ...config, client_secret: '$' + '{env:WRIT_TEST_ABSENT}' }), {
      code: 'WRIT_CONFIG_INVALID',
    });
  });

  test('of a workload, by its federated token', async () => {
    writeFileSync(join(folder, 'token'), 'federated-token');
    const who = { client_id: vault.clientId, tenant_id: vault.tenant };
    await signsBy({ credential: 'workload_identity', ...who, token_file: join(folder, 'token') });
    const surroundings = {
      AZURE_CLIENT_ID: vault.clientId,
      AZURE_TENANT_ID: vault.tenant,
      AZURE_FEDERATED_TOKEN_FILE: join(folder, 'token'),
    };
    await signsBy({ credential: 'workload_identity' }, surroundings);
    await assert.rejects(signsBy({ credential: 'workload_identity' }), { code: 'WRIT_CONFIG_INVALID' });
  });

  test('of whoever is logged in with the command line', async () => {
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    const answer = JSON.stringify({
      accessToken: vault.token(),
      expiresOn: expires,
      expires_on: Date.now() / 1000 + 3600,
    });
    writeFileSync(join(folder, 'az'), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o755 });
    await signsBy({ credential: 'cli' }, { PATH: `${folder}${delimiter}${process.env.PATH}` });
  });
});
