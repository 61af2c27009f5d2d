import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, test } from 'node:test';
import { conducts, held, openStream } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { beginSession, begins } from '../support/session.ts';
import { event, failure, raw, result, type StubServer, startStubServer, stream } from '../support/stub-server.ts';
import type { Asked, Era } from '../support/surroundings.ts';
import { customer, harmless, marked } from './marked.ts';
import { answer, eras, fine, log, progress, text, ways } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
let [first, second]: StubServer[] = [];
let session: Record<string, string> = {};
const both = () => {
  assert.ok(first && second);
  return { first, second };
};
before(async () => {
  [first, second] = await Promise.all([startStubServer(), startStubServer()]);
  const servers = { leaks: { url: both().first.url }, pseudonym: { url: both().second.url } };
  gateway = await openLeaks({ servers, combined: true });
  both().second.conduct = begins('s-second');
  session = await beginSession({ ask, stub: both().first }, 's-first');
});
beforeEach(() => {
  for (const stub of Object.values(both())) stub.conduct = result({ resultType: 'complete', content: [fine] });
});
after(async () => {
  await gateway.close();
  await Promise.all(Object.values(both()).map((stub) => stub.close()));
});

const { email, name } = marked;
const ask = (asked: Asked) => gateway.ask({ server: '', ...asked });
const of = (era: Era, asked: Asked): Asked => ({ era, ...asked, ...(era === 'legacy' && { headers: session }) });
const call = (era: Era, tool = 'leaks__echo', id = 1) =>
  of(era, { id, params: { name: tool, arguments: {}, _meta: { progressToken: 'p-1' } } });

for (const era of eras) {
  describe(`${era}, all servers at one address: one of them says`, () => {
    for (const [how, write] of ways) {
      const words = `Write to ${write(email)} today`;
      test(`in a result: ${how}`, async () => {
        both().first.conduct = result({
          resultType: 'complete',
          content: [fine, text(words)],
          structuredContent: { note: words, [words]: 1 },
        });
        keeps(await ask(call(era)), [email]);
      });
      test(`in an error: ${how}`, async () => {
        both().first.conduct = failure({ code: -32000, message: words, data: { by: words } });
        keeps(await ask(call(era)), [email], false);
      });
      test(`on the way: ${how}`, async () => {
        both().first.conduct = stream(event(log(words)) + event(progress(words)) + event(answer()));
        keeps(await ask(call(era)), [email]);
      });
      test(`in a resource: ${how}`, async () => {
        both().first.conduct = result({
          resultType: 'complete',
          contents: [
            { uri: 'crm://1', text: `${harmless}: ${words}` },
            { uri: `crm://${encodeURIComponent(words)}`, text: words },
          ],
        });
        const headers = era === 'modern' ? { 'mcp-name': 'leaks+crm://1' } : session;
        const asked = { era, rpc: 'resources/read', params: { uri: 'leaks+crm://1' }, headers };
        keeps(await ask(asked), [email]);
      });
      test(`in a prompt: ${how}`, async () => {
        both().first.conduct = result({
          resultType: 'complete',
          description: words,
          messages: [{ role: 'user', content: text(`${harmless}: ${words}`) }],
        });
        keeps(await ask(of(era, { rpc: 'prompts/get', params: { name: 'leaks__greet' } })), [email]);
      });
      test(`in a list of what both offer: ${how}`, async () => {
        const prompts = [{ name: 'greet', description: words, title: harmless }];
        both().first.conduct = result({ resultType: 'complete', prompts, ttlMs: 5, cacheScope: 'public' });
        both().second.conduct = result({ resultType: 'complete', prompts: [{ name: 'plain', title: harmless }] });
        keeps(await ask(of(era, { rpc: 'prompts/list' })), [email]);
      });
    }
  });

  describe(`${era}, all servers at one address: a server says of what another was asked`, () => {
    test('it answers under the id of a call to the other', async () => {
      both().second.conduct = stream(
        event({ jsonrpc: '2.0', id: 'leaks__1', result: { content: [text(email)] } }) +
          event({ jsonrpc: '2.0', id: 1, error: { code: 1, message: email } }),
      );
      keeps(await ask(call(era, 'pseudonym__echo')), [email], false);
    });
    test('it tells the progress of a call to the other, by its token', async () => {
      const other = progress(`mail to ${email}`, { progressToken: 'leaks__"p-1"' });
      both().second.conduct = stream(event(other) + event(answer()));
      keeps(await ask(call(era, 'pseudonym__echo')), [email]);
    });
    test('it tells of a resource in the name of the other', async () => {
      const changed = { jsonrpc: '2.0', method: 'notifications/resources/updated' };
      both().second.conduct = stream(event({ ...changed, params: { uri: `leaks+crm://${email}` } }) + event(answer()));
      keeps(await ask(call(era, 'pseudonym__echo')), [email]);
    });
    test('it links to a resource of the other', async () => {
      const link = { type: 'resource_link', uri: `leaks+crm://${email}`, name: `leaks__${email}` };
      both().second.conduct = result({ resultType: 'complete', content: [fine, link] });
      keeps(await ask(call(era, 'pseudonym__echo')), [email]);
    });
    test('both at once say the same of a person, each in its own way', async () => {
      const said = { resultType: 'complete', content: [fine, text(`${name} called`)], structuredContent: { customer } };
      for (const stub of Object.values(both())) stub.conduct = result(said);
      const answers = await Promise.all([ask(call(era)), ask(call(era, 'pseudonym__echo', 2))]);
      for (const each of answers) keeps(each);
    });
    test('a name of a prompt is made of a value', async () => {
      both().second.conduct = result({ resultType: 'complete', prompts: [{ name: email }, { name: `x ${email}` }] });
      both().first.conduct = result({ resultType: 'complete', prompts: [{ name: 'plain', title: harmless }] });
      keeps(await ask(of(era, { rpc: 'prompts/list' })), [email]);
    });
    test('a cursor of the next page is made of a value', async () => {
      both().second.conduct = result({
        resultType: 'complete',
        prompts: [{ name: 'plain', title: harmless }],
        nextCursor: email,
      });
      keeps(await ask(of(era, { rpc: 'prompts/list' })), [email]);
    });
  });
}

describe('all servers at one address: what a server asks', () => {
  for (const [how, write] of ways)
    test(how, async () => {
      const post = held();
      both().second.conduct = conducts({ 'tools/call': post.conduct });
      const opening = openStream(gateway, { server: '', ...call('legacy', 'pseudonym__echo', 9) });
      await post.begun();
      const words = `Is it ${write(email)}?`;
      const requestedSchema = { type: 'object', properties: { a: { type: 'string', title: words } } };
      post.say({ jsonrpc: '2.0', id: 'q', method: 'elicitation/create', params: { message: words, requestedSchema } });
      post.say({ ...answer(), id: 9 });
      post.end();
      const opened = await opening;
      await opened.ended;
      keeps({ wire: opened.text() }, [email]);
    });
});

describe('all servers at one address: on the stream of the session', () => {
  for (const [how, write] of ways)
    test(how, async () => {
      both().second.conduct = begins('s-second-listening');
      const own = await beginSession({ ask, stub: both().first }, 's-first-listening');
      const get = held();
      both().first.conduct = conducts({ GET: get.conduct });
      both().second.conduct = raw(405, {});
      const opening = openStream(gateway, { server: '', era: 'legacy', method: 'GET', body: '', headers: own });
      await get.begun();
      get.say(log(`mail to ${write(email)}`), 'e-1');
      get.say(log({ state: harmless, by: write(email) }), 'e-2');
      const opened = await opening;
      await opened.has(2);
      await opened.leave();
      keeps({ wire: opened.text() }, [email]);
    });
});
