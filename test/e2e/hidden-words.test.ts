import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileOf, repack } from '../engine/policy/archive.ts';
import { askingBundle, conducts, held, listening, openAsking, openStream } from '../support/asking.ts';
import { ofKind } from '../support/log.ts';
import { beginSession } from '../support/session.ts';
import { result, toolResult } from '../support/stub-server.ts';
import { until } from '../support/until.ts';

const name = 'Anna Lindqvist';
const people = toolResult({ people: [{ id: 'p-1', name }] });
const notification = (method: string, params: object = {}) => ({
  jsonrpc: '2.0',
  method: `notifications/${method}`,
  params,
});

test('words that a server says of a masked call on the stream that is listened to are not shown', async () => {
  const gateway = await openAsking();
  try {
    const headers = await beginSession(gateway, 's-1', { server: 'desk' });
    const get = held();
    gateway.stub.conduct = conducts({
      GET: get.conduct,
      'tools/call': (received, response) => {
        // As server.sendLoggingMessage of the SDK does, which names no request.
        get.say(notification('message', { level: 'info', data: `looked up ${name}` }));
        result(people)(received, response);
      },
    });
    const stream = await openStream(gateway, listening(headers));
    await get.begun();
    const { wire } = await gateway.ask({
      server: 'desk',
      era: 'legacy',
      headers,
      params: { name: 'people', arguments: {} },
    });
    assert.ok(!wire.includes(name));
    get.say(notification('tools/list_changed'));
    await until(() => stream.messages.some(({ method }) => method === 'notifications/tools/list_changed'), 'the end');
    assert.ok(!stream.text().includes(name), stream.text());
  } finally {
    await gateway.close();
  }
});

test('answers of a round that is refused are not on record as taken by the server', async () => {
  const gateway = await openAsking();
  try {
    const call = (more: object = {}) => ({ server: 'desk', params: { name: 'echo', arguments: {}, ...more } });
    const inputRequests = { q: { method: 'elicitation/create', params: { message: 'Sure?' } } };
    gateway.stub.conduct = result({ resultType: 'input_required', inputRequests });
    const { last } = await gateway.ask(call());
    const bundle = await askingBundle();
    const data = JSON.parse(fileOf(bundle, 'data.json'));
    delete data.catalogue.desk.echo;
    writeFileSync(join(gateway.directory, 'bundle.tar.gz'), repack(bundle, { 'data.json': JSON.stringify(data) }));
    await gateway.running.reload();
    gateway.stub.seen.length = 0;
    const refused = await gateway.ask(
      call({ requestState: last.result?.requestState, inputResponses: { q: { action: 'accept' } } }),
    );
    assert.equal(refused.last.result?.isError, true);
    assert.deepEqual(gateway.stub.seen, []);
    const entries = await gateway.entries();
    const answer = ofKind(entries, 'decision').find(
      ({ method, direction }) => method === 'elicitation/create' && direction === 'to-server',
    );
    const outcome = ofKind(entries, 'outcome').find(({ call }) => call === answer?.call);
    assert.notEqual(outcome?.status, 'completed', 'the log says that the server took an answer it never saw');
  } finally {
    await gateway.close();
  }
});
