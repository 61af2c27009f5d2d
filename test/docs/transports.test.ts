import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { readConfig } from '../../proxy/config/load.ts';

const page = readFileSync(new URL('../../docs/transports.md', import.meta.url), 'utf8');
const snippets = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml = '']) => yaml);

const rest = `gateway: { name: edge-1, listen: 127.0.0.1:8080 }
identity: { issuers: [{ issuer: https://login.example, audiences: [api://writ] }] }
policy: { bundle: bundle.tar.gz }
audit: { directory: d, origin: o, signer: { key_file: k }, master_key_file: m }
`;

describe('docs/transports.md', () => {
  test('shows a configuration for each way that needs one', () => {
    const servers = snippets.map((yaml) => Object.values(readConfig(rest + yaml, '/etc/writ/writ.yaml').servers)[0]);
    assert.deepEqual(
      servers.map((server) => [server?.transport, server?.command?.[0]]),
      [
        [undefined, 'node'],
        ['sse', undefined],
      ],
    );
  });
});
