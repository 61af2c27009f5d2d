import assert from 'node:assert/strict';
import { generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { authenticator } from '../../../proxy/identity/authenticate.ts';

const directory = mkdtempSync(join(tmpdir(), 'writ-remembered-'));
after(() => rmSync(directory, { recursive: true }));

test('at most ten thousand tokens are remembered, and the oldest is forgotten first', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const file = join(directory, 'many.json');
  writeFileSync(file, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'k', alg: 'EdDSA' }] }));
  const config = { issuer: 'https://login.example/a', audiences: ['api://writ'], tenant: 'acme', jwks: file };
  const now = Date.now();
  const authenticate = authenticator({ issuers: [config], anonymous: 'deny' }, () => now);
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = encode({ alg: 'EdDSA', kid: 'k' });
  const claims = { iss: 'https://login.example/a', aud: 'api://writ', sub: 's', scp: 'x', exp: now / 1000 + 60 };
  const token = (jti: number) => {
    const signed = `${head}.${encode({ ...claims, jti })}`;
    return `Bearer ${signed}.${signBytes(null, Buffer.from(signed), privateKey).toString('base64url')}`;
  };
  const oldest = token(0);
  const second = token(1);
  await authenticate(oldest);
  await authenticate(second);
  for (let made = 2; made < 10_000; made += 100)
    await Promise.all(
      Array.from({ length: Math.min(100, 10_000 - made) }, (_, index) => authenticate(token(made + index))),
    );
  assert.equal(authenticate(oldest) instanceof Promise, false);
  await authenticate(token(10_000));
  assert.ok(authenticate(oldest) instanceof Promise);
  assert.equal(authenticate(second) instanceof Promise, false);
});
