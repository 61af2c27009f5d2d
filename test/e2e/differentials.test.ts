import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { after, describe, test } from 'node:test';
import { openGateway } from '../support/gateway.ts';
import { event, failure, result, stream, toolResult } from '../support/stub-server.ts';
import { until } from '../support/until.ts';

describe('what one side reads and another does not', async () => {
  const gateway = await openGateway({ limits: { concurrent_calls: 4 } });
  after(() => gateway.close());
  const anna = { id: 'C-1', name: 'Anna Example', email: 'anna.example@example.com' };
  const people = toolResult({ people: [anna] });

  test('a name of the protocol in other letters reaches no server, which could ignore letter case', async () => {
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call' };
    const misspelt = [
      { ...call, params: { name: 'echo', Arguments: { limit: 99 } } },
      { ...call, params: { name: 'echo', argumentſ: { limit: 99 } } },
      { ...call, params: { name: 'echo', Task: {} } },
      { ...call, params: { name: 'echo', inputresponses: {} } },
      { ...call, params: { name: 'echo', _META: {} } },
      { ...call, method: 'resources/read', params: { URI: 'file:///secret' } },
      { ...call, id: undefined, Id: 1, params: { name: 'echo' } },
      { ...call, params: { name: 'echo' }, Params: { name: 'wipe' } },
    ];
    gateway.stub.seen.length = 0;
    for (const body of misspelt) {
      const answer = await gateway.ask({ server: 'guarded', era: 'legacy', body: JSON.stringify(body) });
      assert.equal(answer.status, 400, answer.body);
    }
    assert.equal(gateway.stub.seen.length, 0);
  });

  test('under a mask the name and the id of an event are not passed', async () => {
    gateway.stub.conduct = stream(event({ jsonrpc: '2.0', id: '<id>', result: people }, anna.email));
    const { wire, last } = await gateway.call('masked');
    assert.ok(last.result?.structuredContent);
    assert.ok(!wire.includes(anna.email), wire);
  });

  test('where policy looks at results, what a server says in an error is not passed', async () => {
    gateway.stub.conduct = failure({ code: -32_000, message: anna.name, data: { people: [anna] } });
    const { wire, last } = await gateway.call('second');
    assert.equal(last.error?.code, -32_000);
    assert.ok(!/Anna/i.test(wire), wire);
  });

  test('answers that are not taken count among the calls in hand', async () => {
    gateway.stub.conduct = result({ content: [{ type: 'text', text: 'x'.repeat(8_000_000) }] });
    const { url, headers, body } = await gateway.compose({ server: 'open', params: { name: 'echo', arguments: {} } });
    const { host, port, pathname } = new URL(url);
    const lines = Object.entries({ ...headers, host, 'content-length': String(body.length) });
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    gateway.stub.seen.length = 0;
    const sockets: Socket[] = [];
    for (let index = 0; index < 4; index++) {
      const socket = connect(Number(port), '127.0.0.1').pause();
      socket.on('error', () => {});
      socket.write(`POST ${pathname} HTTP/1.1\r\n${head}\r\n${body}`);
      sockets.push(socket);
    }
    await until(() => gateway.stub.seen.length === 4, 'four calls at the server');
    await Promise.all(gateway.stub.seen.map(({ closed }) => closed));
    const { status } = await gateway.call('open');
    assert.equal(status, 429);
    for (const socket of sockets) socket.destroy();
  });
});
