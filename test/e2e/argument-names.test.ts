import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { ofKind } from '../support/log.ts';
import { result, toolResult } from '../support/stub-server.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await openGateway();
});
after(() => gateway.close());

const reached = () => gateway.stub.seen.filter(({ message }) => message.method === 'tools/call').length;

test('a limit that policy sets is not passed by writing its argument otherwise', async () => {
  gateway.stub.conduct = result(toolResult({}));
  assert.equal((await gateway.call('guarded', { limit: 11 })).last.result?.isError, true);
  for (const args of [{ Limit: 1_000_000 }, { LIMIT: 1_000_000 }, { other: 1, lImIt: 2 }]) {
    const { status, last } = await gateway.call('guarded', args);
    assert.deepEqual([status, last.error?.code, last.error?.data?.code], [400, -32602, 'WRIT_ARGUMENT_NAME']);
  }
  assert.equal(reached(), 0);
  assert.equal((await gateway.call('guarded', { limit: 10, other: 'Limit' })).status, 200);
  assert.equal(reached(), 1);
});

test('nor is a name sent past the mask that hides it from the server', async () => {
  const before = reached();
  const { status, last } = await gateway.call('inbound', { Email: 'anna@example.com' });
  assert.deepEqual([status, last.error?.data?.code], [400, 'WRIT_ARGUMENT_NAME']);
  assert.equal(typeof last.error?.data?.call, 'string');
  assert.equal(reached(), before);
});

test('nor a name that only the tool declares', async () => {
  const inputSchema = { type: 'object', properties: { amount: { type: 'number' } } };
  gateway.stub.conduct = result({ tools: [{ name: 'echo', inputSchema }] });
  await gateway.ask({ server: 'open', rpc: 'tools/list' });
  gateway.stub.conduct = result(toolResult({}));
  const before = reached();
  const { status, last } = await gateway.call('open', { Amount: 1 });
  assert.deepEqual([status, last.error?.data?.code], [400, 'WRIT_ARGUMENT_NAME']);
  assert.equal(reached(), before);
  assert.equal((await gateway.call('open', { amount: 1 })).status, 200);
});

test('what was refused says so in the log, without the name that was sent', async () => {
  const entries = await gateway.entries();
  assert.ok(ofKind(entries, 'decision').some(({ error }) => error === 'WRIT_ARGUMENT_NAME'));
  assert.equal(/Limit|Email|Amount/.test(JSON.stringify(entries) + gateway.messages()), false);
});
