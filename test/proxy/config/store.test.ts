import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../engine/yaml/source-error.ts';
import { readConfig } from '../../../proxy/config/load.ts';
import { storeFileOf } from '../../../proxy/store/open-config.ts';

const config = (line = '') => `gateway: { name: edge-1, listen: 127.0.0.1:8080 }
identity: { issuers: [] }
servers: { crm: { url: http://127.0.0.1:9000/mcp } }
policy: { bundle: bundle.tar.gz }
audit: { directory: data/audit, origin: edge.example, signer: { key_file: k }, master_key_file: m }
${line}
`;
const fileOf = (line?: string) => storeFileOf(readConfig(config(line), '/etc/writ/writ.yaml'));

describe('the store', () => {
  test('is beside the log unless it is named, relative to the configuration', () => {
    assert.equal(fileOf(), '/etc/writ/data/writ.db');
    assert.equal(fileOf('store: sqlite:../shared/w.db'), '/etc/shared/w.db');
    assert.equal(fileOf('store: sqlite:/var/lib/writ.db'), '/var/lib/writ.db');
  });

  for (const value of ['postgres://db/writ', 'writ.db', 'sqlite:', 'sqlite:w.db?mode=memory', '7'])
    test(`is not ${value}`, () => {
      assert.throws(
        () => fileOf(`store: ${value}`),
        (error: Error) => error instanceof SourceError && error.diagnostics.some(({ row }) => row === 6),
      );
    });
});
