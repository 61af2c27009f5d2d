import assert from 'node:assert/strict';
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseToken, tokenOf } from '../../engine/masking/token.ts';
import { openStore } from '../../proxy/store/store.ts';
import { revokeTokens } from '../../proxy/store/value-token-rows.ts';
import { conducts, held, openStream } from '../support/asking.ts';
import { foundBelow, foundIn } from '../support/canaries.ts';
import { compiled } from '../support/compiled.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import type { HttpAnswer } from '../support/http.ts';
import { ofKind, withoutListings } from '../support/log.ts';
import { beginSession } from '../support/session.ts';
import { event, failure, result, stream, toolResult } from '../support/stub-server.ts';
import type { Asked, Options } from '../support/surroundings.ts';

const folder = fileURLToPath(new URL('../support/token-packs', import.meta.url));
const email = 'mira.vestergaard@example.com';
const second = 'jonas.brandt@example.com';
const done = toolResult({ done: true });

const open = async (options: Options = {}) =>
  openGateway({ bundle: await compiled(folder), packs: ['crm', 'post'], ...options });

/** Tokens for these addresses, as a caller is shown them. */
async function tokensOf(gateway: TestGateway, emails: readonly string[], asked: Asked = {}): Promise<string[]> {
  gateway.stub.conduct = result(toolResult({ people: emails.map((email) => ({ email })) }));
  const { last, wire } = await gateway.call('crm', {}, { tool: 'people', ...asked });
  gateway.stub.conduct = result(done);
  gateway.stub.seen.length = 0;
  assert.deepEqual(foundIn(wire, emails), []);
  const { people } = Object(last.result?.structuredContent);
  assert.ok(Array.isArray(people), wire);
  return people.map((person) => String(person.email));
}

const textOf = ({ last }: HttpAnswer) => last.result?.content?.[0]?.text ?? last.error?.message ?? '';
const placed = /^A token stands where it cannot be turned into its value, so nothing was sent\./;
const invalid = 'A token is not one that this caller may use here, so nothing was sent.';

describe('a token that is passed back', () => {
  let gateway: TestGateway;
  let token: string;
  const answers: HttpAnswer[] = [];
  before(async () => {
    gateway = await open();
  });
  after(() => gateway.close());
  beforeEach(async () => {
    [token = ''] = await tokensOf(gateway, [email]);
  });
  const send = async (args: Record<string, unknown>, asked: Asked & { tool?: string } = {}) => {
    const answer = await gateway.call('post', args, { tool: 'send', ...asked });
    answers.push(answer);
    return answer;
  };
  const argumentsSeen = () => gateway.stub.seen.map(({ message }) => message.params?.arguments);
  /** The answer refuses, and the server learned nothing. */
  const refuses = (answer: HttpAnswer, how: RegExp | string, what: string) => {
    if (typeof how === 'string') assert.equal(textOf(answer), how, what);
    else assert.match(textOf(answer), how, what);
    assert.deepEqual(gateway.stub.seen, [], what);
    assert.deepEqual(foundIn(answer.wire, [email]), [], what);
  };

  test('reaches the server as what it stands for, in letters too; nothing else of the message changes', async () => {
    assert.equal(parseToken(token)?.label, 'email');
    const [, other = ''] = await tokensOf(gateway, [email, second]);
    const bare = token.replace('@masked.invalid', '');
    const answer = await send({
      to: token,
      cc: [other, 'desk@example.org'],
      body: `Dear <${bare}>,\nwe wrote to ${other}.`,
      n: 1.5,
    });
    assert.deepEqual(argumentsSeen(), [
      { to: email, cc: [second, 'desk@example.org'], body: `Dear <${email}>,\nwe wrote to ${second}.`, n: 1.5 },
    ]);
    assert.deepEqual(Object(answer.last.result?.structuredContent), { done: true });
    assert.deepEqual(Object.keys(gateway.stub.seen[0]?.message ?? {}), ['jsonrpc', 'id', 'method', 'params']);
    assert.deepEqual(foundIn(gateway.stub.seen[0]?.body ?? '', ['tok_']), []);
  });

  test('is refused anywhere else, and the refusal says where it may stand', async () => {
    const places: [string, Record<string, unknown>][] = [
      ['another argument', { note: token }],
      ['beside one that is right', { to: token, note: token }],
      ['below a place', { to: { address: token } }],
      ['within a list in its place', { to: [token] }],
      ['a name', { [token]: 1 }],
      ['a name below', { cc: [{ [`x ${token}`]: 1 }] }],
      ['a URI', { link: `https://letters.example/?to=${token}` }],
      ['other letter case', { to: token.toUpperCase() }],
      ['a part of it in other letter case', { to: token.replace('tok', 'Tok') }],
      ['signs nobody sees', { to: `${token.slice(0, 4)}\u200b${token.slice(4)}` }],
      ['signs nobody sees, elsewhere', { note: `${token.slice(0, 14)}\u2060${token.slice(14)}` }],
      ['wide letters', { to: token.replace('tok', '\uff54\uff4f\uff4b') }],
      ['a part of it', { to: token.slice(0, 30) }],
      ['glued to a word', { body: `x${token}` }],
    ];
    for (const [what, args] of places) refuses(await send(args), placed, what);
    const told = textOf(await send({ note: token }));
    assert.ok(told.includes('$.to, $.cc[*], $.body, $.link'), told);
    refuses(await send({ to: token }, { tool: 'other' }), /Nowhere in this message/, 'a tool that takes none');
    const elsewhere = await gateway.call('crm', { to: token });
    refuses(elsewhere, /Nowhere in this message/, 'a server that takes none');
  });

  test('is refused in every part of every message that is no argument of a tool', async () => {
    const params = { name: 'send', arguments: { to: token } };
    const asks: [string, Asked][] = [
      ['prompts/get', { rpc: 'prompts/get', params: { name: 'letter', arguments: { to: token } } }],
      ['prompt name', { rpc: 'prompts/get', params: { name: token } }],
      ['resources/read', { rpc: 'resources/read', era: 'legacy', params: { uri: `mail://${token}` } }],
      [
        'resources/read of 2026-07-28',
        { rpc: 'resources/read', params: { uri: `mail://${token}` }, headers: { 'mcp-name': `mail://${token}` } },
      ],
      ['resources/subscribe', { rpc: 'resources/subscribe', era: 'legacy', params: { uri: `mail://${token}` } }],
      [
        'completion/complete',
        {
          rpc: 'completion/complete',
          params: { ref: { type: 'ref/prompt', name: 'p' }, argument: { name: 'to', value: token } },
        },
      ],
      ['_meta of a tool', { params: { ...params, _meta: { note: token } } }],
      ['a name in _meta', { params: { ...params, _meta: { [token]: 1 } } }],
      ['a parameter nobody knows', { params: { ...params, note: token } }],
      [
        'a notification',
        { rpc: 'notifications/progress', id: null, era: 'legacy', params: { progressToken: 1, message: token } },
      ],
      [
        'an escape',
        {
          body: JSON.stringify({
            jsonrpc: '2.0',
            id: 1,
            method: 'prompts/get',
            params: { name: 'p', arguments: { to: token } },
          }).replace('tok_', '\\u0074ok_'),
          rpc: 'prompts/get',
          era: 'legacy',
        },
      ],
    ];
    for (const [what, asked] of asks) {
      const answer = await gateway.ask({ server: 'post', ...asked });
      answers.push(answer);
      refuses(answer, placed, what);
      if (asked.rpc !== undefined) assert.equal(answer.last.error?.data?.code, 'WRIT_MASK_TOKEN_PLACE', what);
    }
  });

  test('goes into no header but as what it stands for', async () => {
    gateway.stub.conduct = result({
      tools: [
        {
          name: 'send',
          inputSchema: { type: 'object', properties: { to: { type: 'string', 'x-mcp-header': 'To' } } },
        },
      ],
      resultType: 'complete',
    });
    await gateway.ask({ server: 'post', rpc: 'tools/list' });
    gateway.stub.conduct = result(done);
    gateway.stub.seen.length = 0;
    const headers = { 'mcp-param-to': token };
    await send({ to: token }, { headers });
    assert.equal(gateway.stub.seen[0]?.headers['mcp-param-to'], email);
    gateway.stub.seen.length = 0;
    refuses(await send({ to: token }, { headers: { 'mcp-param-other': token } }), placed, 'a header nobody declares');
  });

  test('is of one caller and one use: to all others it is as good as guessed, and they hear the same', async () => {
    const guessed = tokenOf('email', Buffer.alloc(16, 3));
    const tries: [string, () => Promise<HttpAnswer>][] = [
      ['another caller', () => send({ to: token }, { persona: 'medical-officer' })],
      ['a purpose of its own', () => send({ to: token }, { tool: 'bill' })],
      ['another category', () => send({ to: token }, { tool: 'call' })],
      ['a guess', () => send({ to: guessed })],
      ['another label', () => send({ to: `tok_phone_${parseToken(token)?.id}` })],
      ['a guess beside a good one', () => send({ to: token, cc: [guessed] })],
    ];
    for (const [what, attempt] of tries) refuses(await attempt(), invalid, what);
    await send({ to: token });
    assert.deepEqual(argumentsSeen(), [{ to: email }]);
    assert.match(gateway.messages(), /"code":"WRIT_MASK_TOKEN_INVALID".*"why":"of another caller"/);
    assert.deepEqual(foundIn(gateway.messages(), [email, token]), []);
  });

  test('is decided on as a token, and by no rule as what it stands for', async () => {
    const [closed = ''] = await tokensOf(gateway, ['closed']);
    await send({ to: closed });
    assert.deepEqual(argumentsSeen(), [{ to: 'closed' }]);
    gateway.stub.seen.length = 0;
    const denied = await send({ to: 'closed', note: token });
    assert.match(textOf(denied), /^Policy does not allow this call/);
  });

  test('is held to the schema of the tool as what it stands for, of which the refusal says nothing', async () => {
    const typed = {
      name: 'typed',
      inputSchema: { type: 'object', properties: { to: { type: 'string', pattern: 'masked|brandt', maxLength: 60 } } },
    };
    gateway.stub.conduct = result({ tools: [typed], resultType: 'complete' });
    await gateway.ask({ server: 'post', rpc: 'tools/list' });
    const [mira = '', jonas = ''] = await tokensOf(gateway, [email, second]);
    await send({ to: jonas }, { tool: 'typed' });
    assert.deepEqual(argumentsSeen(), [{ to: second }]);
    gateway.stub.seen.length = 0;
    const told =
      "The arguments do not fit the tool's schema. They do not where tokens are turned into what they stand for.";
    refuses(await send({ to: mira }, { tool: 'typed' }), told, 'a value that does not fit');
  });

  test('cannot break out of JSON in a text', async () => {
    const [nasty = '', plain = ''] = await tokensOf(gateway, ['x","admin":"yes', email]);
    refuses(await send({ body: `{"to":"${nasty}"}` }), /of which its value would break the form/, 'JSON');
    await send({ body: `{"to":"${plain}"}` });
    await send({ body: `Dear ${nasty}` });
    assert.deepEqual(argumentsSeen(), [{ body: `{"to":"${email}"}` }, { body: 'Dear x","admin":"yes' }]);
  });

  test('has bounds to how often one call may use it, and to what that makes of the call', async () => {
    refuses(await send({ body: `${token} `.repeat(257) }), /One call may use 256 of them/, 'too often');
    const long = 'y'.repeat(16_000);
    const [large = ''] = await tokensOf(gateway, [`${long}@example.com`]);
    const answer = await send({ body: `${large} `.repeat(100) });
    refuses(answer, /larger than the limit/, 'too large');
  });

  test('made of an argument is kept before the server has it', async () => {
    await gateway.call('crm', { reference: email });
    const [seen] = argumentsSeen();
    const given = String(seen?.reference);
    assert.equal(parseToken(given)?.text, given);
    gateway.stub.seen.length = 0;
    await send({ body: given });
    // That mask has a path and no category, and none is permitted here.
    assert.deepEqual(argumentsSeen(), []);
  });

  test('shows nobody what it stands for', () => {
    assert.deepEqual(
      answers.flatMap(({ wire }) => foundIn(wire, [email, second])),
      [],
    );
  });
});

test('tokens work at the endpoint of all servers as at their own', async (t) => {
  const gateway = await open({ combined: true });
  t.after(() => gateway.close());
  gateway.stub.conduct = result(toolResult({ people: [{ email }] }));
  const given = await gateway.call('', {}, { tool: 'crm__people' });
  assert.deepEqual(foundIn(given.wire, [email]), []);
  const token = /tok_email_[a-z2-7]{26}@masked\.invalid/.exec(given.wire)?.[0];
  assert.ok(token !== undefined, given.wire);
  gateway.stub.seen.length = 0;
  gateway.stub.conduct = result(toolResult({ to: email }));
  const refused = await gateway.call('', { note: token }, { tool: 'post__send' });
  assert.match(textOf(refused), placed);
  const sent = await gateway.call('', { to: token }, { tool: 'post__send' });
  assert.deepEqual(
    gateway.stub.seen.map(({ message }) => message.params?.arguments),
    [{ to: email }],
  );
  assert.deepEqual(Object(sent.last.result?.structuredContent), { to: token });
});

test('a token in what a client says of itself is not passed on either, when the gateway asks for the tool', async (t) => {
  const gateway = await open();
  t.after(() => gateway.close());
  const [token = ''] = await tokensOf(gateway, [email]);
  gateway.stub.answersForTools = false;
  gateway.stub.conduct = result({ tools: [], resultType: 'complete' });
  const clientInfo = { name: token, version: '1' };
  const params = { _meta: { 'io.modelcontextprotocol/clientInfo': clientInfo } };
  const answer = await gateway.call('post', {}, { tool: 'found', params: { name: 'found', arguments: {}, ...params } });
  assert.match(textOf(answer), placed);
  assert.deepEqual(
    gateway.stub.seen.map(({ message }) => message.method),
    ['tools/list'],
  );
  assert.deepEqual(foundIn(gateway.stub.seen.map(({ body }) => body).join(), ['tok_']), []);
});

describe('what comes back of a call with tokens', () => {
  let gateway: TestGateway;
  let token: string;
  before(async () => {
    gateway = await open();
    [token = ''] = await tokensOf(gateway, [email]);
  });
  after(() => gateway.close());
  const send = (asked: Asked & { tool?: string } = {}) =>
    gateway.call('post', { to: token }, { tool: 'send', ...asked });
  const saidIn = ({ wire }: HttpAnswer) => foundIn(wire, [email, 'mira.vestergaard']);

  test('says the token where the server says the value', async () => {
    gateway.stub.conduct = result(toolResult({ sent: { to: email, at: 1.5 }, note: `Sent to ${email}.` }));
    const answer = await send();
    assert.deepEqual(saidIn(answer), []);
    assert.deepEqual(answer.last.result?.structuredContent, {
      sent: { to: token, at: 1.5 },
      note: `Sent to ${token}.`,
    });
  });

  test('says it in no text, error, message on the way or other part of an answer either', async () => {
    const progress = {
      jsonrpc: '2.0',
      method: 'notifications/progress',
      params: { progressToken: 7, progress: 1, message: `to ${email}` },
    };
    const log = { jsonrpc: '2.0', method: 'notifications/message', params: { level: 'info', data: { to: email } } };
    const conducts = {
      text: result({ content: [{ type: 'text', text: `Sent to ${email.toUpperCase()}` }], resultType: 'complete' }),
      fault: result({
        content: [{ type: 'text', text: `No such box: ${email}` }],
        isError: true,
        resultType: 'complete',
      }),
      name: result(toolResult({ [email]: true })),
      meta: result({ ...toolResult({}), _meta: { to: email } }),
      error: failure({ code: -32000, message: `Cannot send to ${email}`, data: { to: email } }),
      stream: stream(
        event(progress) + event(log) + event({ jsonrpc: '2.0', id: '<id>', result: toolResult({ to: email }) }),
      ),
      failing: stream(event(progress) + event({ jsonrpc: '2.0', id: '<id>', error: { code: -1, message: email } })),
    };
    for (const [what, conduct] of Object.entries(conducts)) {
      gateway.stub.conduct = conduct;
      assert.deepEqual(saidIn(await send({ params: { _meta: { progressToken: 7 } } })), [], what);
    }
  });

  test('of a task, whenever it is asked for', async () => {
    const session = await beginSession(gateway, 's-task', { server: 'post' });
    const asked: Asked = { server: 'post', era: 'legacy', headers: session };
    const task = {
      taskId: 't-1',
      status: 'working',
      statusMessage: `to ${email}`,
      createdAt: '2026-11-25T10:00:00Z',
      ttl: 60_000,
    };
    gateway.stub.conduct = result({ task });
    const begun = await send({ ...asked, params: { task: { ttl: 60_000 } } });
    assert.deepEqual(saidIn(begun), []);
    gateway.stub.conduct = result(task);
    assert.deepEqual(saidIn(await gateway.ask({ ...asked, rpc: 'tasks/get', params: { taskId: 't-1' } })), []);
    gateway.stub.conduct = result({
      content: [{ type: 'text', text: `Sent to ${email}` }],
      structuredContent: { to: email },
    });
    const last = await gateway.ask({ ...asked, rpc: 'tasks/result', params: { taskId: 't-1' } });
    assert.deepEqual(saidIn(last), []);
    assert.deepEqual(Object(last.last.result?.structuredContent), { to: token });
  });
});

describe('an answer to a question of the server', () => {
  test('takes no token in a session either, and its server learns that it was refused', async (t) => {
    const gateway = await open();
    t.after(() => gateway.close());
    const [token = ''] = await tokensOf(gateway, [email]);
    const headers = await beginSession(gateway, 's-ask', { server: 'post' });
    const post = held();
    gateway.stub.conduct = conducts({ 'tools/call': post.conduct });
    gateway.stub.seen.length = 0;
    const asked: Asked = { server: 'post', era: 'legacy', headers };
    const opening = openStream(gateway, { ...asked, id: 'c', params: { name: 'other', arguments: {} } });
    await post.begun();
    post.say({ jsonrpc: '2.0', id: 'q', method: 'elicitation/create', params: { message: 'To whom?' } });
    const streamed = await opening;
    await streamed.has(1);
    const say = (answer: object) =>
      gateway.ask({ ...asked, body: JSON.stringify({ jsonrpc: '2.0', id: 'q', ...answer }) });
    const refused = await say({ result: { action: 'accept', content: { to: token } } });
    assert.equal(refused.last.error?.data?.code, 'WRIT_MASK_TOKEN_PLACE');
    assert.deepEqual(foundIn(gateway.stub.seen.map(({ body }) => body).join(), ['tok_', email]), []);
    assert.ok(gateway.stub.seen.some(({ message }) => message.id === 'q' && 'error' in message));
    post.say({ jsonrpc: '2.0', id: 'c', result: done });
    await streamed.ended;
  });

  test('takes no token', async (t) => {
    const gateway = await open();
    t.after(() => gateway.close());
    const [token = ''] = await tokensOf(gateway, [email]);
    const ask = (params: object = {}) =>
      gateway.ask({ server: 'post', params: { name: 'send', arguments: { to: token }, ...params } });
    const questions = { q: { method: 'elicitation/create', params: { message: 'To whom?' } } };
    gateway.stub.conduct = result({ resultType: 'input_required', inputRequests: questions, requestState: 's' });
    const argumentsSeen = () => gateway.stub.seen.map(({ message }) => message.params?.arguments);
    const first = await ask();
    assert.equal(gateway.stub.seen.length, 1);
    gateway.stub.conduct = result(done);
    gateway.stub.seen.length = 0;
    const { requestState } = first.last.result ?? {};
    assert.equal(typeof requestState, 'string', first.wire);
    const answered = await ask({ requestState, inputResponses: { q: { action: 'accept', content: { to: token } } } });
    assert.match(textOf(answered), placed);
    assert.deepEqual(gateway.stub.seen, []);
    await ask({ requestState, inputResponses: { q: { action: 'accept', content: { ok: true } } } });
    assert.deepEqual(argumentsSeen(), [{ to: email }]);
  });
});

describe('the store of tokens', () => {
  test('is gone: neither are tokens given out nor turned back, and the next call goes on where it is back', async (t) => {
    const gateway = await open();
    t.after(() => gateway.close());
    const [token = ''] = await tokensOf(gateway, [email]);
    const argumentsSeen = () => gateway.stub.seen.map(({ message }) => message.params?.arguments);
    const file = join(gateway.directory, 'writ.db');
    assert.ok(existsSync(file));
    renameSync(file, `${file}.gone`);
    gateway.stub.conduct = result(toolResult({ people: [{ email: second }] }));
    const refused = await gateway.call('crm', {}, { tool: 'people' });
    assert.equal(refused.last.error?.data?.code, 'WRIT_STORE_UNAVAILABLE');
    assert.deepEqual(foundIn(refused.wire, [second, 'tok_']), []);
    gateway.stub.seen.length = 0;
    const sent = await gateway.call('post', { to: token }, { tool: 'send' });
    assert.equal(sent.last.error?.data?.code, 'WRIT_STORE_UNAVAILABLE');
    assert.deepEqual(gateway.stub.seen, []);
    renameSync(`${file}.gone`, file);
    await gateway.call('post', { to: token }, { tool: 'send' });
    assert.deepEqual(argumentsSeen(), [{ to: email }]);
  });

  test('holds what was revoked or has expired for nothing, from the next call on', async (t) => {
    const gateway = await open();
    t.after(() => gateway.close());
    const [first = '', late = ''] = await tokensOf(gateway, [email, second]);
    const store = await openStore(join(gateway.directory, 'writ.db'));
    t.after(() => store.close());
    const send = (to: string) => gateway.call('post', { to }, { tool: 'send' });
    await send(first);
    assert.equal(await revokeTokens(store, { tenant: 'default', before: '9' }, '2026-11-25T10:00:00.000Z'), 2);
    for (const token of [first, late, first]) assert.equal(textOf(await send(token)), invalid);
    assert.equal(gateway.stub.seen.length, 1);
    const past = { revoked_at: null, expires_at: '2026-11-25T00:00:00.000Z' };
    await store.use((database) => database.updateTable('value_tokens').set(past).execute());
    assert.equal(textOf(await send(first)), invalid);
    // An expired row may have been swept by then.
    assert.match(gateway.messages(), /"why":"revoked"[\s\S]*"why":"(expired|unknown)"/);
  });

  test('lets a second gateway turn back what the first gave out, and tokens outlive both', async (t) => {
    const first = await open();
    t.after(() => first.close());
    const [token = ''] = await tokensOf(first, [email]);
    const { startGateway } = await import('../../proxy/gateway.ts');
    const { loadConfig } = await import('../../proxy/config/load.ts');
    const { pino } = await import('pino');
    const silent = pino({ level: 'silent' });
    const config = loadConfig(join(first.directory, 'writ.yaml'));
    const send = async (url: string) => {
      first.stub.seen.length = 0;
      const { compose } = first;
      const own = first.url;
      first.url = url;
      const { headers } = await compose({ server: 'post', params: { name: 'send', arguments: { to: token } } });
      assert.ok(headers);
      await first.call('post', { to: token }, { tool: 'send' });
      first.url = own;
      return first.stub.seen[0]?.message.params?.arguments;
    };
    const beside = { ...config, audit: { ...config.audit, directory: join(first.directory, 'audit-2') } };
    const another = await startGateway({ ...beside, store: config.store ?? '' }, 'test', silent);
    assert.deepEqual(await send(another.url).finally(() => another.close('test ended')), { to: email });
    await first.running.close('restart');
    const again = await startGateway(config, 'test', silent);
    assert.deepEqual(await send(again.url).finally(() => again.close('test ended')), { to: email });
  });

  test('gives equal values equal tokens also where many calls ask at once', async (t) => {
    const gateway = await open();
    t.after(() => gateway.close());
    gateway.stub.conduct = result(toolResult({ people: [{ email }, { email: second }] }));
    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.call('crm', {}, { tool: 'people' })));
    assert.equal(new Set(answers.map(({ last }) => JSON.stringify(last.result?.structuredContent))).size, 1);
  });

  test('gives none to callers without a name', async (t) => {
    const gateway = await open({ anonymous: 'allow' });
    t.after(() => gateway.close());
    gateway.stub.conduct = result(toolResult({ people: [{ email }] }));
    const answer = await gateway.call('crm', {}, { tool: 'people', nobody: true });
    assert.equal(answer.last.error?.data?.code, 'WRIT_MASK_FAILED');
    assert.deepEqual(foundIn(answer.wire, [email, 'tok_']), []);
  });
});

test('the record says what was asked and what was sent, by whose rule, and holds no value', async (t) => {
  const gateway = await open();
  t.after(() => gateway.close());
  const [token = ''] = await tokensOf(gateway, [email]);
  await gateway.call('post', { to: token, cc: [token] }, { tool: 'send' });
  await gateway.call('post', { note: token }, { tool: 'send' });
  await gateway.call('post', { to: 'desk@example.org' }, { tool: 'send' });
  const entries = withoutListings(await gateway.entries());
  const [, turned, refused, plain] = ofKind(entries, 'decision');
  const intents = ofKind(entries, 'intent');
  const of = (call: string | undefined) => intents.find((intent) => intent.call === call)?.commitments.arguments;
  assert.notEqual(of(turned?.call), turned?.commitments.arguments);
  assert.equal(of(plain?.call), plain?.commitments.arguments);
  assert.deepEqual([refused?.effect, refused?.error, of(refused?.call)], ['allow', 'WRIT_MASK_TOKEN_PLACE', undefined]);
  const outcome = ofKind(entries, 'outcome').find(({ call }) => call === turned?.call);
  assert.deepEqual(outcome?.masked, [
    { rule: 'post.detokenise.reply', strategy: 'detokenise', category: 'user.contact.email', count: 2 },
  ]);
  assert.deepEqual(
    foundBelow(gateway.directory, [email, token]).filter((path) => !path.includes('writ.yaml')),
    [],
  );
});
