import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openLog } from '../../proxy/recorder/log-reader.ts';
import { conducts } from '../support/asking.ts';
import { foundIn } from '../support/canaries.ts';
import { compiled } from '../support/compiled.ts';
import { openGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { event, failure, result, stream, toolResult } from '../support/stub-server.ts';

const folder = fileURLToPath(new URL('../support/detect-packs', import.meta.url));
const email = 'mira.vestergaard@example.com';
const hidden = [email, 'vestergaard', '442079460958', 'DE89370400440532013000'];
const open = async () => openGateway({ bundle: await compiled(folder), packs: ['crm'] });

/** All that the payload store keeps, as text. */
async function kept(directory: string): Promise<string> {
  const values: string[] = [];
  for await (const { records } of openLog(join(directory, 'audit'), join(directory, 'keys/master.key')).payloads?.() ??
    [])
    for (const { openings } of records)
      if (typeof openings !== 'string')
        for (const { value } of openings.values())
          if (value !== undefined) values.push(Buffer.from(value).toString('utf8'));
  return values.join('\n');
}

test('a server says what is masked in no member of an error, and by no number that is its code', async (t) => {
  const gateway = await open();
  t.after(() => gateway.close());
  const error = { code: 442079460958, message: 'no', requestId: email, taskId: email, progressToken: email };
  gateway.stub.conduct = failure({ ...error, data: { elicitationId: email } });
  const { last, wire } = await gateway.call('crm', {}, { tool: 'people' });
  assert.deepEqual(foundIn(wire, hidden), []);
  assert.equal(last.error?.code, -32603);
  gateway.stub.conduct = result({ content: [{ type: 'text', text: `tok_email_${'a'.repeat(26)}@masked.invalid` }] });
  assert.equal((await gateway.call('crm', {}, { tool: 'people' })).last.result?.content?.[0]?.text, '[EMAIL]');
});

test('what a server says to its client is kept by the record as far as the client was shown it', async (t) => {
  const gateway = await open();
  t.after(() => gateway.close());
  const message = `Write to ${email}?`;
  const inputRequests = { q: { method: 'elicitation/create', params: { message, mode: 'form' } } };
  gateway.stub.conduct = result({ resultType: 'input_required', inputRequests, requestState: 's' });
  const { wire } = await gateway.ask({ server: 'crm', params: { name: 'people', arguments: {} } });
  assert.ok(wire.includes('Write to [EMAIL]?'), wire);
  const headers = await beginSession(gateway, 's-1', { server: 'crm' });
  const asks = [
    { jsonrpc: '2.0', id: 's-1', method: 'elicitation/create', params: { message } },
    { jsonrpc: '2.0', id: '<id>', result: toolResult({ done: true }) },
  ];
  gateway.stub.conduct = conducts({ 'tools/call': stream(asks.map((one) => event(one)).join('')) });
  const asked = await gateway.ask({ server: 'crm', era: 'legacy', headers, params: { name: 'people' } });
  assert.ok(asked.wire.includes('Write to [EMAIL]?'), asked.wire);
  await gateway.entries();
  const stored = await kept(gateway.directory);
  assert.ok(stored.includes('Write to [EMAIL]?'), 'the record keeps what was shown');
  assert.deepEqual(foundIn(stored, hidden), []);
});

test('a server tells of a task no more than of the call in the course of which it does', async (t) => {
  const gateway = await open();
  t.after(() => gateway.close());
  const headers = await beginSession(gateway, 's-1', { server: 'crm' });
  const task = { taskId: 't-1', status: 'working', createdAt: '2026-11-25T10:00:00Z', ttl: 60000, pollInterval: 500 };
  gateway.stub.conduct = result({ task });
  const of = { server: 'crm', era: 'legacy', headers } as const;
  await gateway.ask({ ...of, params: { name: 'people', task: { ttl: 60000 } } });
  const events = [
    {
      jsonrpc: '2.0',
      method: 'notifications/tasks/status',
      params: { ...task, statusMessage: `for ${email}`, requestId: email },
    },
    { jsonrpc: '2.0', id: '<id>', result: toolResult({ done: true }) },
  ];
  gateway.stub.conduct = conducts({ 'tools/call': stream(events.map((one) => event(one)).join('')) });
  const { messages, wire } = await gateway.ask({ ...of, params: { name: 'people' } });
  assert.deepEqual(foundIn(wire, hidden), []);
  assert.deepEqual(messages[0]?.params, { ...task, statusMessage: 'for [EMAIL]', requestId: '[EMAIL]' });
});
