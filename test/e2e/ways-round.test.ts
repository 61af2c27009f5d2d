import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pino } from 'pino';
import { loadConfig } from '../../proxy/config/load.ts';
import { startGateway } from '../../proxy/gateway.ts';
import { conducts, listening, openAsking, openStream } from '../support/asking.ts';
import { openCombined } from '../support/combined.ts';
import type { TestGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { event, result, stream, toolResult } from '../support/stub-server.ts';

const shut = { name: 'shut', description: 'canary words', inputSchema: { type: 'object' } };

describe('a list is filtered whatever its server says beside it', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openAsking();
  });
  after(() => gateway.close());

  const besides = {
    questions: { inputRequests: {} },
    'a task': { resultType: 'task', taskId: 't', status: 'working' },
  };
  for (const [what, more] of Object.entries(besides)) {
    test(`${what}, 2026-07-28`, async () => {
      gateway.stub.conduct = result({
        tools: [shut],
        resultType: 'complete',
        cacheScope: 'public',
        ttlMs: 9e9,
        ...more,
      });
      const { wire, last } = await gateway.ask({ server: 'desk', rpc: 'tools/list' });
      assert.ok(!wire.includes('canary'));
      if (last.result !== undefined) assert.equal(last.result.cacheScope, 'private');
    });
  }

  test('a task that the caller asks for, 2025-11-25', async () => {
    gateway.stub.conduct = result({ tools: [shut], task: { taskId: 't', status: 'working' } });
    const { wire } = await gateway.ask({ server: 'desk', era: 'legacy', rpc: 'tools/list', params: { task: {} } });
    assert.ok(!wire.includes('canary'));
  });

  test('at the address of all servers too', async () => {
    const combined = await openCombined();
    try {
      combined.desk.conduct = result({ tools: [shut], resultType: 'complete', inputRequests: {} });
      const { wire } = await combined.ask({ rpc: 'tools/list' });
      assert.ok(!wire.includes('canary'));
    } finally {
      await combined.close();
    }
  });
});

test('a request that is refused does not keep the gateway from asking what a tool declares', async () => {
  const gateway = await openAsking();
  try {
    gateway.stub.answersForTools = false;
    const inputSchema = { type: 'object', properties: { n: { type: 'number' } }, additionalProperties: false };
    const listed = { tools: [{ name: 'echo', inputSchema }], resultType: 'complete' };
    gateway.stub.conduct = (received, response) => {
      const value = received.message.method === 'tools/list' ? listed : toolResult({});
      result(value)(received, response);
    };
    const headers = { 'mcp-protocol-version': '1999-01-01' };
    assert.equal((await gateway.call('desk', {}, { era: 'legacy', headers })).status, 400);
    const { last } = await gateway.call('desk', { command: 'x' });
    assert.equal(last.result?.isError, true);
    assert.match(JSON.stringify(last.result), /do not fit/);
  } finally {
    await gateway.close();
  }
});

test("an answer of a client has nothing past policy and masks: not as an error's data, not as a list", async () => {
  const gateway = await openAsking();
  try {
    const session = await beginSession(gateway, 's-1', { server: 'desk' });
    const ask = (id: number) =>
      event({ jsonrpc: '2.0', id, method: 'elicitation/create', params: { message: 'Mail?', requestedSchema: {} } });
    gateway.stub.conduct = stream(ask(1) + ask(2), false);
    const asked = { server: 'desk', era: 'legacy', headers: session } as const;
    const open = await openStream(gateway, { ...asked, params: { name: 'echo', arguments: {} } });
    await open.has(2);
    gateway.stub.seen.length = 0;
    const say = (body: object) => gateway.ask({ ...asked, body: JSON.stringify({ jsonrpc: '2.0', ...body }) });
    const content = { email: 'canary@example.com', secret: 'canary' };
    await say({ id: 1, error: { code: 1, message: 'canary', data: { content } } });
    assert.equal((await say({ id: 2, result: [{ action: 'accept', content }] })).status, 400);
    for (const { body } of gateway.stub.seen) assert.ok(!body.includes('canary'), body);
    await open.leave();
  } finally {
    await gateway.close();
  }
});

test('what was hidden on a stream is hidden where that is resumed after a restart, or after the server lost a message', async () => {
  const gateway = await openAsking();
  let second: Awaited<ReturnType<typeof startGateway>> | undefined;
  try {
    const session = await beginSession(gateway, 's-1', { server: 'desk' });
    const words = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: 'canary words' } };
    let lost = false;
    gateway.stub.conduct = conducts({
      'tools/call': ({ message: { id } }, response) => {
        const people = { content: [], structuredContent: { people: [{ name: 'canary' }] } };
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(event(words, '1'));
        response.end(event({ jsonrpc: '2.0', id, result: people }, '2'));
      },
      'tools/list': ({ message: { id } }, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(event({ jsonrpc: '2.0', id, result: { tools: [] } }, '3'));
      },
      'prompts/list': (_, response) => {
        lost = true;
        response.writeHead(404).end();
      },
      GET: (_, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.write(event(words, '1'));
      },
    });
    const asked = { server: 'desk', era: 'legacy', headers: session } as const;
    await gateway.ask({ ...asked, params: { name: 'people', arguments: {} } });
    const replayed = async () => {
      const resumed = await openStream(gateway, listening({ ...session, 'last-event-id': '0' }));
      await resumed.has(1);
      const text = resumed.text();
      await resumed.leave();
      return text;
    };
    assert.doesNotMatch(await replayed(), /canary/);
    await gateway.ask({ ...asked, rpc: 'prompts/list' });
    assert.ok(lost);
    assert.doesNotMatch(await replayed(), /canary/);
    await gateway.running.close('restart');
    second = await startGateway(loadConfig(join(gateway.directory, 'writ.yaml')), 'test', pino({ level: 'silent' }));
    gateway.url = second.url;
    assert.doesNotMatch(await replayed(), /canary/);
    // A call that hides nothing, and may be resumed, says nothing of what the process before hid.
    await gateway.ask({ ...asked, id: 7, rpc: 'tools/list' });
    assert.doesNotMatch(await replayed(), /canary/);
  } finally {
    await second?.close('test ended');
    await gateway.close();
  }
});
