import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from '../../../engine/json/parse.ts';
import { serialize } from '../../../engine/json/serialize.ts';
import { forClient } from '../../../proxy/combined/for-client.ts';

const read = (text: string) => parse(Buffer.from(text), { direction: 'to-client' });
const seen = (message: object) => JSON.parse(serialize(forClient('crm', read(JSON.stringify(message)))));
const result = (value: object) => seen({ jsonrpc: '2.0', id: 1, result: value }).result;
const told = (method: string, params: object) => seen({ jsonrpc: '2.0', method, params }).params;
const link = (uri: string) => ({ type: 'resource_link', uri, name: uri });
const embedded = (uri: string) => ({ type: 'resource', resource: { uri, text: uri } });

describe('what a server says, as the combined endpoint says it', () => {
  test('URIs of contents, links and embedded resources lead back to the server', () => {
    assert.deepEqual(result({ contents: [{ uri: 'a://1', text: 'a://1' }] }).contents, [
      { uri: 'crm+a://1', text: 'a://1' },
    ]);
    const { content } = result({ content: [{ type: 'text', text: 'a://1' }, link('a://1'), embedded('a://2')] });
    assert.deepEqual(content, [
      { type: 'text', text: 'a://1' },
      { type: 'resource_link', uri: 'crm+a://1', name: 'a://1' },
      { type: 'resource', resource: { uri: 'crm+a://2', text: 'a://2' } },
    ]);
    assert.deepEqual(
      result({ messages: [{ role: 'user', content: link('a://1') }] }).messages[0].content.uri,
      'crm+a://1',
    );
    assert.deepEqual(told('notifications/resources/updated', { uri: 'a://1' }), { uri: 'crm+a://1' });
  });

  test('what a tool answers in its own structure is not touched, nor are numbers in another spelling', () => {
    const text =
      '{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"uri":"a://1","n":1.0},"content":[{"type":"resource_link","uri":"a://1","size":9007199254740993}]}}';
    assert.equal(
      serialize(forClient('crm', read(text))),
      '{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"uri":"a://1","n":1.0},"content":[{"type":"resource_link","uri":"crm+a://1","size":9007199254740993}]}}',
    );
  });

  test('what names nothing is the very document', () => {
    for (const text of ['{"jsonrpc":"2.0","id":1,"result":{"content":[]}}', '{"jsonrpc":"2.0","method":"x"}']) {
      const document = read(text);
      assert.equal(forClient('crm', document), document);
    }
  });

  test('a request of the server has an id, a token and an elicitation of its own, and says who asks', () => {
    const params = {
      _meta: { progressToken: 7 },
      mode: 'url',
      elicitationId: 'e-1',
      url: 'https://a.example/',
      message: 'Sure?',
    };
    assert.deepEqual(seen({ jsonrpc: '2.0', id: 0, method: 'elicitation/create', params }), {
      jsonrpc: '2.0',
      id: 'crm__0',
      method: 'elicitation/create',
      params: { ...params, _meta: { progressToken: 'crm__7' }, elicitationId: 'crm__e-1', message: 'crm: Sure?' },
    });
    assert.equal(seen({ jsonrpc: '2.0', id: '0', method: 'ping' }).id, 'crm__"0"');
    assert.deepEqual(told('notifications/cancelled', { requestId: 0 }), { requestId: 'crm__0' });
    assert.deepEqual(told('notifications/elicitation/complete', { elicitationId: 'e-1' }), {
      elicitationId: 'crm__e-1',
    });
  });

  test('the token of the client, and the id of its own request, are left as they are', () => {
    assert.deepEqual(told('notifications/progress', { progressToken: 7, progress: 1 }), {
      progressToken: 7,
      progress: 1,
    });
    assert.equal(seen({ jsonrpc: '2.0', id: 5, result: {} }).id, 5);
  });

  test('questions of a result and elicitations of an error are named like requests', () => {
    const asked = { q: { method: 'elicitation/create', params: { message: 'Sure?' } } };
    assert.deepEqual(result({ resultType: 'input_required', inputRequests: asked, requestState: 's' }), {
      resultType: 'input_required',
      inputRequests: { q: { method: 'elicitation/create', params: { message: 'crm: Sure?' } } },
      requestState: 's',
    });
    const sampled = {
      method: 'sampling/createMessage',
      params: { messages: [{ role: 'user', content: [embedded('a://1')] }] },
    };
    const { inputRequests } = result({ inputRequests: { q: sampled } });
    assert.equal(inputRequests.q.params.messages[0].content[0].resource.uri, 'crm+a://1');
    const data = { elicitations: [{ mode: 'url', elicitationId: 'e', url: 'https://a.example/', message: 'Go' }] };
    const { error } = seen({ jsonrpc: '2.0', id: 1, error: { code: -32042, message: 'x', data } });
    assert.deepEqual(error.data.elicitations[0], {
      ...data.elicitations[0],
      elicitationId: 'crm__e',
      message: 'crm: Go',
    });
    const missing = seen({ jsonrpc: '2.0', id: 1, error: { code: -32002, message: 'x', data: { uri: 'a://1' } } });
    assert.equal(missing.error.data.uri, 'crm+a://1');
  });

  test('shapes of no sense pass as they are', () => {
    for (const value of [
      { content: 5 },
      { content: [null, 5, {}] },
      { contents: {} },
      { messages: [5] },
      { inputRequests: [] },
    ])
      assert.deepEqual(result(value), value);
  });
});
