import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';

const asked: string[] = [];
registerHooks({
  resolve(specifier, context, next) {
    asked.push(specifier);
    return next(specifier, context);
  },
});
const azure = () => asked.filter((specifier) => specifier.startsWith('@azure/'));

test('a gateway with a key in a file runs without the Azure SDK', async () => {
  const { openGateway } = await import('../../support/gateway.ts');
  const gateway = await openGateway();
  try {
    assert.equal((await gateway.call('open')).last.error, undefined);
  } finally {
    await gateway.close();
  }
  assert.ok(asked.some((specifier) => specifier.endsWith('/key-vault/open-signers.ts')));
  assert.deepEqual(azure(), []);

  // The same look sees it where it is loaded.
  const { openCredential } = await import('../../../proxy/key-vault/credential.ts');
  await openCredential({ key: 'https://vault.example/keys/audit', credential: 'managed_identity' }, {});
  assert.ok(azure().includes('@azure/identity'));
});
