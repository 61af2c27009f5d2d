import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import type { Json } from '../../../engine/json/types.ts';
import { mask, resultOf } from './support.ts';

const email = 'anna.example@example.com';
const contact = [mask('$.email', 'partial')];
const record = JSON.stringify({ id: 'C-1001', email, note: `Write to ${email}` });
const shownRecord = '{"id":"C-1001","email":"a***@masked.invalid","note":"Write to a***@masked.invalid"}';
const withheld = (what: string) => `[withheld by policy: ${what} that cannot be masked]`;
const uri = 'crm://customers/C-1001';

function refused(result: Json, method: string): void {
  assert.throws(
    () => resultOf(result, contact, method),
    (error) => error instanceof WritError && error.code === 'WRIT_MASK_FAILED' && !error.message.includes('anna'),
    `${method} ${JSON.stringify(result)}`,
  );
}

test('without a mask a result is shown as it is, whatever its method', () => {
  const arguments_ = [mask('$.email', 'redact', { on: 'arguments' })];
  for (const method of ['resources/read', 'prompts/get', 'tasks/get', 'customers/dump'])
    assert.deepEqual(resultOf({ email }, arguments_, method).value, { email });
});

test('of a resource JSON is masked, and what masks cannot look into is withheld', () => {
  const masked = resultOf(
    {
      contents: [
        { uri, mimeType: 'application/json', text: record },
        { uri, mimeType: 'text/plain', text: `A letter to ${email} and to Ben Example.` },
        { uri, mimeType: 'image/png', blob: 'QW5uYQ==' },
        { uri, text: '{"email":"x","email":"anna.example@example.com"}' },
        { uri, mimeType: email, text: '[]', _meta: { of: email } },
        { uri },
      ],
      resultType: 'complete',
      ttlMs: 5000,
      cacheScope: 'public',
      _meta: { of: email },
    },
    contact,
    'resources/read',
    { uri },
  );
  assert.deepEqual(masked.value, {
    resultType: 'complete',
    ttlMs: 5000,
    cacheScope: 'private',
    contents: [
      { uri, mimeType: 'application/json', text: shownRecord },
      { uri, mimeType: 'text/plain', text: withheld('text') },
      { uri, mimeType: 'text/plain', text: withheld('blob') },
      { uri, mimeType: 'text/plain', text: withheld('text') },
      { uri, text: '[]' },
      { uri, mimeType: 'text/plain', text: withheld('text') },
    ],
  });
  assert.equal(masked.withheld, 7);
});

test('prose beside JSON of a resource is another document, and withheld', () => {
  const contents = [
    { uri, text: record },
    { uri, text: 'The other customer is Ben Example.' },
  ];
  const { text } = resultOf({ contents }, contact, 'resources/read', { uri });
  assert.ok(!text.includes('Ben'));
});

test('of the URIs of a resource only the one that was asked for is shown', () => {
  const contents = [
    { uri, text: '{}' },
    { uri: `crm://customers/${email}`, text: '{}' },
    { uri: `${uri}/`, blob: '' },
  ];
  const shown = resultOf({ contents }, contact, 'resources/read', { uri });
  assert.deepEqual(shown.value, {
    contents: [
      { uri, text: '{}' },
      { uri: 'withheld:by-policy', text: '{}' },
      { uri: 'withheld:by-policy', mimeType: 'text/plain', text: withheld('blob') },
    ],
  });
  assert.equal(shown.withheld, 3);
  assert.ok(!resultOf({ contents }, contact, 'resources/read').text.includes('crm:'));
});

test('number texts of a resource are kept', () => {
  const text = `{"ttlMs":60000.0,"contents":[{"uri":"${uri}","text":"{\\"n\\":1.0}"}]}`;
  assert.equal(resultOf(text, contact, 'resources/read', { uri }).text, text);
});

test('of a prompt JSON is masked, and all other texts are withheld', () => {
  const masked = resultOf(
    {
      description: `About ${email}`,
      messages: [
        { role: 'user', content: { type: 'text', text: record } },
        { role: 'assistant', content: { type: 'text', text: `Dear ${email}` } },
        { role: 'user', content: { type: 'resource', resource: { uri, text: record } }, name: email },
        { role: 'user', content: [{ type: 'text', text: record }] },
        { role: 'user' },
      ],
    },
    contact,
    'prompts/get',
  );
  const text = (what: string) => ({ type: 'text', text: what });
  assert.deepEqual(masked.value, {
    messages: [
      { role: 'user', content: text(shownRecord) },
      { role: 'assistant', content: text(withheld('text')) },
      { role: 'user', content: text(withheld('resource')) },
      { role: 'user', content: text(withheld('content')) },
      { role: 'user', content: text(withheld('content')) },
    ],
  });
  assert.equal(masked.withheld, 6);
});

test('of a completion only the counts are shown', () => {
  const completion = { values: [email, 'b'], total: 2.0, hasMore: true, why: email };
  const masked = resultOf({ completion, resultType: 'complete', _meta: {} }, contact, 'completion/complete');
  assert.deepEqual(masked.value, { resultType: 'complete', completion: { total: 2, hasMore: true, values: [] } });
  assert.equal(masked.withheld, 4);
  const odd = resultOf({ completion: { values: [], total: email, hasMore: email } }, contact, 'completion/complete');
  assert.deepEqual(odd.value, { completion: { values: [] } });
});

const state = {
  taskId: 't-1',
  status: 'completed',
  createdAt: '2026-11-22T16:39:00Z',
  lastUpdatedAt: '2026-11-22T16:40:00.123Z',
};
const answer = { content: [{ type: 'text', text: record }], isError: false };
const shownAnswer = { content: [{ type: 'text', text: shownRecord }], isError: false };

test('a call that is answered by a task shows how that stands, and no word of the server', () => {
  const modern = { resultType: 'task', ...state, ttlMs: null, pollIntervalMs: 500, statusMessage: `Asks ${email}` };
  assert.deepEqual(resultOf(modern, contact).value, { resultType: 'task', ...state, ttlMs: null, pollIntervalMs: 500 });
  const task = { ...state, ttl: 60000, pollInterval: 5, statusMessage: email };
  const legacy = resultOf({ task, _meta: { 'io.modelcontextprotocol/model-immediate-response': email } }, contact);
  assert.deepEqual(legacy.value, { task: { ...state, ttl: 60000, pollInterval: 5 } });
  assert.equal(legacy.withheld, 2);
  // What a tool answers beside a member of that name is its answer.
  assert.deepEqual(resultOf({ task, ...answer }, contact).value, shownAnswer);
});

test('tasks/result is masked as the result of the call, and names its task', () => {
  const related = { 'io.modelcontextprotocol/related-task': { taskId: 't-1', of: email } };
  const masked = resultOf({ ...answer, _meta: { ...related, of: email } }, contact, 'tasks/result');
  assert.deepEqual(masked.value, {
    ...shownAnswer,
    _meta: { 'io.modelcontextprotocol/related-task': { taskId: 't-1' } },
  });
  const read = resultOf({ contents: [{ uri, text: record }] }, contact, 'tasks/result', {
    uri,
    taskOf: 'resources/read',
  });
  assert.deepEqual(read.value, { contents: [{ uri, text: shownRecord }] });
});

test('tasks/get shows how the task stands and, masked, what the call came to', () => {
  const more = { resultType: 'complete', statusMessage: email, inputRequests: { a: { params: email } }, _meta: {} };
  const masked = resultOf({ ...state, ...more, ttlMs: 1, result: answer }, contact, 'tasks/get');
  assert.deepEqual(masked.value, { resultType: 'complete', ...state, ttlMs: 1, result: shownAnswer });
  assert.equal(masked.withheld, 3);
  const error = { code: -32602, message: email, data: email };
  const failed = resultOf({ ...state, status: 'failed', error }, contact, 'tasks/get');
  assert.deepEqual(failed.value, {
    ...state,
    status: 'failed',
    error: { code: -32602, message: 'The server answered with an error; its text is withheld by policy.' },
  });
});

test('times and states of a task that are none are left out or refused', () => {
  const odd = { ...state, createdAt: email, lastUpdatedAt: `2026-11-22 ${email}`, ttlMs: email };
  assert.deepEqual(resultOf(odd, contact, 'tasks/get').value, { taskId: 't-1', status: 'completed' });
  for (const method of ['tasks/get', 'tasks/cancel']) {
    refused({ ...state, status: email }, method);
    refused({ ...state, taskId: { email } }, method);
  }
  refused({ resultType: 'task', ...state, taskId: 7 }, 'tools/call');
  refused({ task: { status: 'working' } }, 'tools/call');
});

test('an acknowledgement says that and nothing else', () => {
  const said = { resultType: 'complete', message: email, _meta: { of: email } };
  for (const method of ['tasks/update', 'tasks/cancel'])
    assert.deepEqual(resultOf(said, contact, method).value, { resultType: 'complete' });
  const cancelled = { ...state, status: 'cancelled', statusMessage: email };
  assert.deepEqual(resultOf(cancelled, contact, 'tasks/cancel').value, { ...state, status: 'cancelled' });
});

test('results of another shape or method are refused', () => {
  const shapes: [string, Json][] = [
    ['resources/read', answer],
    ['resources/read', { contents: email }],
    ['resources/read', { contents: [email] }],
    ['resources/read', { contents: [{ text: record }] }],
    ['resources/read', { contents: [], resultType: 'input_required' }],
    ['resources/read', { resultType: 'task', ...state }],
    ['prompts/get', { messages: email }],
    ['prompts/get', { messages: [null] }],
    ['prompts/get', { messages: [{ role: email, content: { type: 'text', text: '{}' } }] }],
    ['prompts/get', { messages: [{ content: { type: 'text', text: '{}' } }] }],
    ['completion/complete', {}],
    ['completion/complete', { completion: { values: email } }],
    ['tasks/get', {}],
    ['tasks/get', { ...state, result: { email } }],
    ['tasks/get', { ...state, result: { ...answer, resultType: 'input_required' } }],
    ['tasks/get', { ...state, result: { resultType: 'task', ...state } }],
    ['tasks/result', { task: state }],
    ['tasks/list', { tasks: [] }],
    ['tools/list', { tools: [] }],
    ['sampling/createMessage', answer],
    ['customers/dump', answer],
    ['constructor', answer],
  ];
  for (const [method, shape] of shapes) refused(shape, method);
  for (const method of ['resources/read', 'prompts/get', 'completion/complete', 'tasks/get', 'tasks/update'])
    for (const value of [null, [email], 7, true]) refused(value, method);
});
