import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { conducts, held, openStream } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { type Conduct, event, result, stream } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';
import { declaresTasks as declared, workingTask as task } from '../support/tasks.ts';
import { customer, harmless, marked } from './marked.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
let session: Record<string, string> = {};
before(async () => {
  gateway = await openLeaks();
  session = await beginSession(gateway, 's-streams', { server: 'leaks' });
});
after(() => gateway.close());

const { email, name } = marked;
const base64 = (words: string) => Buffer.from(words).toString('base64');
const notification = (method: string, params: object) => ({
  jsonrpc: '2.0',
  method: `notifications/${method}`,
  params,
});
const progress = (message: unknown, more: object = {}) =>
  notification('progress', { progressToken: 'p-1', progress: 1, message, ...more });
const log = (data: unknown, more: object = {}) => notification('message', { level: 'info', data, ...more });
const answer = (more: object = {}) => ({
  jsonrpc: '2.0',
  id: '<id>',
  result: { resultType: 'complete', content: [{ type: 'text', text: `(${harmless})` }], ...more },
});
const told = answer({ structuredContent: { customer } });
const eras = ['modern', 'legacy'] as const;
const call = (era: 'modern' | 'legacy', more: Asked = {}): Asked => ({
  server: 'leaks',
  era,
  ...(era === 'legacy' && { headers: session }),
  params: { name: 'echo', arguments: {}, _meta: { progressToken: 'p-1' } },
  ...more,
});

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
        keeps(await gateway.ask(call(era)), [email], !other);
      };
      test(what, run);
    }

    test('the id of an event', async () => {
      gateway.stub.conduct = stream(event(answer(), email));
      const { wire } = await gateway.ask(call(era));
      assert.ok(!wire.includes(email));
    });
    test('an answer that is given twice', async () => {
      gateway.stub.conduct = stream(event(answer()) + event(answer({ structuredContent: { by: email } })));
      keeps(await gateway.ask(call(era)), [email]);
    });
    test('an error after an answer', async () => {
      gateway.stub.conduct = stream(
        event(answer()) + event({ jsonrpc: '2.0', id: '<id>', error: { code: 1, message: email } }),
      );
      keeps(await gateway.ask(call(era)), [email]);
    });
    test('words after an answer', async () => {
      gateway.stub.conduct = stream(event(answer()) + event(log(email)));
      keeps(await gateway.ask(call(era)), [email]);
    });
    test('a stream that breaks off within an event', async () => {
      gateway.stub.conduct = stream(`${event(progress('x'))}data: {"jsonrpc":"2.0","id":1,"result":{"by":"${email}"`);
      keeps(await gateway.ask(call(era)), [email], false);
    });
    for (const [what, message] of Object.entries({
      progress: progress(`${name} called`),
      log: log({ note: `${name} called` }),
      'progress in base64': progress(base64(name)),
      'log in capitals': log(name.toUpperCase()),
    })) {
      test(`a name is told first in an answer that is repeated in words: ${what}, after`, async () => {
        gateway.stub.conduct = stream(event(told) + event(message));
        keeps(await gateway.ask(call(era)), [name]);
      });
      test(`a record in a log line, then its name: ${what}`, async () => {
        gateway.stub.conduct = stream(event(log({ customer })) + event(message) + event(answer()));
        keeps(await gateway.ask(call(era)), [name]);
      });
    }
  });

/** What a server asks its client. */
const questions: Record<string, [string, object]> = {
  'elicitation: the message': [
    'elicitation/create',
    { message: `Is it ${email}?`, requestedSchema: { type: 'object', properties: {} } },
  ],
  'elicitation: the schema': [
    'elicitation/create',
    { message: 'x', requestedSchema: { type: 'object', properties: { a: { type: 'string', title: email } } } },
  ],
  'elicitation: a default': [
    'elicitation/create',
    { message: 'x', requestedSchema: { type: 'object', properties: { a: { type: 'string', default: email } } } },
  ],
  'elicitation: a name of the schema': [
    'elicitation/create',
    { message: 'x', requestedSchema: { type: 'object', properties: { [email]: { type: 'string' } } } },
  ],
  'elicitation: base64': [
    'elicitation/create',
    { message: base64(email), requestedSchema: { type: 'object', properties: {} } },
  ],
  'elicitation: _meta': [
    'elicitation/create',
    { message: 'x', _meta: { by: email }, requestedSchema: { type: 'object', properties: {} } },
  ],
  'sampling: a text': [
    'sampling/createMessage',
    { messages: [{ role: 'user', content: { type: 'text', text: `Write to ${email}` } }], maxTokens: 5 },
  ],
  'sampling: the system prompt': ['sampling/createMessage', { systemPrompt: email, messages: [], maxTokens: 5 }],
  'sampling: JSON in a text': [
    'sampling/createMessage',
    { messages: [{ role: 'user', content: { type: 'text', text: JSON.stringify({ by: email }) } }], maxTokens: 5 },
  ],
  'sampling: letters': [
    'sampling/createMessage',
    { messages: [{ role: 'user', content: { type: 'text', text: [...email].join(' ') } }], maxTokens: 5 },
  ],
  'sampling: metadata': ['sampling/createMessage', { messages: [], metadata: { by: email }, maxTokens: 5 }],
  'sampling: texts that are one': [
    'sampling/createMessage',
    {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'ilka.vondra' },
            { type: 'text', text: 'cek@example.org' },
          ],
        },
      ],
      maxTokens: 5,
    },
  ],
  'sampling: a stop sequence': ['sampling/createMessage', { messages: [], stopSequences: [email], maxTokens: 5 }],
};

describe('what a server asks', () => {
  for (const [what, [method, params]] of Object.entries(questions))
    test(what, async () => {
      const post = held();
      gateway.stub.conduct = conducts({ 'tools/call': post.conduct });
      const opening = openStream(gateway, call('legacy', { id: 'c' }));
      await post.begun();
      post.say({ jsonrpc: '2.0', id: 'q', method, params });
      post.say({ ...answer(), id: 'c' });
      post.end();
      const { text, ended } = await opening;
      await ended;
      keeps({ wire: text() }, [email], text().includes('"result"') || text() === '');
    });
});

describe('a question of the second era', () => {
  const needs = (inputRequests: object, more: object = {}): Conduct =>
    result({ resultType: 'input_required', inputRequests, requestState: 'state', ...more });
  for (const [what, [method, params]] of Object.entries(questions))
    test(what, async () => {
      gateway.stub.conduct = needs({ q: { method, params } });
      keeps(await gateway.ask(call('modern')), [email], false);
    });
  test('its state', async () => {
    gateway.stub.conduct = needs({}, { requestState: email });
    keeps(await gateway.ask(call('modern')), [email], false);
  });
  test('its name', async () => {
    gateway.stub.conduct = needs({ [email]: { method: 'elicitation/create', params: { message: 'x' } } });
    keeps(await gateway.ask(call('modern')), [email], false);
  });
});

describe('a task', () => {
  let count = 0;
  for (const era of eras) {
    const places: Record<string, object> = {
      'its message': { statusMessage: email },
      'its _meta': { _meta: { by: email } },
      'another member': { by: email },
      'its status': { status: email },
      'its time': { createdAt: email },
    };
    for (const [what, more] of Object.entries(places))
      test(`${era}: as it begins: ${what}`, async () => {
        const taskId = `t-${count++}`;
        gateway.stub.conduct = result(
          era === 'legacy' ? { task: task(taskId, more) } : { resultType: 'task', ...task(taskId, more) },
        );
        keeps(
          await gateway.ask(
            call(era, {
              params: {
                name: 'echo',
                arguments: {},
                ...(era === 'legacy' ? { task: { ttl: 60_000 } } : { _meta: declared }),
              },
            }),
          ),
          [email],
          false,
        );
      });
    const results: Record<string, object> = {
      'a text': { content: [{ type: 'text', text: `(${harmless}) ${email}` }] },
      base64: { content: [{ type: 'text', text: `(${harmless}) ${base64(email)}` }] },
      'structured content': { content: [], structuredContent: { by: email, state: harmless } },
      _meta: { content: [{ type: 'text', text: harmless }], _meta: { by: email } },
    };
    for (const [what, value] of Object.entries(results))
      test(`${era}: what came of it: ${what}`, async () => {
        const taskId = `t-${count++}`;
        gateway.stub.conduct = result(
          era === 'legacy' ? { task: task(taskId) } : { resultType: 'task', ...task(taskId) },
        );
        await gateway.ask(
          call(era, {
            params: {
              name: 'echo',
              arguments: {},
              ...(era === 'legacy' ? { task: { ttl: 60_000 } } : { _meta: declared }),
            },
          }),
        );
        gateway.stub.conduct = result(
          era === 'legacy' ? value : { resultType: 'complete', ...task(taskId), status: 'completed', result: value },
        );
        const rpc = era === 'legacy' ? 'tasks/result' : 'tasks/get';
        const asked = {
          server: 'leaks',
          era,
          rpc,
          params: { taskId, ...(era === 'modern' && { _meta: declared }) },
          headers: era === 'legacy' ? session : { 'mcp-name': taskId },
        };
        keeps(await gateway.ask(asked), [email]);
      });
  }
});
