import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SourceError } from '../../../engine/yaml/source-error.ts';
import { readConfig } from '../../../proxy/config/load.ts';

const masking = (masking?: object) =>
  readConfig(
    JSON.stringify({
      gateway: { name: 'edge-1', listen: '127.0.0.1:0' },
      identity: { issuers: [{ issuer: 'https://login.example/v2.0', audiences: ['api://writ'] }] },
      servers: { crm: { url: 'http://127.0.0.1:9000/mcp' } },
      policy: { bundle: 'b.tar.gz' },
      audit: { directory: 'a', origin: 'o', signer: { key_file: 'k' }, master_key_file: 'm' },
      ...(masking && { masking }),
    }),
    '/etc/writ/writ.yaml',
  ).masking;
const url = 'http://127.0.0.1:3000';

test('Presidio is off unless it has a URL, and has defaults', () => {
  assert.equal(masking().presidio, undefined);
  assert.equal(masking({ regions: ['SE'] }).presidio, undefined);
  const { presidio } = masking({ presidio: { url } });
  assert.deepEqual({ ...presidio }, { url, language: 'en', score_threshold: 0.5, timeout: 2_000 });
  assert.equal(masking({ presidio: { url, timeout: '250ms' } }).presidio?.timeout, 250);
  assert.deepEqual(masking({ presidio: { url, entities: ['PERSON'] } }).presidio?.entities, ['PERSON']);
});

test('what it cannot be is refused', () => {
  const wrong: object[] = [
    {},
    { url: 'ftp://127.0.0.1' },
    { url: 'http://user:secret@127.0.0.1:3000' },
    { url: `${url}?x=1` },
    { url, language: 'English' },
    { url, score_threshold: 1.1 },
    { url, timeout: '0s' },
    { url, timeout: '2' },
    { url, timeout: '5m' },
    { url, entities: [] },
    { url, entities: ['person'] },
    { url, fail: 'open' },
  ];
  for (const presidio of wrong) assert.throws(() => masking({ presidio }), SourceError, JSON.stringify(presidio));
});
