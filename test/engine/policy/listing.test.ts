import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtureInput } from '../../../engine/fixtures/input.ts';
import { prospective, visible } from '../../../engine/policy/listing.ts';

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
    visible(tools, 'name', () => true),
    [{ name: 'a' }],
  );
  assert.deepEqual(
    visible(tools, 'name', () => false),
    [],
  );
});

test('two resources of one URI are one under two descriptions, and both are shown', () => {
  const resources = [
    { uri: 'crm://a', name: 'one' },
    { uri: 'crm://a', name: 'another' },
    { uri: 'crm://b', name: 'one' },
    { name: 'without' },
    { uri: 7 },
  ];
  const asked: string[] = [];
  const shown = visible(resources, 'uri', (uri) => {
    asked.push(uri);
    return uri === 'crm://a';
  });
  assert.deepEqual(shown, resources.slice(0, 2));
  assert.deepEqual(asked, ['crm://a', 'crm://a', 'crm://b']);
  const templates = [{ uriTemplate: 'crm://{id}' }, { uriTemplate: 'hr://{id}' }, { uri: 'crm://a' }];
  assert.deepEqual(
    visible(templates, 'uriTemplate', (template) => template.startsWith('crm:')),
    templates.slice(0, 1),
  );
});

test('what every object inherits is no key of an item', () => {
  assert.deepEqual(
    visible([{}, {}], 'constructor', () => true),
    [],
  );
});
