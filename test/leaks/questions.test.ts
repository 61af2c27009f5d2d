import { after, before, describe, test } from 'node:test';
import { conducts, held, openStream } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { beginSession } from '../support/session.ts';
import { type Conduct, result } from '../support/stub-server.ts';
import { marked } from './marked.ts';
import { answer, base64, calling } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
let session: Record<string, string> = {};
before(async () => {
  gateway = await openLeaks();
  session = await beginSession(gateway, 's-questions', { server: 'leaks' });
});
after(() => gateway.close());

const { email } = marked;

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
      const opening = openStream(gateway, calling(session, 'legacy', { id: 'c' }));
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
      keeps(await gateway.ask(calling(session, 'modern')), [email], false);
    });
  test('its state', async () => {
    gateway.stub.conduct = needs({}, { requestState: email });
    keeps(await gateway.ask(calling(session, 'modern')), [email], false);
  });
  test('its name', async () => {
    gateway.stub.conduct = needs({ [email]: { method: 'elicitation/create', params: { message: 'x' } } });
    keeps(await gateway.ask(calling(session, 'modern')), [email], false);
  });
});
