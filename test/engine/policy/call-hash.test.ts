import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { type CallIdentity, callHash } from '../../../engine/policy/call-hash.ts';

const call: CallIdentity = {
  tenant: 'default',
  subject: 'u-1',
  server: 'crm',
  method: 'tools/call',
  name: 'customers.export',
  arguments: { id: 'C-1001', fields: ['b', 'a'] },
};

test('a call is hashed in its canonical form', () => {
  const form =
    '{"arguments":{"fields":["b","a"],"id":"C-1001"},"method":"tools/call","name":"customers.export","server":"crm","subject":"u-1","tenant":"default"}';
  assert.equal(callHash(call), createHash('sha256').update(form).digest('hex'));
});

test('the order of arguments does not matter, and nothing but the six fields does', () => {
  const same = { ...call, arguments: { fields: ['b', 'a'], id: 'C-1001' }, _meta: { progressToken: 1 } };
  assert.equal(callHash(same), callHash(call));
});

test('any other caller, server, method, name or argument is another call', () => {
  const others: Partial<CallIdentity>[] = [
    { tenant: 'other' },
    { subject: 'u-2' },
    { server: 'hr' },
    { method: 'prompts/get' },
    { name: 'customers.delete' },
    { name: null },
    { arguments: { id: 'C-1001', fields: ['a', 'b'] } },
    { arguments: {} },
    { arguments: null },
  ];
  const hashes = [{}, ...others].map((change) => callHash({ ...call, ...change }));
  assert.equal(new Set(hashes).size, hashes.length);
});
