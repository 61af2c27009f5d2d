import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { openGateway } from '../support/gateway.ts';
import { begin } from '../support/http.ts';
import { ofKind, withoutListings } from '../support/log.ts';
import { event, result, toolResult } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

/** Begins a request and leaves its answer to be taken. */
async function open(gateway: Awaited<ReturnType<typeof openGateway>>, asked: Asked) {
  const { url, headers, body } = await gateway.compose(asked);
  const sent = begin(url, {
    headers,
    body: asked.method === 'GET' ? '' : body,
    ...(asked.method && { method: asked.method }),
  });
  const response = once(sent, 'response').then(([response]) => response as IncomingMessage);
  return { response, sent };
}

/** What came, and whether it came to its end. */
async function whole(response: IncomingMessage): Promise<{ text: string; complete: boolean }> {
  let text = '';
  try {
    for await (const chunk of response) text += chunk;
  } catch {
    // A connection that is cut ends its answer early.
  }
  return { text, complete: response.complete };
}

test('a gateway that stops lets calls in hand finish, JSON and streams, and takes no others', async () => {
  const gateway = await openGateway();
  const held: (() => void)[] = [];
  gateway.stub.conduct = (received, response) => {
    if (received.message.id === 1) return void held.push(() => result(toolResult({ n: 1 }))(received, response));
    response
      .writeHead(200, { 'content-type': 'text/event-stream' })
      .write(event({ jsonrpc: '2.0', method: 'notifications/message', params: {} }));
    held.push(() => response.end(event({ jsonrpc: '2.0', id: 2, result: toolResult({ n: 2 }) })));
  };
  const params = { name: 'echo', arguments: {} };
  const [json, stream] = await Promise.all([open(gateway, { id: 1, params }), open(gateway, { id: 2, params })]);
  await until(() => held.length === 2, 'both calls are at the server');
  const streaming = await stream.response;
  const closed = gateway.running.close('test ended');
  await assert.rejects(async () => (await open(gateway, { params })).response);
  for (const answer of held) answer();
  const answers = [await whole(await json.response), await whole(streaming)];
  for (const [n, { text, complete }] of answers.entries()) {
    assert.ok(complete);
    assert.ok(text.includes(`"n":${n + 1}`), text);
  }
  await closed;
  const entries = withoutListings(await gateway.entries());
  await gateway.close();
  assert.equal(ofKind(entries, 'outcome').length, 2);
});

const lasting: Record<string, Asked> = {
  'subscriptions/listen': { rpc: 'subscriptions/listen', params: { notifications: {} } },
  'a GET stream': { era: 'legacy', method: 'GET' },
};
for (const [name, asked] of Object.entries(lasting))
  test(`a stream without an end of its own (${name}) is ended in order where the gateway stops, and does not hold it up`, async () => {
    const gateway = await openGateway();
    gateway.stub.conduct = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write(': open\n\n');
    };
    const { response, sent } = await open(gateway, asked);
    sent.on('error', () => {});
    const streaming = await response;
    assert.equal(streaming.statusCode, 200);
    await until(() => gateway.stub.seen.length === 1, 'it is open at the server');
    const taken = whole(streaming);
    await gateway.running.close('test ended');
    const { complete } = await taken;
    await gateway.stub.seen[0]?.closed;
    const [outcome] = ofKind(await gateway.entries(), 'outcome');
    assert.equal(complete, true);
    assert.equal(outcome?.status, 'aborted');
    await gateway.close();
  });
