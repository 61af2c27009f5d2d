import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { event, stream } from '../support/stub-server.ts';
import { customer, marked } from './marked.ts';
import { answer, base64, calling, eras, log, notification, progress } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
let session: Record<string, string> = {};
before(async () => {
  gateway = await openLeaks();
  session = await beginSession(gateway, 's-streams', { server: 'leaks' });
});
after(() => gateway.close());

const { email, name } = marked;
const told = answer({ structuredContent: { customer } });

/** What a server says in a stream before its answer, or about it. */
const streams: Record<string, string> = {
  'progress: words': event(progress(`mail to ${email}`)),
  'progress: base64': event(progress(base64(email))),
  'progress: percent-encoded': event(progress(encodeURIComponent(email))),
  'progress: letters': event(progress([...email].join(' '))),
  'progress: an object': event(progress({ by: email })),
  'progress: another member': event(progress('x', { by: email })),
  'progress: _meta': event(progress('x', { _meta: { by: email, [email]: 1 } })),
  'progress: the token': event(progress('x', { progressToken: email })),
  'progress: the total': event(progress('x', { total: email })),
  'log: words': event(log(`mail to ${email}`)),
  'log: an object': event(log({ by: email, [email]: 1 })),
  'log: sixty levels': event(log(JSON.parse('['.repeat(60) + JSON.stringify(email) + ']'.repeat(60)))),
  'log: JSON in JSON': event(log(JSON.stringify({ a: JSON.stringify({ by: email }) }))),
  'log: the logger': event(log('x', { logger: email })),
  'log: the level': event(log('x', { level: email })),
  'log: _meta': event(log('x', { _meta: { by: email } })),
  'log: parts in an array': event(log(['ilka.vondra', 'cek@example.org'])),
  'log: base64': event(log({ raw: base64(email) })),
  'log: zero-width spaces': event(log([...email].join('\u200b'))),
  'cancelled: the reason': event(notification('cancelled', { requestId: 'x', reason: email })),
  'cancelled: the id': event(notification('cancelled', { requestId: email })),
  'a resource that changed': event(notification('resources/updated', { uri: `crm://${email}` })),
  'tools that changed': event(notification('tools/list_changed', { by: email, _meta: { by: email } })),
  'an elicitation that is complete': event(notification('elicitation/complete', { elicitationId: 'e', by: email })),
  'a task': event(notification('tasks/status', { taskId: 't', status: 'working', statusMessage: email })),
  'a method nobody knows': event(notification('vendor/x', { by: email })),
  'the method itself': event({ jsonrpc: '2.0', method: `notifications/${email}`, params: {} }),
  'another member of a notification': event({ ...progress('x'), by: email }),
  'a notification without params': event({ jsonrpc: '2.0', method: 'notifications/message', by: email }),
  'the name of an event': `event: ${email}\ndata: ${JSON.stringify(progress('x'))}\n\n`,
  'a comment': `: ${email}\n\n`,
  'a field nobody knows': `by: ${email}\ndata: ${JSON.stringify(progress('x'))}\n\n`,
  'a time to retry': `retry: ${email}\ndata: ${JSON.stringify(progress('x'))}\n\n`,
  'an event of other words': `data: ${email}\n\n`,
  'an event of lines': `data: {"jsonrpc":"2.0","method":"notifications/message",\ndata: "params":{"level":"info","data":"${email}"}}\n\n`,
  'an answer to another request': event({ jsonrpc: '2.0', id: 'other', result: { by: email } }),
  'an error to another request': event({ jsonrpc: '2.0', id: 'other', error: { code: 1, message: email } }),
  'an answer to nobody': event({ jsonrpc: '2.0', id: null, result: { by: email } }),
  'words parted over two': event(progress('ilka.vondracek@exa')) + event(progress('mple.org')),
  'a request nobody knows': event({ jsonrpc: '2.0', id: 'q', method: 'vendor/x', params: { by: email } }),
};

for (const era of eras)
  describe(`${era}: on the way to an answer`, () => {
    for (const [what, before] of Object.entries(streams)) {
      const run = async () => {
        gateway.stub.conduct = stream(before + event(answer()));
        const other =
          /event of other words|another request|answer to nobody|time to retry|nobody knows$|without params|method itself/.test(
            what,
          );
        keeps(await gateway.ask(calling(session, era)), [email], !other);
      };
      test(what, run);
    }

    test('the id of an event', async () => {
      gateway.stub.conduct = stream(event(answer(), email));
      const { wire } = await gateway.ask(calling(session, era));
      assert.ok(!wire.includes(email));
    });
    test('an answer that is given twice', async () => {
      gateway.stub.conduct = stream(event(answer()) + event(answer({ structuredContent: { by: email } })));
      keeps(await gateway.ask(calling(session, era)), [email]);
    });
    test('an error after an answer', async () => {
      gateway.stub.conduct = stream(
        event(answer()) + event({ jsonrpc: '2.0', id: '<id>', error: { code: 1, message: email } }),
      );
      keeps(await gateway.ask(calling(session, era)), [email]);
    });
    test('words after an answer', async () => {
      gateway.stub.conduct = stream(event(answer()) + event(log(email)));
      keeps(await gateway.ask(calling(session, era)), [email]);
    });
    test('a stream that breaks off within an event', async () => {
      gateway.stub.conduct = stream(`${event(progress('x'))}data: {"jsonrpc":"2.0","id":1,"result":{"by":"${email}"`);
      keeps(await gateway.ask(calling(session, era)), [email], false);
    });
    for (const [what, message] of Object.entries({
      progress: progress(`${name} called`),
      log: log({ note: `${name} called` }),
      'progress in base64': progress(base64(name)),
      'log in capitals': log(name.toUpperCase()),
    })) {
      test(`a name is told first in an answer that is repeated in words: ${what}, after`, async () => {
        gateway.stub.conduct = stream(event(told) + event(message));
        keeps(await gateway.ask(calling(session, era)), [name]);
      });
      test(`a record in a log line, then its name: ${what}`, async () => {
        gateway.stub.conduct = stream(event(log({ customer })) + event(message) + event(answer()));
        keeps(await gateway.ask(calling(session, era)), [name]);
      });
    }
  });
