import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { begin } from '../support/http.ts';
import { ofKind, withoutListings } from '../support/log.ts';
import { connectRaw, post } from '../support/raw-http.ts';
import { event, result, stream, toolResult } from '../support/stub-server.ts';
import { until } from '../support/until.ts';

const progress = { jsonrpc: '2.0', method: 'notifications/progress', params: { progress: 1 } };

interface Begun {
  sent: ClientRequest;
  response: Promise<IncomingMessage>;
  /** Settles when the server has lost the connection. */
  closed: Promise<unknown>;
}

describe('a client that goes away', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openGateway();
  });
  after(() => gateway.close());

  /** Sends a call on a connection of its own, and tells when the server has it. */
  async function beginCall(): Promise<Begun> {
    const { url, headers, body } = await gateway.compose({ params: { name: 'echo', arguments: {} } });
    const before = gateway.stub.seen.length;
    const sent = begin(url, { headers, body, agent: new Agent() }).on('error', () => undefined);
    const response = new Promise<IncomingMessage>((resolve) => sent.once('response', resolve));
    await until(() => gateway.stub.seen.length > before, 'the call reaches the server');
    return { sent, response, closed: gateway.stub.seen.at(-1)?.closed ?? Promise.reject(new Error('no call')) };
  }

  test('before the answer takes the request to the server with it', async () => {
    gateway.stub.conduct = () => undefined;
    const { sent, closed } = await beginCall();
    sent.destroy();
    await closed;
  });

  test('in the middle of a stream takes the stream of the server with it', async () => {
    gateway.stub.conduct = stream(event(progress), false);
    const { sent, closed, response } = await beginCall();
    const events = (await response).on('error', () => undefined);
    await once(events, 'data');
    sent.destroy();
    await closed;
  });

  test('without reading what it asked for does so too', async () => {
    gateway.stub.conduct = (_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const text = event({ ...progress, params: { message: 'x'.repeat(100_000) } });
      const more = () => {
        while (!response.closed && response.write(text));
      };
      response.on('drain', more);
      more();
    };
    const { sent, closed, response } = await beginCall();
    (await response).on('error', () => undefined).pause();
    sent.destroy();
    await closed;
  });

  test('in the middle of its own message sends nothing on', async () => {
    const before = gateway.stub.seen.length;
    const { url, headers } = await gateway.compose({ params: { name: 'echo' } });
    for (const body of ['', '{"jsonrpc":"2.0","id":1,']) {
      const connection = await connectRaw(gateway.url);
      const lines = Object.entries({ ...headers, host: new URL(url).host, 'content-length': '500' });
      const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      connection.write(`POST /open/mcp HTTP/1.1\r\n${head}\r\n${body}`);
      await setImmediate();
      connection.destroy();
      await connection.closed;
    }
    gateway.stub.conduct = result(toolResult({}));
    await gateway.call('open');
    assert.equal(gateway.stub.seen.length, before + 1);
  });

  test('at any moment leaves a gateway that goes on', async () => {
    gateway.stub.conduct = ({ message: { id } }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(event(progress));
      setImmediate().then(() => response.end(event({ jsonrpc: '2.0', id, result: toolResult({}) })));
    };
    const { url, headers, body } = await gateway.compose({ params: { name: 'echo', arguments: { any: 'moment' } } });
    const leaving = Array.from({ length: 60 }, async (_, n) => {
      const sent = begin(url, { headers, body, agent: new Agent() }).on('error', () => undefined);
      sent.on('response', (response: IncomingMessage) => response.on('error', () => undefined).resume());
      for (let turn = 0; turn < n * 2; turn++) await setImmediate();
      sent.destroy();
    });
    await Promise.all(leaving);
    assert.deepEqual((await gateway.call('open')).last.result, toolResult({}));
  });

  test('is in the log as such, and raises no alarm about the server', async () => {
    const entries = withoutListings(await gateway.entries());
    const outcomes = ofKind(entries, 'outcome');
    const [first, second, third] = ofKind(entries, 'decision').map(({ call }) =>
      outcomes.find((outcome) => outcome.call === call),
    );
    assert.deepEqual([first?.status, first?.frames], ['aborted', 0]);
    assert.deepEqual([second?.status, second?.frames], ['aborted', 1]);
    assert.equal(third?.status, 'aborted');
    for (const { status } of outcomes) assert.ok(status === 'aborted' || status === 'completed', status);
    assert.equal(outcomes.length, ofKind(entries, 'intent').length);
    assert.doesNotMatch(gateway.messages(), /WRIT_/);
  });
});

test('clients that leave answers untaken behind one another do not use up the places of others', async () => {
  const gateway = await openGateway({ limits: { concurrent_calls: 4 } });
  try {
    gateway.stub.conduct = (received, response) => {
      if (received.message.id !== 'held') result(toolResult({}))(received, response);
    };
    const { headers } = await gateway.compose({ era: 'legacy' });
    const lines = Object.entries({ ...headers, host: new URL(gateway.url).host }).map(([name, value]) => [
      name,
      String(value),
    ]);
    const call = (id: string) =>
      post(
        '/open/mcp',
        JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'echo' } }),
        Object.fromEntries(lines),
      );
    for (let round = 0; round < 6; round++) {
      const before = gateway.stub.seen.length;
      const connection = await connectRaw(gateway.url);
      connection.write(call('held') + call('quick'));
      await until(() => gateway.stub.seen.length === before + 2, 'both calls reach the server');
      connection.destroy();
      await Promise.all(gateway.stub.seen.map(({ closed }) => closed));
    }
    assert.equal((await gateway.call('open')).status, 200);
  } finally {
    await gateway.close();
  }
});

test('clients that go on asking on their connections do not hold up a gateway that stops, and no call is made without its answer', async () => {
  const gateway = await openGateway();
  try {
    let answered = 0;
    const clients = Array.from({ length: 6 }, async () => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (;;) {
        const answer = await gateway.call('open', {}, { agent }).catch(() => undefined);
        if (answer === undefined) return;
        assert.equal(answer.last.error, undefined);
        answered++;
      }
    });
    await until(() => answered > 60, 'sixty answers');
    const entries = withoutListings(await gateway.entries());
    await Promise.all(clients);
    const outcomes = ofKind(entries, 'outcome');
    assert.equal(outcomes.length, answered);
    for (const { status } of outcomes) assert.equal(status, 'completed');
  } finally {
    await gateway.close();
  }
});
