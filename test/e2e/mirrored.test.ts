import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { decodeMirrored, encodeMirrored } from '../../proxy/mcp/era.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { result, toolResult } from '../support/stub-server.ts';

const email = { type: 'string', 'x-mcp-header': 'Email' };
const note = { type: 'string', 'x-mcp-header': 'Note' };
const inputSchema = { type: 'object', properties: { email, note } };

describe('headers that repeat arguments which are masked', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openGateway();
    gateway.stub.conduct = result({ tools: [{ name: 'echo', inputSchema }], resultType: 'complete' });
    await gateway.call('inbound', {}, { rpc: 'tools/list', params: {} });
    gateway.stub.conduct = result(toolResult({}));
  });
  after(() => gateway.close());

  test('repeat what the server is sent, and the others what they said', async () => {
    const args = { email: 'anna@example.com', note: 'Straße' };
    const headers = { 'mcp-param-email': args.email, 'mcp-param-note': encodeMirrored(args.note) };
    const { last } = await gateway.call('inbound', args, { headers });
    assert.equal(last.error, undefined);
    const sent = gateway.stub.seen.at(-1);
    const given = JSON.parse(sent?.body ?? '').params.arguments;
    assert.notEqual(given.email, args.email);
    assert.equal(decodeMirrored(String(sent?.headers['mcp-param-email'])), given.email);
    assert.equal(sent?.headers['mcp-param-note'], headers['mcp-param-note']);
    assert.ok(!JSON.stringify(sent?.headers).includes(args.email));
  });

  test('one that nobody knows what it repeats is not sent on', async () => {
    const before = gateway.stub.seen.length;
    const args = { email: 'anna@example.com' };
    const { last } = await gateway.call('inbound', args, { headers: { 'mcp-param-other': args.email } });
    assert.equal(last.error?.data?.code, 'WRIT_MASK_FAILED');
    assert.equal(gateway.stub.seen.length, before);
  });
});

test('a value that headers cannot hold as it is travels in base64, and reads back', () => {
  for (const value of [
    '',
    ' leading',
    'trailing ',
    'tab\tin',
    'ü',
    'line\nbreak',
    '=?base64?eA==?=',
    'two words',
    'plain',
  ])
    assert.equal(decodeMirrored(encodeMirrored(value)), value);
  assert.equal(encodeMirrored('two words'), 'two words');
  assert.match(encodeMirrored(' leading'), /^=\?base64\?/);
});
