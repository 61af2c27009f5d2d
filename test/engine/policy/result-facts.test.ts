import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixtureInput } from '../../../engine/fixtures/input.ts';
import type { JsonObject } from '../../../engine/json/types.ts';
import { readsResults, resultFacts } from '../../../engine/policy/result-facts.ts';
import type { BuildData } from '../../../engine/policy/types.ts';

const input = fixtureInput({
  identity: { kind: 'human' },
  call: { server: 'crm', method: 'tools/call', tool: 'customers.search' },
  expect: { effect: 'allow' },
});
const catalogue = {
  crm: { 'customers.search': { action: 'read', holds: {}, facts: { subjects: '$.customers[*].id' } } },
};

test('facts are what the catalogue names, and the shape of the result', () => {
  const content = ['b/x', 'a/x', 'b/x'].map((mimeType) => ({ type: 'resource_link', uri: 'x:y', mimeType }));
  const structuredContent = { customers: [{ id: 'C-1001' }, { id: 'C-1002' }] };
  assert.deepEqual(resultFacts(catalogue, input, { isError: true, content, structuredContent }, 99), {
    is_error: true,
    bytes: 99,
    mime_types: ['a/x', 'b/x'],
    facts: { subjects: ['C-1001', 'C-1002'] },
  });
});

test('facts come from text that is JSON too, and once from what a server says twice', () => {
  const structuredContent = { customers: [{ id: 'C-1001' }] };
  const text = (value: object) => ({ type: 'text', text: JSON.stringify(value, null, 2) });
  const more = { customers: [{ id: 'C-1002' }, { id: 9007199254740992 }] };
  const content = [
    text(structuredContent),
    text(more),
    { type: 'text', text: '{"customers":' },
    { type: 'text', text: 'C-1003' },
    7,
  ];
  const facts = (result: JsonObject) => resultFacts(catalogue, input, result, 9).facts;
  assert.deepEqual(facts({ content, structuredContent }), { subjects: ['C-1001', 'C-1002', 9007199254740992] });
  assert.deepEqual(facts({ content }), { subjects: ['C-1001', 'C-1002', 9007199254740992] });
});

test('facts of a task are those of what the call came to', () => {
  const result = {
    structuredContent: { customers: [{ id: 'C-1001' }] },
    content: [{ type: 'image', mimeType: 'image/png', data: '' }],
    isError: true,
  };
  const task = { resultType: 'complete', taskId: 't-1', status: 'completed', result };
  const facts = { is_error: true, bytes: 9, mime_types: ['image/png'], facts: { subjects: ['C-1001'] } };
  assert.deepEqual(resultFacts(catalogue, input, task, 9), facts);
  // Beside the task, too: whatever the server calls it.
  assert.deepEqual(
    resultFacts(catalogue, input, { ...task, structuredContent: { customers: [{ id: 'C-1002' }] } }, 9),
    {
      ...facts,
      facts: { subjects: ['C-1002', 'C-1001'] },
    },
  );
});

test('a result without the values still has the fact, empty', () => {
  const facts = { is_error: false, bytes: 2, mime_types: [], facts: { subjects: [] } };
  assert.deepEqual(resultFacts(catalogue, input, {}, 2), facts);
  assert.deepEqual(resultFacts({}, input, {}, 2), { ...facts, facts: {} });
});

test('results are looked at where a pack of the server, or of all servers, reads them', () => {
  const build = (result_packs: BuildData['result_packs']): BuildData => {
    return { contract: 1, packs: {}, result_packs, reads: {}, rules: {}, inputs: [], arguments: {}, tools: {} };
  };
  assert.equal(readsResults(build({ crm: ['gdpr'] }), 'crm'), true);
  assert.equal(readsResults(build({ crm: ['gdpr'] }), 'files'), false);
  assert.equal(readsResults(build({ '*': ['gdpr'] }), 'files'), true);
  assert.equal(readsResults(build({ '*': ['gdpr'], crm: [] }), 'crm'), false);
  assert.equal(readsResults(build({}), 'constructor'), false);
});
