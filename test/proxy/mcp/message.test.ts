import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { WritError } from '../../../engine/errors.ts';
import { plainNumbers } from '../../../engine/json/numbers.ts';
import type { Json } from '../../../engine/json/types.ts';
import { readMessage } from '../../../proxy/mcp/message.ts';
import { readBody } from '../../support/message.ts';

const invalid = (body: unknown) =>
  assert.throws(() => readBody(body), { name: 'WritError', code: 'WRIT_MESSAGE_INVALID' }, JSON.stringify(body));

describe('requests and notifications', () => {
  test('a request has an id and a method', () => {
    const message = readBody({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { name: 'x' } });
    assert.equal(message.kind, 'request');
    assert.ok(message.kind === 'request');
    assert.deepEqual([message.id, message.method, { ...message.params }], [7, 'tools/call', { name: 'x' }]);
    assert.equal(message.params, (message.document.value as { params: Json }).params);
  });

  test('a notification has a method and no id', () => {
    const message = readBody({ jsonrpc: '2.0', method: 'notifications/initialized' });
    assert.ok(message.kind === 'notification');
    assert.deepEqual(Object.keys(message.params), []);
  });

  test('ids are kept exactly: 1 is not "1"', () => {
    for (const id of [1, '1', 0, -1, '', 'a'.repeat(1000), 2 ** 53 - 1]) {
      const message = readBody({ jsonrpc: '2.0', id, method: 'ping' });
      assert.ok(message.kind === 'request');
      assert.equal(message.id, id);
    }
  });

  test('an id that is null, fractional or no id at all is refused', () => {
    for (const id of [null, 1.5, true, [], {}, [1]]) invalid({ jsonrpc: '2.0', id, method: 'ping' });
    invalid('{"jsonrpc":"2.0","id":1e-1,"method":"ping"}');
  });

  test('unknown methods and members are carried: extensions add them', () => {
    const message = readBody({ jsonrpc: '2.0', id: 1, method: 'x/y', more: [1], params: { new: true } });
    assert.ok(message.kind === 'request');
    assert.equal(message.method, 'x/y');
  });

  test('a method that is not a name is refused', () => {
    for (const method of ['', null, 1, true, [], {}, ['tools/call']]) invalid({ jsonrpc: '2.0', id: 1, method });
  });

  test('params are an object or are not there', () => {
    for (const params of [null, [], [1], 'x', 1, true]) invalid({ jsonrpc: '2.0', id: 1, method: 'ping', params });
  });

  test('the version is exactly "2.0"', () => {
    for (const jsonrpc of ['1.0', '2', 2, null, '2.0 ', undefined, ['2.0']])
      invalid({ jsonrpc, id: 1, method: 'ping' });
  });

  test('what is a request and an answer at once is refused', () => {
    for (const both of [{ result: {} }, { error: { code: 1, message: '' } }, { result: null }, { error: null }])
      invalid({ jsonrpc: '2.0', id: 1, method: 'tools/call', ...both });
  });

  test('batches are refused, whatever is in them', () => {
    const request = { jsonrpc: '2.0', id: 1, method: 'ping' };
    for (const batch of [[], [request], [request, request], [[request]]]) invalid(batch);
  });

  test('anything else is refused', () => {
    for (const value of [null, 1, '"ping"', true, {}, { jsonrpc: '2.0' }, { jsonrpc: '2.0', id: 1 }]) invalid(value);
  });
});

describe('answers', () => {
  test('have a result or an error, and the id they answer', () => {
    const result = readBody({ jsonrpc: '2.0', id: '1', result: null });
    assert.ok(result.kind === 'response');
    assert.deepEqual([result.id, result.result, result.error], ['1', null, undefined]);
    const error = readBody({ jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'no', data: [1] } });
    assert.ok(error.kind === 'response');
    assert.equal(error.error?.code, -32601);
  });

  test('an error may be of nobody in particular; a result may not', () => {
    for (const id of [{}, { id: null }]) {
      const error = readBody({ jsonrpc: '2.0', ...id, error: { code: 1, message: '' } });
      assert.ok(error.kind === 'response');
      assert.equal(error.id, null);
      invalid({ jsonrpc: '2.0', ...id, result: {} });
    }
  });

  test('both a result and an error are refused', () => {
    invalid({ jsonrpc: '2.0', id: 1, result: {}, error: { code: 1, message: '' } });
    invalid({ jsonrpc: '2.0', id: 1, result: {}, error: null });
  });

  test('an error without a code and a message is refused', () => {
    for (const error of [null, 'no', {}, { code: 1 }, { message: '' }, { code: '1', message: '' }, [1, 'no']])
      invalid({ jsonrpc: '2.0', id: 1, error });
  });

  test('an id that is no id is refused', () => {
    for (const id of [true, [], {}]) invalid({ jsonrpc: '2.0', id, result: {} });
  });
});

describe('hostile shapes', () => {
  test('keys named like parts of a prototype are members and nothing else', () => {
    const message = readBody('{"jsonrpc":"2.0","id":1,"method":"ping","params":{"__proto__":{"name":"x"}}}');
    assert.ok(message.kind === 'request');
    assert.equal(message.params.name, undefined);
    invalid('{"__proto__":{"jsonrpc":"2.0","id":1,"method":"ping"}}');
    invalid('{"jsonrpc":"2.0","id":1,"method":"ping","__proto__":{},"result":1}');
    invalid('{"jsonrpc":"2.0","id":1,"constructor":{"method":"ping"}}');
    assert.equal(readBody('{"jsonrpc":"2.0","id":1,"method":"__proto__"}').kind, 'request');
  });

  test('params of one message are not shared with another', () => {
    const message = readBody({ jsonrpc: '2.0', method: 'x' });
    assert.ok(message.kind === 'notification');
    assert.throws(() => Object.assign(message.params, { name: 'y' }), TypeError);
  });

  test('any JSON is a message or is refused with a code', () => {
    const member = (key: string, ...values: Json[]) =>
      fc.option(fc.record({ [key]: fc.oneof(fc.constantFrom(...values), fc.jsonValue()) }), { nil: {} });
    const message = fc
      .tuple(
        member('jsonrpc', '2.0'),
        member('id', 1, 'a', null),
        member('method', 'tools/call'),
        member('params', {}, []),
        member('result', {}, null),
        member('error', { code: 1, message: '' }),
      )
      .map((parts) => Object.assign({}, ...parts) as Json);
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: message }, { weight: 1, arbitrary: fc.jsonValue() }), (value) => {
        try {
          const { kind } = readMessage({ value: value as Json, numbers: plainNumbers });
          assert.ok(['request', 'notification', 'response'].includes(kind));
        } catch (error) {
          assert.ok(error instanceof WritError && error.code === 'WRIT_MESSAGE_INVALID');
        }
      }),
      { seed: 20261122, numRuns: 500 },
    );
  });
});
