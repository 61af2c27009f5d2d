import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { conducts } from '../support/asking.ts';
import { foundBelow, foundIn } from '../support/canaries.ts';
import { compiled } from '../support/compiled.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { ofKind, withoutListings } from '../support/log.ts';
import { beginSession } from '../support/session.ts';
import { event, failure, result, stream, toolResult } from '../support/stub-server.ts';

const folder = fileURLToPath(new URL('../support/detect-packs', import.meta.url));
const email = 'mira.vestergaard@example.com';
const name = 'Mira Vestergaard';
const phone = '+44 20 7946 0958';
const hidden = [email, name, phone, 'vestergaard', '7946 0958', 'EMP-1234'];
const said = `${name} (EMP-1234): ${email}, ${phone}`;
const people = toolResult({ people: [{ email, name, phone }] });
const notification = (method: string, params: object) => ({
  jsonrpc: '2.0',
  method: `notifications/${method}`,
  params,
});

describe('detect masks', () => {
  let gateway: TestGateway;
  const wires: string[] = [];
  before(async () => {
    gateway = await openGateway({ bundle: await compiled(folder), packs: ['crm'] });
  });
  after(() => gateway.close());
  const call = async (...args: Parameters<TestGateway['call']>) => {
    const answer = await gateway.call(...args);
    wires.push(answer.wire);
    return answer;
  };
  const ask = async (...args: Parameters<TestGateway['ask']>) => {
    const answer = await gateway.ask(...args);
    wires.push(answer.wire);
    return answer;
  };

  test('prose, structure, resources and metadata of a result are shown, masked', async () => {
    gateway.stub.conduct = result({
      content: [
        { type: 'text', text: said },
        { type: 'text', text: `page 2: ${Buffer.from(said).toString('base64')}` },
        { type: 'resource', resource: { uri: `crm://${email}`, text: said } },
        { type: 'resource_link', uri: 'crm://1', name, description: said },
      ],
      structuredContent: { rows: [{ full_name: name, note: JSON.stringify({ said }) }], [email]: 1 },
      _meta: { by: email },
      resultType: 'complete',
    });
    const { last, wire } = await call('crm', {}, { tool: 'people' });
    assert.deepEqual(foundIn(wire, hidden), []);
    assert.equal(last.result?.content?.[0]?.text, '[PERSON] ([redacted]): [EMAIL], [PHONE]');
    assert.ok(wire.includes('page 2: '));
  });

  test('progress and log messages on the way are shown, masked, and what one of them tells the result does not', async () => {
    const events = [
      notification('progress', { progressToken: 7, progress: 1, message: `at ${said}` }),
      notification('message', { level: 'info', data: { customer: { name: 'Zorblax Quee' } } }),
      notification('resources/updated', { uri: `crm://${email}` }),
      { jsonrpc: '2.0', id: '<id>', result: toolResult({ note: 'for zorblax quee' }) },
    ];
    gateway.stub.conduct = stream(events.map((one) => event(one)).join(''));
    const { messages, wire } = await ask({
      server: 'crm',
      params: { name: 'people', arguments: {}, _meta: { progressToken: 7 } },
    });
    assert.deepEqual(foundIn(wire, [...hidden, 'Zorblax', 'zorblax']), []);
    const shown = messages.map(({ method, params }) => [method, params]);
    assert.deepEqual(shown.slice(0, 3), [
      [
        'notifications/progress',
        { progressToken: 7, progress: 1, message: 'at [PERSON] ([redacted]): [EMAIL], [PHONE]' },
      ],
      ['notifications/message', { level: 'info', data: { customer: { name: '[PERSON]' } } }],
      ['notifications/resources/updated', { uri: 'crm://[EMAIL]' }],
    ]);
  });

  test('errors keep their code and their words, masked', async () => {
    gateway.stub.conduct = failure({ code: -32050, message: `no ${said}`, data: { email, tries: 3 } });
    const { last } = await call('crm', {}, { tool: 'people' });
    assert.deepEqual(last.error, {
      code: -32050,
      message: 'no [PERSON] ([redacted]): [EMAIL], [PHONE]',
      data: { email: '[EMAIL]', tries: 3 },
    });
  });

  test('lists, resources, prompts and completions are shown, masked', async () => {
    const uri = 'crm://1';
    const asked: [string, Record<string, unknown>, object][] = [
      ['tools/list', {}, { tools: [{ name: 'echo', description: said, inputSchema: { type: 'object' } }] }],
      ['resources/read', { uri }, { contents: [{ uri, text: said }], resultType: 'complete' }],
      [
        'prompts/get',
        { name: 'letter' },
        {
          description: said,
          messages: [{ role: 'user', content: { type: 'text', text: said } }],
          resultType: 'complete',
        },
      ],
      [
        'completion/complete',
        { ref: { type: 'ref/prompt', name: 'letter' }, argument: { name: 'to', value: '' } },
        { completion: { values: [email, 'Lisbon'] }, resultType: 'complete' },
      ],
    ];
    for (const [rpc, params, answer] of asked) {
      gateway.stub.conduct = result(answer);
      const headers: Record<string, string> = rpc === 'resources/read' ? { 'mcp-name': uri } : {};
      const { last, wire } = await ask({ server: 'crm', rpc, params, headers });
      assert.deepEqual(foundIn(wire, hidden), [], rpc);
      assert.ok(wire.includes('[EMAIL]'), `${rpc} ${wire}`);
      assert.equal(last.error, undefined);
    }
  });

  test('questions to the person are asked, masked, and go on in another round that remembers', async () => {
    const inputRequests = {
      q: { method: 'elicitation/create', params: { message: `Write to ${said}?`, mode: 'form' } },
    };
    gateway.stub.conduct = result({ resultType: 'input_required', inputRequests, requestState: 's', _meta: { email } });
    const { last, wire } = await ask({ server: 'crm', params: { name: 'people', arguments: {} } });
    assert.deepEqual(foundIn(wire, hidden), []);
    const { q } = Object(last.result?.inputRequests);
    assert.deepEqual(q, {
      method: 'elicitation/create',
      params: { message: 'Write to [PERSON] ([redacted]): [EMAIL], [PHONE]?', mode: 'form' },
    });
    gateway.stub.conduct = result(toolResult({ done: true }));
    const again = await ask({
      server: 'crm',
      params: {
        name: 'people',
        arguments: {},
        requestState: last.result?.requestState,
        inputResponses: { q: { action: 'accept', content: { iban: 'GB82 WEST 1234 5698 7654 32' } } },
      },
    });
    assert.deepEqual(again.last.result?.structuredContent, { done: true });
    const sent = gateway.stub.seen.at(-1)?.body ?? '';
    assert.ok(!sent.includes('WEST') && sent.includes('[IBAN]'), sent);
  });

  test('arguments are masked before the server sees them', async () => {
    gateway.stub.conduct = result(toolResult({ done: true }));
    await call('crm', { note: 'IBAN GB82 WEST 1234 5698 7654 32 please', email }, { tool: 'echo' });
    const args = gateway.stub.seen.at(-1)?.message.params?.arguments;
    assert.deepEqual(args, { note: 'IBAN [IBAN] please', email });
  });

  test('a server of the older era asks on its stream, and is asked about tasks', async () => {
    const headers = await beginSession(gateway, 's-1', { server: 'crm' });
    gateway.stub.conduct = conducts({
      'tools/call': stream(
        [
          { jsonrpc: '2.0', id: 's-1', method: 'elicitation/create', params: { message: said } },
          { jsonrpc: '2.0', id: '<id>', result: people },
        ]
          .map((one) => event(one))
          .join(''),
      ),
    });
    const { messages, wire } = await ask({ server: 'crm', era: 'legacy', headers, params: { name: 'people' } });
    assert.deepEqual(foundIn(wire, hidden), []);
    assert.deepEqual(messages[0]?.params, { message: '[PERSON] ([redacted]): [EMAIL], [PHONE]' });
    const task = { taskId: 't-1', status: 'working', createdAt: '2026-11-25T10:00:00Z', ttl: 60000, pollInterval: 500 };
    gateway.stub.conduct = result({ task: { ...task, statusMessage: said } });
    const began = await ask({
      server: 'crm',
      era: 'legacy',
      headers,
      params: { name: 'people', task: { ttl: 60000 } },
    });
    assert.deepEqual(began.last.result, {
      task: { ...task, statusMessage: '[PERSON] ([redacted]): [EMAIL], [PHONE]' },
    });
    gateway.stub.conduct = result(people);
    const of = { server: 'crm', era: 'legacy', headers, rpc: 'tasks/result', params: { taskId: 't-1' } } as const;
    assert.ok((await ask(of)).wire.includes('[PERSON]'));
  });

  test('content that policy refuses refuses the answer, and names the rule', async () => {
    gateway.stub.conduct = result({
      content: [{ type: 'audio', mimeType: 'audio/wav', data: 'UklGRiQAAABXQVZFZm10IA//' }],
    });
    const { last } = await call('crm', {}, { tool: 'people' });
    assert.equal(last.result?.isError, true);
    assert.deepEqual(last.result?._meta?.['writ/decision']?.rules, ['crm.withhold.sound']);
  });

  test('nothing that was masked is in any byte a caller got, in the log, or in a log message', async () => {
    assert.ok(wires.length > 9);
    for (const wire of wires) assert.deepEqual(foundIn(wire, hidden), []);
    const outcomes = ofKind(withoutListings(await gateway.entries()), 'outcome');
    const first = outcomes[0]?.masked.map(({ rule, category }) => `${rule} ${category}`) ?? [];
    assert.ok(first.includes('crm.mask_fields.people user.contact.email'), first.join());
    assert.deepEqual(foundBelow(`${gateway.directory}/audit`, hidden), []);
    assert.deepEqual(foundIn(gateway.messages(), hidden), []);
  });
});
