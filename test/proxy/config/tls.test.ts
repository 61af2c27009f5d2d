import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SourceError } from '../../../engine/yaml/source-error.ts';
import { readConfig } from '../../../proxy/config/load.ts';

/** A configuration with these keys of the gateway and of its one server. */
const read = (gateway: object, server: object = {}) =>
  readConfig(
    JSON.stringify({
      gateway: { name: 'edge-1', listen: '127.0.0.1:8443', ...gateway },
      identity: { issuers: [{ issuer: 'https://login.example/a', audiences: ['api://writ'] }] },
      servers: { crm: { url: 'https://crm.example/mcp', ...server } },
      policy: { bundle: 'bundle.tar.gz' },
      audit: { directory: 'a', origin: 'edge-1.example.com', signer: { key_file: 'k' }, master_key_file: 'm' },
    }),
    '/etc/writ/writ.yaml',
  );

describe('TLS', () => {
  test('is off unless told', () => {
    assert.equal(read({}).gateway.tls, undefined);
    assert.equal('tls' in read({}).gateway, false);
  });

  test('takes files that count from that of the configuration', () => {
    const tls = { cert_file: 'tls/chain.pem', key_file: '/run/key.pem', client_ca_file: '../callers.pem' };
    assert.deepEqual(read({ tls }).gateway.tls, {
      cert_file: '/etc/writ/tls/chain.pem',
      key_file: '/run/key.pem',
      client_ca_file: '/etc/callers.pem',
    });
    const { client_ca_file: _, ...pair } = tls;
    assert.equal('client_ca_file' in (read({ tls: pair }).gateway.tls ?? {}), false);
    assert.equal(read({}, { ca_file: 'crm.pem' }).servers.crm?.ca_file, '/etc/writ/crm.pem');
  });

  for (const [wrong, tls] of Object.entries({
    'no key': { cert_file: 'a' },
    'no certificate': { key_file: 'a' },
    'an empty path': { cert_file: '', key_file: 'a' },
    'a key of another kind': { cert_file: 'a', key_file: 'b', min_version: 'TLSv1' },
    'authorities alone': { client_ca_file: 'a' },
    nothing: null,
  }))
    test(`with ${wrong} is a mistake`, () => assert.throws(() => read({ tls }), SourceError));
});
