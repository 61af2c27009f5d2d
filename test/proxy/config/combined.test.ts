import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConfig } from '../../../proxy/config/load.ts';

function configured(server: string, combined?: boolean) {
  const config = {
    gateway: { name: 'edge-1', listen: '127.0.0.1:0', ...(combined !== undefined && { combined }) },
    identity: { issuers: [] },
    servers: { crm: { url: 'http://127.0.0.1:1/mcp' }, [server]: { url: 'http://127.0.0.1:2/mcp' } },
    policy: { bundle: './bundle.tar.gz' },
    audit: {
      directory: './audit',
      origin: 'edge-1.example.com',
      signer: { key_file: './audit.pem' },
      master_key_file: './master.key',
    },
  };
  return () => readConfig(JSON.stringify(config), '/etc/writ/writ.yaml').gateway.combined;
}

test('servers share an address besides their own, unless told otherwise', () => {
  assert.equal(configured('hr')(), true);
  assert.equal(configured('hr', true)(), true);
  assert.equal(configured('hr', false)(), false);
});

test('where servers share an address their names can be told from what they offer', () => {
  for (const name of ['my_crm', 'crm-2', 'crm_2', 'a'.repeat(63)]) assert.equal(configured(name, true)(), true);
  for (const name of ['crm__hr', 'crm_', 'crm__', '2crm', '0']) {
    assert.throws(configured(name, true), { code: 'WRIT_CONFIG_INVALID', message: /must begin with a letter/ });
    assert.equal(configured(name)(), false);
  }
});
