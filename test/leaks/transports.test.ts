import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { conducts, held, listening, openStream } from '../support/asking.ts';
import { compiled } from '../support/compiled.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { event, result, stream } from '../support/stub-server.ts';
import { customer, harmless, marked } from './marked.ts';
import { stdioServer, text, ways } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

const { email, name } = marked;
describe('a server over stdio', () => {
  const said = ways.map(([, write]) => write(email));
  const script = stdioServer(
    said,
    `
      const { way, n } = params.arguments;
      const words = said[n];
      const content = [{ type: 'text', text: '(${harmless})' }];
      if (way === 'log') say({ method: 'notifications/message', params: { level: 'info', data: words } });
      if (way === 'error') return say({ id, error: { code: 1, message: words, data: { by: words } } });
      if (way === 'stderr') process.stderr.write(words + '\\n');
      if (way === 'text') content.push({ type: 'text', text: words });
      say({ id, result: { content, structuredContent: way === 'structure' ? { [words]: words } : {} } });
      if (way === 'after') say({ id, result: { content: [{ type: 'text', text: words }] } });
    `,
  );
  let gateway: TestGateway;
  let session: Record<string, string> = {};
  before(async () => {
    const bundle = await compiled(fileURLToPath(new URL('packs', import.meta.url)));
    gateway = await openGateway({ bundle, servers: { leaks: { command: [process.execPath, '-e', script] } } });
    session = await beginSession(gateway, 'none', { server: 'leaks' });
  });
  after(() => gateway.close());

  for (const way of ['text', 'structure', 'log', 'error', 'stderr', 'after'])
    for (const [n, [how]] of ways.entries())
      test(`${way}: ${how}`, async () => {
        const answer = await gateway.call('leaks', { way, n }, { era: 'legacy', headers: session });
        keeps(answer, [email], way !== 'error');
      });
});

describe('streams that begin again, batches, and what comes late', () => {
  let gateway: TestGateway;
  let session: Record<string, string> = {};
  before(async () => {
    gateway = await openLeaks();
    session = await beginSession(gateway, 's-transports', { server: 'leaks' });
  });
  after(() => gateway.close());
  const call = { server: 'leaks', era: 'legacy', params: { name: 'echo', arguments: {} } } as const;
  const log = (data: unknown) => ({ jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data } });

  for (const [how, write] of ways)
    test(`a stream of the server's own: ${how}`, async () => {
      const get = held();
      gateway.stub.conduct = conducts({ GET: get.conduct });
      const listened = openStream(gateway, listening(session, 'leaks'));
      await get.begun();
      get.say(log(write(email)), 'e-1');
      get.say(log({ note: write(email) }), 'e-2');
      get.end();
      const { ended, text } = await listened;
      await ended;
      keeps({ wire: text() }, [email], false);
    });

  for (const [how, write] of ways)
    test(`what is sent again after a break: ${how}`, async () => {
      const get = held();
      gateway.stub.conduct = conducts({ GET: get.conduct });
      const listened = openStream(gateway, listening({ ...session, 'last-event-id': 'e-7' }, 'leaks'));
      await get.begun();
      get.say({ jsonrpc: '2.0', id: 1, result: { content: [text(write(email))] } }, 'e-8');
      get.say(log(write(email)), 'e-9');
      get.end();
      const opened = await listened;
      await opened.ended;
      keeps({ wire: opened.text() }, [email], false);
    });

  test('what comes after the caller cancelled', async () => {
    const post = held();
    gateway.stub.conduct = conducts({ 'tools/call': post.conduct });
    const opening = openStream(gateway, { ...call, headers: session, id: 'gone' });
    await post.begun();
    post.say(log('x'));
    const opened = await opening;
    await gateway.ask({
      server: 'leaks',
      era: 'legacy',
      headers: session,
      id: null,
      rpc: 'notifications/cancelled',
      params: { requestId: 'gone' },
    });
    post.say(log(email));
    post.say({ jsonrpc: '2.0', id: 'gone', result: { content: [text(email)] } });
    post.end();
    await opened.ended;
    keeps({ wire: opened.text() }, [email], false);
  });

  test('a name of an earlier message of the call', async () => {
    const answer = {
      jsonrpc: '2.0',
      id: '<id>',
      result: { content: [text(`(${harmless}) ${name.toUpperCase()} called`)] },
    };
    gateway.stub.conduct = stream(event(log({ customer })) + event(answer));
    keeps(await gateway.ask({ ...call, headers: session }), [name]);
  });

  for (const [how, words] of [
    ['gzip in base64', gzipSync(email).toString('base64')],
    [
      'gzip in base64, in lines',
      gzipSync(`${email} and more words, so that it is of some length`).toString('base64').replace(/.{24}/g, '$&\n'),
    ],
    ['gzip in hexadecimal', gzipSync(email).toString('hex')],
    ['a data: URI of gzip', `data:application/gzip;base64,${gzipSync(email).toString('base64')}`],
  ] as const)
    test(`compressed: ${how}`, async () => {
      gateway.stub.conduct = result({
        content: [text(`(${harmless})`), text(`See ${words} now`)],
        structuredContent: { raw: words },
      });
      const { wire } = await gateway.ask({ ...call, headers: session });
      assert.ok(wire.includes(harmless) && !wire.includes(words.slice(-24, -4)), wire);
    });
});
