import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeenCall } from '../../../engine/fixtures/record/session.ts';
import { Conversation } from '../../../proxy/tap/conversation.ts';

function begin() {
  const calls: SeenCall[] = [];
  const conversation = new Conversation((call) => calls.push(call));
  const bytes = (message: unknown) => Buffer.from(typeof message === 'string' ? message : JSON.stringify(message));
  return {
    conversation,
    tools: () => calls.map(({ params, result }) => `${params.name}: ${JSON.stringify(result?.is)}`),
    calls,
    ask: (id: unknown, name: string, channel = 'a') =>
      conversation.fromClient(bytes({ jsonrpc: '2.0', id, method: 'tools/call', params: { name } }), channel),
    client: (message: unknown) => conversation.fromClient(bytes(message), 'a'),
    answer: (id: unknown, is: string, channel = 'a') =>
      conversation.fromServer(bytes({ jsonrpc: '2.0', id, result: { is } }), channel),
    server: (message: unknown) => conversation.fromServer(bytes(message), 'a'),
  };
}

test('calls are told in the order of the requests, whichever is answered first', () => {
  const { ask, answer, tools } = begin();
  ask(1, 'slow');
  ask(2, 'quick');
  answer(2, 'second');
  assert.deepEqual(tools(), []);
  answer(1, 'first');
  assert.deepEqual(tools(), ['slow: "first"', 'quick: "second"']);
});

test('what never comes holds nothing up for ever', () => {
  const { ask, answer, tools, conversation } = begin();
  const keys = ask(1, 'lost');
  ask(2, 'one');
  answer(2, 'answered');
  conversation.leave(keys);
  assert.deepEqual(tools(), ['one: "answered"']);
  ask(3, 'lost too');
  ask(4, 'last');
  answer(4, 'answered');
  conversation.close();
  assert.deepEqual(tools(), ['one: "answered"', 'last: "answered"']);
  answer(1, 'late, on another stream');
  assert.equal(tools().length, 3);
});

test('an id of one session is not that of another, 1 is not "1", and ids come again', () => {
  const { ask, answer, tools } = begin();
  ask(1, 'number', 'a');
  ask('1', 'text', 'a');
  ask(1, 'other', 'b');
  answer(1, 'b', 'b');
  answer('1', 'text', 'a');
  answer(1, 'number', 'a');
  ask(1, 'again', 'a');
  answer(1, 'again', 'a');
  assert.deepEqual(tools(), ['number: "number"', 'text: "text"', 'other: "b"', 'again: "again"']);
});

test('an answer nobody asked for, a batch, and what is no JSON', () => {
  const { answer, client, server, tools, conversation } = begin();
  answer(9, 'nobody asked');
  client([
    { id: 1, method: 'tools/call', params: { name: 'x' } },
    { id: 2, method: 'tools/call', params: { name: 'y' } },
  ]);
  server([
    { id: 1, result: { is: 1 } },
    { id: 2, result: { is: 2 } },
  ]);
  server('{');
  server('"text"');
  server('');
  assert.deepEqual(tools(), ['x: 1', 'y: 2']);
  assert.equal(conversation.unread, 1);
});

test('sessions are set up and searched out unrecorded; an error leaves a call without an answer', () => {
  const { client, server, calls } = begin();
  for (const [id, method] of ['initialize', 'ping', 'server/discover', 'tasks/get', 'subscriptions/listen'].entries()) {
    client({ id, method });
    server({ id, result: {} });
  }
  client({ method: 'notifications/initialized' });
  client({ id: 10, method: 'resources/list' });
  server({ id: 10, error: { code: -32601, message: 'Method not found' } });
  client({ id: 11, method: 'tools/call', params: { name: 'x' } });
  server({ id: 11, error: { code: -32602, message: 'no' } });
  assert.deepEqual(
    calls.map(({ method, params, result }) => [method, params.name, result]),
    [['tools/call', 'x', undefined]],
  );
});

test('a call of several rounds is counted and not recorded; a request of the server is no answer', () => {
  const { ask, server, tools, conversation } = begin();
  ask(1, 'asks back');
  server({ id: 1, method: 'elicitation/create', params: {} });
  server({ id: 1, result: { resultType: 'input_required', inputRequests: {} } });
  assert.deepEqual(tools(), []);
  assert.equal(conversation.unread, 1);
});
