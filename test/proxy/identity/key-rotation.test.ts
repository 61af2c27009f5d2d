import assert from 'node:assert/strict';
import { after, mock, test } from 'node:test';
import { authenticator } from '../../../proxy/identity/authenticate.ts';
import { keysPath, startStubIssuer } from '../../support/stub-issuer.ts';

const issuer = await startStubIssuer();
after(() => issuer.close());
// The key sets look at the clock of the process.
mock.timers.enable({ apis: ['Date'], now: Date.now() });
const minute = 60_000;

test('a key the issuer adds is found, asking at most every five minutes', async () => {
  const config = { issuer: issuer.issuer, audiences: ['api://writ'], tenant: 'acme', jwks: issuer.jwksUri };
  const gateway = authenticator({ issuers: [config], anonymous: 'deny' }, Date.now);
  const authenticate = async (token: string) => gateway(`Bearer ${token}`);
  const invalid = { code: 'WRIT_TOKEN_INVALID' };

  await authenticate(await issuer.sign());
  assert.equal(issuer.asked.length, 1);

  await issuer.rotate();
  await assert.rejects(authenticate(await issuer.sign()), invalid);
  for (const kid of ['a', 'b', 'c']) await assert.rejects(authenticate(await issuer.sign({}, kid)), invalid);
  assert.equal(issuer.asked.length, 1);

  mock.timers.tick(5 * minute + 1);
  await authenticate(await issuer.sign());
  assert.equal(issuer.asked.length, 2);
});

test('a key the issuer withdraws is refused within the hour and a minute', async () => {
  const config = { issuer: issuer.issuer, audiences: ['api://writ'], tenant: 'acme' };
  const gateway = authenticator({ issuers: [config], anonymous: 'deny' }, Date.now);
  const authenticate = async (token: string) => gateway(`Bearer ${token}`);
  const token = await issuer.sign({ exp: Math.floor(Date.now() / 1000) + 7200 });
  await authenticate(token);
  issuer.documents.set(keysPath, { keys: [] });
  mock.timers.tick(61 * minute);
  await assert.rejects(authenticate(token), { code: 'WRIT_TOKEN_INVALID' });
});
