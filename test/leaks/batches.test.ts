import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import type { HttpAnswer } from '../support/http.ts';
import { type Conduct, event, failure, raw, result, stream } from '../support/stub-server.ts';
import { customer, harmless, marked } from './marked.ts';
import { fine, log, progress, text, ways } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await openLeaks();
});
after(() => gateway.close());

const { email, name } = marked;
const message = (id: string | number, method: string, params: object) => ({ jsonrpc: '2.0', id, method, params });
const call = (id: string | number, n = id) => message(id, 'tools/call', { name: 'echo', arguments: { n } });

/** Several messages at once, as clients of 2025-03-26 send them. */
async function batch(members: readonly object[]): Promise<HttpAnswer> {
  const headers = { 'mcp-protocol-version': '2025-03-26' };
  return gateway.ask({ server: 'leaks', era: 'legacy', headers, body: JSON.stringify(members) });
}

/** The server does one thing for the call with `n` and another for the rest. */
const by =
  (each: Record<string, Conduct>, rest: Conduct): Conduct =>
  (received, response) =>
    (each[String(received.message.params?.arguments?.n ?? received.message.method)] ?? rest)(received, response);
const plain = result({ content: [fine] });

/** What the client got for each id, in one array or in events. */
const answers = ({ messages }: HttpAnswer): Map<unknown, string> =>
  new Map(messages.flat().map((one) => [one.id, JSON.stringify(one)]));

describe('in a batch: one call of it says', () => {
  const says: Record<string, (words: string) => Conduct> = {
    'a text': (words) => result({ content: [fine, text(words)] }),
    'structured content': (words) => result({ content: [fine], structuredContent: { [words]: words } }),
    'an error': (words) => failure({ code: -32000, message: words, data: { by: words } }),
    'a log line': (words) =>
      stream(event(log(words)) + event({ jsonrpc: '2.0', id: '<id>', result: { content: [fine] } })),
    'a progress message': (words) =>
      stream(event(progress(words)) + event({ jsonrpc: '2.0', id: '<id>', result: { content: [fine] } })),
    'something behind its answer': (words) =>
      stream(event({ jsonrpc: '2.0', id: '<id>', result: { content: [fine] } }) + event(log(words))),
  };
  for (const [where, conduct] of Object.entries(says))
    for (const [how, write] of ways)
      test(`${where}: ${how}`, async () => {
        gateway.stub.conduct = by({ 2: conduct(`Write to ${write(email)} today`) }, plain);
        const answer = await batch([call(1), call(2), call(3)]);
        keeps(answer, [email]);
        const each = answers(answer);
        for (const id of [1, 3]) assert.ok(each.get(id)?.includes(harmless), `${id} is answered`);
      });
});

describe('in a batch: every method at once says', () => {
  for (const [how, write] of ways)
    test(how, async () => {
      const words = `${harmless}: ${write(email)}`;
      const results: Record<string, Conduct> = {
        'resources/read': result({ contents: [{ uri: 'crm://1', text: words }] }),
        'prompts/get': result({ description: words, messages: [{ role: 'user', content: text(words) }] }),
        'completion/complete': result({ completion: { values: [words] } }),
      };
      gateway.stub.conduct = by(results, plain);
      const answer = await batch([
        message('r', 'resources/read', { uri: 'crm://1' }),
        message('p', 'prompts/get', { name: 'greet' }),
        message('c', 'completion/complete', {
          ref: { type: 'ref/prompt', name: 'greet' },
          argument: { name: 'a', value: 'b' },
        }),
        call('t'),
      ]);
      keeps(answer, [email]);
      assert.equal(answers(answer).size, 4);
    });
});

describe('in a batch: answers are of their own calls', () => {
  test('what one tells of a person, its own words do not repeat, beside another that says other things', async () => {
    gateway.stub.conduct = by(
      {
        1: result({ content: [fine, text(`${name.toUpperCase()} called`)], structuredContent: { customer } }),
        2: result({ content: [fine], structuredContent: { state: 'open' } }),
      },
      plain,
    );
    const answer = await batch([call(1), call(2)]);
    keeps(answer, [name]);
    assert.ok(answers(answer).get(2)?.includes('"open"'));
  });
  test('the same record in all of them', async () => {
    gateway.stub.conduct = result({ content: [fine, text(`${name} called`)], structuredContent: { customer } });
    keeps(await batch([call(1), call('1'), call(2), call(3)]));
  });
  test('a value in parts over the answers of two calls, each its half of an address', async () => {
    gateway.stub.conduct = by(
      { 1: result({ content: [fine, text(`By ${email}`)] }), 2: result({ content: [fine, text(`To ${email}`)] }) },
      plain,
    );
    keeps(await batch([call(1), call(2)]), [email]);
  });
  test('an answer under the id of another call', async () => {
    const wrong = JSON.stringify({ jsonrpc: '2.0', id: 2, result: { content: [text(email)] } });
    gateway.stub.conduct = by({ 1: raw(200, { 'content-type': 'application/json' }, wrong) }, plain);
    const answer = await batch([call(1), call(2)]);
    keeps(answer, [email]);
    assert.ok(answers(answer).get(2)?.includes(harmless));
  });
  test('a batch as the answer to one of them', async () => {
    const both = [1, 2].map((id) => ({ jsonrpc: '2.0', id, result: { content: [text(email)] } }));
    gateway.stub.conduct = by({ 1: raw(200, { 'content-type': 'application/json' }, JSON.stringify(both)) }, plain);
    keeps(await batch([call(1), call(2)]), [email]);
  });
  test('an answer to the other call in the stream of one', async () => {
    const events = [
      { jsonrpc: '2.0', id: 2, result: { content: [text(email)] } },
      { jsonrpc: '2.0', id: '<id>', result: { content: [fine] } },
    ];
    gateway.stub.conduct = by({ 1: stream(events.map((one) => event(one)).join('')) }, plain);
    keeps(await batch([call(1), call(2)]), [email]);
  });
  test('two calls of one id', async () => {
    gateway.stub.conduct = result({ content: [fine, text(email)] });
    keeps(await batch([call(1, 'a'), call(1, 'b')]), [email], false);
  });
  test('a member that is no message, beside one that is', async () => {
    gateway.stub.conduct = failure({ code: -32600, message: email }, 400);
    keeps(await batch([call(1), { jsonrpc: '2.0', id: 2, method: 7 }]), [email], false);
  });
});
