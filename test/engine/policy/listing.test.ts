import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtureInput } from '../../../engine/fixtures/input.ts';
import { prospective, visibleTools } from '../../../engine/policy/listing.ts';

test('a prospective call has nothing that only a call has', () => {
  const input = fixtureInput({
    identity: { kind: 'human' },
    call: { server: 'crm', method: 'tools/call', tool: 'customers.export', arguments: { id: 'C-1001' } },
    approval: { approved_by: [{ id: 'officer', memberships: ['group:privacy-officer'] }] },
    expect: { effect: 'allow' },
  });
  const asked = prospective(input, 'tools/call', { tool: 'health.notes' }, null);
  assert.deepEqual(asked, {
    ...input,
    call: { id: 'fixture', direction: 'to-server', method: 'tools/call', listing: true, tool: 'health.notes' },
    tool: null,
    approval: null,
  });
});

test('two tools of one name are both hidden, and so is what has no name', () => {
  const tools = [
    { name: 'a' },
    { name: 'b', title: 'first' },
    { name: 'b', title: 'second' },
    { title: 'c' },
    null,
    'd',
  ];
  assert.deepEqual(
    visibleTools(tools, () => true),
    [{ name: 'a' }],
  );
  assert.deepEqual(
    visibleTools(tools, () => false),
    [],
  );
});
