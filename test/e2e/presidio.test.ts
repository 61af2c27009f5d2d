import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { foundIn } from '../support/canaries.ts';
import { compiled } from '../support/compiled.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { type Analyzer, answer, startAnalyzer } from '../support/presidio.ts';
import { event, failure, result, stream, toolResult } from '../support/stub-server.ts';

const folder = fileURLToPath(new URL('../support/detect-packs', import.meta.url));
/** On no list, and without anything that tells of a person. */
const name = 'vexa brontil';
const hidden = [name, 'vexa', 'brontil'];
const note = `yesterday ${name} asked about the blue one 😀`;
const account = 'ledger zq 77 b';
const text = (words: string) => ({ type: 'text', text: words });

describe('names by Presidio', () => {
  let gateway: TestGateway;
  let analyzer: Analyzer;
  before(async () => {
    analyzer = await startAnalyzer();
    const masking = { presidio: { url: analyzer.url, timeout: '5s' } };
    gateway = await openGateway({ bundle: await compiled(folder), packs: ['crm'], masking });
  });
  afterEach(() => {
    analyzer.words.clear();
    analyzer.conduct = undefined;
    analyzer.asked.length = 0;
  });
  after(async () => {
    await gateway.close();
    await analyzer.close();
  });
  const knows = (score = 0.85) => {
    analyzer.words.set(name, { entity: 'PERSON', score });
    analyzer.words.set(account, { entity: 'IBAN_CODE', score: 1 });
  };

  test('a name is shown that only Presidio would find, and masked once it does', async () => {
    gateway.stub.conduct = result(toolResult({ note }));
    const { wire } = await gateway.call('crm', {}, { tool: 'people' });
    assert.ok(wire.includes(note));
    knows();
    const { last } = await gateway.call('crm', {}, { tool: 'people' });
    assert.deepEqual(last.result?.structuredContent, { note: 'yesterday [PERSON] asked about the blue one 😀' });
    assert.equal(analyzer.asked.filter((asked) => asked.text === note).length, 2);
  });

  test('so it is in every part of a result, however it is written, and where it recurs alone', async () => {
    knows();
    gateway.stub.conduct = result({
      content: [
        text(note),
        text(JSON.stringify({ note, by: name })),
        text(`page 2: ${Buffer.from(note).toString('base64')}`),
        { type: 'resource', resource: { uri: 'crm://1', text: note } },
        { type: 'resource', resource: { uri: 'crm://2', blob: Buffer.from(note).toString('base64') } },
        { type: 'resource_link', uri: 'crm://3', name: 'a', description: note },
      ],
      structuredContent: { rows: [{ note, raw: JSON.stringify({ deep: [note] }), ref: name, [note]: 1 }] },
      _meta: { by: note },
    });
    const { wire, status } = await gateway.call('crm', {}, { tool: 'people' });
    assert.equal(status, 200);
    assert.deepEqual(foundIn(wire, hidden), []);
    assert.ok(wire.includes('asked about the blue one'));
  });

  test('and in errors, in what comes on the way, and in what a server asks', async () => {
    knows();
    gateway.stub.conduct = failure({ code: -32000, message: note, data: { note } });
    const error = await gateway.call('crm', {}, { tool: 'people' });
    assert.equal(error.last.error?.message, 'yesterday [PERSON] asked about the blue one 😀');
    assert.deepEqual(foundIn(error.wire, hidden), []);
    const progress = { progressToken: 7, progress: 1, message: note };
    const sent = [
      { jsonrpc: '2.0', method: 'notifications/progress', params: progress },
      { jsonrpc: '2.0', id: '<id>', result: toolResult({ note: 'nothing is said of anyone' }) },
    ];
    gateway.stub.conduct = stream(sent.map((one) => event(one)).join(''));
    const asked = { server: 'crm', params: { name: 'people', arguments: {}, _meta: { progressToken: 7 } } };
    const { messages, wire } = await gateway.ask(asked);
    assert.equal(messages[0]?.params?.message, 'yesterday [PERSON] asked about the blue one 😀');
    assert.deepEqual(foundIn(wire, hidden), []);
    const question = { method: 'elicitation/create', params: { message: note, requestedSchema: { type: 'object' } } };
    gateway.stub.conduct = result({ resultType: 'input_required', inputRequests: { first: question } });
    const round = await gateway.call('crm', {}, { tool: 'people' });
    assert.ok(round.wire.includes('asked about the blue one'), round.wire);
    assert.deepEqual(foundIn(round.wire, hidden), []);
  });

  test('what masks on arguments bear on does not reach the server', async () => {
    knows();
    gateway.stub.conduct = result(toolResult({ done: true }));
    await gateway.call('crm', { note: `take it from ${account}, please` });
    assert.deepEqual(gateway.stub.seen.at(-1)?.message.params?.arguments, {
      note: 'take it from [IBAN], please',
    });
  });

  test('little score does not count, and no text is asked about that is only a value', async () => {
    knows(0.4);
    gateway.stub.conduct = result(toolResult({ note }));
    assert.ok((await gateway.call('crm', {}, { tool: 'people' })).wire.includes(note));
    analyzer.asked.length = 0;
    gateway.stub.conduct = result({ content: [], structuredContent: { id: 'c-1', at: '2026-11-25T10:00:00Z', n: 4 } });
    await gateway.call('crm', {}, { tool: 'people' });
    assert.deepEqual(analyzer.asked, []);
  });

  const broken: Record<string, () => void> = {
    'answers with an error': () => {
      analyzer.conduct = (response, { text }) => answer(response, 500, { error: text });
    },
    'answers nonsense': () => {
      analyzer.conduct = (response) => answer(response, 200, [{ entity_type: 'PERSON', start: 0, end: 1e6, score: 1 }]);
    },
    'hangs up': () => {
      analyzer.conduct = (response) => response.destroy();
    },
  };
  for (const [what, breaks] of Object.entries(broken))
    test(`nothing is shown, and nothing sent, while Presidio ${what}`, async () => {
      breaks();
      const events = [
        { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: note } },
        { jsonrpc: '2.0', id: '<id>', result: toolResult({}) },
      ];
      for (const conduct of [result(toolResult({ note })), failure({ code: -32000, message: note })]) {
        gateway.stub.conduct = conduct;
        const { wire, last } = await gateway.call('crm', {}, { tool: 'people' });
        assert.deepEqual(foundIn(wire, hidden), []);
        assert.equal(last.error?.data?.code, 'WRIT_DETECTOR_UNAVAILABLE', wire);
        assert.equal(last.error?.data?.retriable, true);
      }
      gateway.stub.conduct = stream(events.map((one) => event(one)).join(''));
      const { wire, messages } = await gateway.call('crm', {}, { tool: 'people' });
      assert.deepEqual(foundIn(wire, hidden), []);
      assert.deepEqual(messages.at(-1)?.result?.structuredContent, {});
      const before = gateway.stub.seen.length;
      const { last } = await gateway.call('crm', { note: `take it from ${account}, please` });
      assert.equal(last.error?.data?.code, 'WRIT_DETECTOR_UNAVAILABLE');
      assert.equal(gateway.stub.seen.length, before);
    });

  test('nothing is said of it in the log or its messages, and all of it is on record', async () => {
    const entries = await gateway.entries();
    assert.ok(JSON.stringify(entries).includes('WRIT_DETECTOR_UNAVAILABLE'));
    assert.deepEqual(foundIn(JSON.stringify(entries) + gateway.messages(), [...hidden, account]), []);
  });
});
