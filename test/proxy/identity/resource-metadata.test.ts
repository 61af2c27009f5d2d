import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { challenge, metadataServer, metadataUrl, resourceMetadata } from '../../../proxy/identity/resource-metadata.ts';

const identity = {
  issuers: [
    { issuer: 'https://login.example/a', audiences: ['x'], tenant: 'default' },
    { issuer: 'https://login.example/b', audiences: ['y'], tenant: 'default' },
  ],
  anonymous: 'deny' as const,
};

describe('resource metadata (RFC 9728)', () => {
  const addresses: [string, string, string][] = [
    [
      'https://mcp.example.com',
      'https://mcp.example.com/crm/mcp',
      'https://mcp.example.com/.well-known/oauth-protected-resource/crm/mcp',
    ],
    [
      'https://mcp.example.com/',
      'https://mcp.example.com/crm/mcp',
      'https://mcp.example.com/.well-known/oauth-protected-resource/crm/mcp',
    ],
    [
      'https://example.com:8443/gateways/one',
      'https://example.com:8443/gateways/one/crm/mcp',
      'https://example.com:8443/.well-known/oauth-protected-resource/gateways/one/crm/mcp',
    ],
    [
      'https://example.com/gateways/one/',
      'https://example.com/gateways/one/crm/mcp',
      'https://example.com/.well-known/oauth-protected-resource/gateways/one/crm/mcp',
    ],
    [
      'http://[::1]:8080',
      'http://[::1]:8080/crm/mcp',
      'http://[::1]:8080/.well-known/oauth-protected-resource/crm/mcp',
    ],
  ];
  for (const [publicUrl, resource, metadata] of addresses) {
    test(`of a server below ${publicUrl}`, () => {
      assert.equal(metadataUrl(publicUrl, 'crm'), metadata);
      assert.equal(metadataServer(new URL(metadata).pathname, publicUrl), 'crm');
      assert.deepEqual(resourceMetadata(publicUrl, 'crm', identity), {
        resource,
        authorization_servers: ['https://login.example/a', 'https://login.example/b'],
        bearer_methods_supported: ['header'],
      });
    });
  }

  test('lie at no other path', () => {
    for (const path of [
      '/',
      '/crm/mcp',
      '/.well-known/oauth-protected-resource',
      '/.well-known/oauth-protected-resource/crm',
      '/.well-known/oauth-protected-resource/crm/mcp/',
      '/.well-known/oauth-protected-resource/crm/mcp/more',
      '/.WELL-KNOWN/oauth-protected-resource/crm/mcp',
      '//.well-known/oauth-protected-resource/crm/mcp',
      '/.well-known/oauth-authorization-server/crm/mcp',
    ])
      assert.equal(metadataServer(path, 'https://mcp.example.com'), undefined, path);
    const below = '/.well-known/oauth-protected-resource/crm/mcp';
    assert.equal(metadataServer(below, 'https://example.com/gateway'), undefined);
  });

  test('name no server where the path has none', () => {
    assert.equal(metadataServer('/.well-known/oauth-protected-resource//mcp', 'https://mcp.example.com'), '');
    assert.equal(metadataServer('/.well-known/oauth-protected-resource/mcp', 'https://mcp.example.com'), '');
  });
});

describe('the challenge of a 401', () => {
  const metadata = 'resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/crm/mcp"';

  test('names the metadata, and no error where no token was sent (RFC 6750 section 3)', () => {
    assert.equal(challenge('https://mcp.example.com', 'crm', false), `Bearer ${metadata}`);
  });

  test('says that a token was not acceptable', () => {
    assert.equal(challenge('https://mcp.example.com', 'crm', true), `Bearer error="invalid_token", ${metadata}`);
  });
});
