import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { joinId, joinName, joinUri } from '../../proxy/combined/names.ts';
import { readConfig } from '../../proxy/config/load.ts';

const page = readFileSync(new URL('../../docs/combined.md', import.meta.url), 'utf8');

test('the configuration on the page is one', () => {
  const [, gateway = ''] = /```yaml\n([^`]*)```/.exec(page) ?? [];
  const rest = 'identity: { issuers: [] }\nservers: { crm: { url: "http://127.0.0.1:1" } }\npolicy: { bundle: b }\n';
  const audit = 'audit: { directory: a, origin: edge-1.example.com, signer: { key_file: k }, master_key_file: m }\n';
  assert.equal(readConfig(gateway + rest + audit, '/etc/writ/writ.yaml').gateway.combined, true);
});

test('names on the page are those of the gateway', () => {
  const said = [joinName('crm', 'customers.lookup'), joinUri('crm', 'file:///a'), joinUri('crm', 'file:///{path}')];
  said.push(JSON.stringify(joinId('crm', 1)), JSON.stringify(joinId('crm', '1')), joinUri('my_crm', 'file:///a'));
  for (const name of said) assert.ok(page.includes(`\`${name}\``), name);
});
