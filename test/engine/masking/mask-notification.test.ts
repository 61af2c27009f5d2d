import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '../../../engine/json/parse.ts';
import { serialize } from '../../../engine/json/serialize.ts';
import { isObject, type Json, type JsonObject } from '../../../engine/json/types.ts';
import { maskNotification } from '../../../engine/masking/mask-notification.ts';

const said = 'anna.example@example.com';

/** What is shown of params, as text; undefined where nothing is. */
function shown(params: JsonObject, method: string): Json | undefined {
  const text = JSON.stringify(params);
  const { value, numbers } = parse(Buffer.from(text), { direction: 'to-client' });
  assert.ok(isObject(value));
  const kept = maskNotification(value, `notifications/${method}`, numbers);
  assert.equal(serialize({ value, numbers }), text);
  return kept === undefined ? undefined : JSON.parse(serialize({ value: kept, numbers }));
}

const task = { taskId: 't-1', status: 'working', createdAt: '2026-11-22T16:39:00Z', ttl: 5 };

const forms: Record<string, [given: JsonObject, kept: JsonObject]> = {
  progress: [
    { progressToken: 7, progress: 1, total: 2, message: said, of: said },
    { progressToken: 7, progress: 1, total: 2 },
  ],
  message: [
    { level: 'info', logger: said, data: { said } },
    { level: 'info', data: '[withheld by policy: data that cannot be masked]' },
  ],
  cancelled: [{ requestId: 's-1', reason: said }, { requestId: 's-1' }],
  'tools/list_changed': [{ said }, {}],
  'prompts/list_changed': [{}, {}],
  'resources/list_changed': [{ said }, {}],
  'elicitation/complete': [{ elicitationId: 'e-1', said }, { elicitationId: 'e-1' }],
  'tasks/status': [{ ...task, statusMessage: said }, task],
  'subscriptions/acknowledged': [
    {
      notifications: {
        toolsListChanged: true,
        resourceSubscriptions: [said],
        taskIds: [said],
        promptsListChanged: said,
      },
    },
    { notifications: { toolsListChanged: true } },
  ],
};

for (const [method, [given, kept]] of Object.entries(forms)) {
  test(`of notifications/${method} no word of the server is shown`, () => {
    assert.deepEqual(shown(given, method), kept);
    const _meta = {
      'io.modelcontextprotocol/subscriptionId': 3,
      'io.modelcontextprotocol/related-task': { taskId: 't-1', said },
      said,
      progressToken: said,
    };
    assert.deepEqual(shown({ ...given, _meta }, method), {
      ...kept,
      _meta: {
        'io.modelcontextprotocol/subscriptionId': 3,
        'io.modelcontextprotocol/related-task': { taskId: 't-1' },
      },
    });
    for (const none of [said, [said], { said }, { 'io.modelcontextprotocol/subscriptionId': { said } }])
      assert.deepEqual(shown({ ...given, _meta: none }, method), kept);
  });
}

test('what nobody knows, or may be made of somebody’s data, is not shown at all', () => {
  for (const method of ['resources/updated', 'tasks', 'customers', 'initialized', '', 'PROGRESS'])
    assert.equal(shown({ uri: `crm://${said}`, ...task }, method), undefined, method);
  assert.equal(maskNotification({}, 'constructor'), undefined);
});

test('what is not of the form of its method is not shown', () => {
  const odd: [string, JsonObject][] = [
    ['progress', { progressToken: 1 }],
    ['progress', { progress: 1 }],
    ['progress', { progressToken: { said }, progress: 1 }],
    ['progress', { progressToken: 1, progress: said }],
    ['message', { level: said, data: 1 }],
    ['message', { data: 1 }],
    ['elicitation/complete', { elicitationId: { said } }],
    ['subscriptions/acknowledged', { notifications: [said] }],
    ['tasks/status', { status: 'working' }],
    ['tasks/status', { ...task, status: said }],
  ];
  for (const [method, params] of odd) assert.equal(shown(params, method), undefined, method);
  assert.deepEqual(shown({ requestId: [said] }, 'cancelled'), {});
});

test('numbers keep their texts', () => {
  const { value, numbers } = parse(
    Buffer.from('{"progressToken":9007199254740993,"progress":1.0,"total":1e2,"message":"a"}'),
    { direction: 'to-client' },
  );
  assert.ok(isObject(value));
  const kept = maskNotification(value, 'notifications/progress', numbers);
  assert.ok(kept !== undefined);
  assert.equal(serialize({ value: kept, numbers }), '{"progressToken":9007199254740993,"progress":1.0,"total":1e2}');
});
