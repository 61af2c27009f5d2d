import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Conversations } from '../../../proxy/session/conversations.ts';

const begun = (session = 's') => new Conversations<string>().of(session);
const ping = { method: 'ping' };

describe('requests of a server', () => {
  test('are answered once, each under its exact id', () => {
    const conversation = begun();
    for (const id of [1, '1', 0, '', 'number 1', -1])
      assert.ok(conversation.ask(id, { method: `m ${typeof id}` }, false));
    assert.deepEqual(conversation.answered('1'), { method: 'm string' });
    assert.equal(conversation.answered('1'), undefined);
    assert.deepEqual(conversation.answered(1), { method: 'm number' });
    assert.equal(conversation.answered(2), undefined);
    assert.equal(conversation.answered('number 0'), undefined);
  });

  test('wait once under an id, and may be shown again by a stream that is resumed, if they are the same', () => {
    const conversation = begun();
    assert.ok(conversation.ask(1, ping, false));
    assert.equal(conversation.ask(1, ping, false), false);
    assert.equal(conversation.ask(1, ping, true), true);
    assert.equal(conversation.ask(1, { method: 'roots/list' }, true), false);
    assert.deepEqual(conversation.answered(1), ping);
    assert.ok(conversation.ask(1, ping, false), 'the id is free again');
  });

  test('wait at most 64 at once', () => {
    const conversation = begun();
    for (let id = 0; id < 64; id++) assert.ok(conversation.ask(id, ping, false));
    assert.equal(conversation.ask(64, ping, false), false);
    assert.equal(conversation.ask(64, ping, true), false);
    conversation.answered(3);
    assert.ok(conversation.ask(64, ping, false));
  });
});

describe('calls that may be resumed', () => {
  test('are known by their exact id, and again and again', () => {
    const conversation = begun();
    conversation.remember(1, 'number');
    conversation.remember('1', 'string');
    for (let time = 0; time < 2; time++)
      assert.deepEqual([conversation.remembered(1), conversation.remembered('1')], ['number', 'string']);
    assert.equal(conversation.remembered('number 1'), undefined);
  });

  test('are of neither where two had one id, and stay so', () => {
    const conversation = begun();
    for (const open of ['masked', 'open', 'masked']) conversation.remember(1, open);
    assert.equal(conversation.remembered(1), undefined);
  });

  test('are forgotten, the oldest first, with nothing under their ids after', () => {
    const conversation = begun();
    for (let id = 0; id < 257; id++) conversation.remember(id, `call ${id}`);
    assert.deepEqual(
      [0, 1, 256].map((id) => conversation.remembered(id)),
      [undefined, 'call 1', 'call 256'],
    );
    conversation.remember(0, 'another');
    assert.equal(conversation.remembered(0), undefined);
  });

  test('are no more than a bounded number of ids, none of them long', () => {
    const conversation = begun();
    conversation.remember('x'.repeat(200), 'long');
    assert.equal(conversation.remembered('x'.repeat(200)), undefined);
    for (let id = 0; id < 9000; id++) conversation.remember(id, `call ${id}`);
    assert.deepEqual(
      [8191, 8192, 8999].map((id) => conversation.remembered(id)),
      ['call 8191', undefined, undefined],
    );
  });
});

describe('sessions', () => {
  test('are apart, begun when something is noted, and what was open in them is forgotten when they end', () => {
    const conversations = new Conversations<string>();
    assert.equal(conversations.find('a'), undefined);
    conversations.of('a').ask(1, ping, false);
    conversations.of('a').hidden = true;
    assert.equal(conversations.of('b').answered(1), undefined);
    assert.equal(conversations.of('b').hidden, false);
    conversations.forget('a');
    conversations.forget('never begun');
    assert.equal(conversations.find('never begun'), undefined);
    assert.equal(conversations.of('a').answered(1), undefined);
    assert.equal(conversations.of('a').hidden, true, 'the server may still speak of what was hidden');
  });

  test('are at most 10,000; the one longest unused goes first', () => {
    const conversations = new Conversations<string>();
    for (let n = 0; n < 10_000; n++) conversations.of(`s-${n}`);
    conversations.of('s-0');
    conversations.of('one more');
    assert.notEqual(conversations.find('s-0'), undefined);
    assert.equal(conversations.find('s-1'), undefined);
    assert.notEqual(conversations.find('s-2'), undefined);
  });
});
