import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peerOf, pipe } from '../../../proxy/telemetry/peer.ts';

test('a peer is a host and a port, and nothing else of a URL', () => {
  const peer = (address: string, port: number) => ({ transport: 'tcp', address, port });
  assert.deepEqual(peerOf('https://crm.internal/mcp?key=s3cret#x'), peer('crm.internal', 443));
  assert.deepEqual(peerOf('http://crm.internal'), peer('crm.internal', 80));
  assert.deepEqual(peerOf('http://[::1]:9000/alva.lind'), peer('[::1]', 9000));
  assert.deepEqual(pipe, { transport: 'pipe' });
});
