import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { foundBelow, foundIn } from '../support/canaries.ts';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { type HttpAnswer, send } from '../support/http.ts';
import { ofKind, withoutListings } from '../support/log.ts';
import { beginSession } from '../support/session.ts';
import { event, failure, raw, result, stream, toolResult } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';

const anna = { id: 'p-1', name: 'Anna Lindqvist', email: 'anna.lindqvist@example.com' };
const hidden = [anna.name, anna.email, 'anna.lindqvist', 'Lindqvist'];
const json = (value: unknown) => JSON.stringify({ jsonrpc: '2.0', id: 1, ...Object(value) });

describe('arguments that policy hides from the server', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openGateway();
  });
  after(() => gateway.close());

  const argumentsSeen = () => gateway.stub.seen.map(({ message }) => message.params?.arguments);

  test('are masked before it sees them, the same value alike; the rest of the message is kept', async () => {
    const [first, second] = ['anna@example.com', 'ben@example.com'];
    for (const email of [first, first, second]) await gateway.call('inbound', { email, note: email, n: 1.5 });
    const tokens = argumentsSeen().map((args) => args?.email);
    for (const token of tokens) assert.match(String(token), /^hmac_[0-9a-f]{16}$/);
    assert.equal(tokens[0], tokens[1]);
    assert.notEqual(tokens[1], tokens[2]);
    for (const { body } of gateway.stub.seen) assert.deepEqual(foundIn(body, [first, second]), []);
    assert.equal(gateway.stub.seen[0]?.message.params?.arguments?.n, 1.5);
    assert.deepEqual(Object.keys(gateway.stub.seen[0]?.message ?? {}), ['jsonrpc', 'id', 'method', 'params']);
  });

  test('are on record twice, as asked and as sent; others once', async () => {
    gateway.stub.conduct = result(toolResult({}));
    await gateway.call('inbound', { note: 'nothing to hide' });
    const entries = withoutListings(await gateway.entries());
    const asked = ofKind(entries, 'decision').map(({ commitments }) => commitments.arguments);
    const sent = ofKind(entries, 'intent').map(({ commitments }) => commitments.arguments);
    assert.equal(asked.length, 4);
    for (const at of [0, 1, 2]) assert.notEqual(asked[at], sent[at]);
    assert.equal(asked[3], sent[3]);
    assert.equal(new Set([...asked, ...sent]).size, 7, 'equal values are not equal in the log');
  });
});

describe('results', () => {
  let gateway: TestGateway;
  const answers: HttpAnswer[] = [];
  const ask = async (server: string, asked: Asked = {}) => {
    const answer = await gateway.call(server, {}, asked);
    answers.push(answer);
    return answer;
  };
  before(async () => {
    gateway = await openGateway();
  });
  after(() => gateway.close());

  test('are masked alike in structured content and in text', async () => {
    gateway.stub.conduct = result(toolResult({ people: [anna] }));
    const { last } = await ask('masked');
    const shown = { people: [{ id: 'p-1', name: '[redacted]', email: 'a***@masked.invalid' }] };
    assert.deepEqual(last.result?.structuredContent, shown);
    assert.deepEqual(JSON.parse(last.result?.content?.[0]?.text ?? ''), shown);
  });

  test('that are text alone are withheld', async () => {
    for (const text of [`${anna.name} <${anna.email}>`, '{"people":', 'p-1', '']) {
      gateway.stub.conduct = result({ content: [{ type: 'text', text }] });
      const { last } = await ask('masked');
      assert.equal(last.result?.content?.[0]?.text, '[withheld by policy: text that cannot be masked]');
    }
  });

  test('that are text beside structured content are shown without what is masked there', async () => {
    const text = `${anna.name.toUpperCase()} is at ${anna.email}; ticket 17.`;
    gateway.stub.conduct = result({ content: [{ type: 'text', text }], structuredContent: { people: [anna] } });
    const { last } = await ask('masked');
    assert.equal(last.result?.content?.[0]?.text, '[redacted] is at a***@masked.invalid; ticket 17.');
  });

  test('of kinds that masks do not look into are withheld', async () => {
    const items = [
      { type: 'image', data: Buffer.from(anna.email).toString('base64'), mimeType: 'image/png' },
      { type: 'resource_link', uri: `mailto:${anna.email}`, name: anna.name },
      { type: 'resource', resource: { uri: 'crm://p-1', text: anna.email } },
      { type: anna.email },
      anna.email,
    ];
    gateway.stub.conduct = result({
      content: items,
      structuredContent: { people: [anna] },
      _meta: { anna },
      [anna.email]: 1,
    });
    const { last } = await ask('masked');
    assert.deepEqual(Object.keys(last.result ?? {}), ['content', 'structuredContent']);
    for (const { text } of last.result?.content ?? []) assert.match(text ?? '', /^\[withheld by policy: /);
  });

  test('that are errors are masked too, in a result and in JSON-RPC', async () => {
    const content = [{ type: 'text', text: `No such person: ${anna.name}` }];
    gateway.stub.conduct = result({ isError: true, content });
    assert.equal((await ask('masked')).last.result?.isError, true);
    gateway.stub.conduct = failure({ code: -32000, message: anna.email, data: { anna } }, 400);
    const { status, last } = await ask('masked');
    assert.deepEqual([status, last.error?.code], [400, -32000]);
  });

  test('of any shape never show what is masked', async () => {
    const people = [anna];
    const shapes = [
      json({ result: toolResult({ people }), anna }),
      json({ result: { structuredContent: { people: [anna, [], null], more: [anna.email] }, content: [] } }),
      json({ result: { content: [{ type: 'text', text: JSON.stringify({ people }), annotations: { anna } }] } }),
      json({ result: { content: [{ type: 'text', text: `\ufeff${JSON.stringify({ people })}` }] } }),
      json({ result: { content: [{ type: 'text', text: '{"people":[{"name":"x","name":"Anna Lindqvist"}]}' }] } }),
      json({ error: { code: 1, message: anna.name, [anna.email]: 1 } }),
      json({ result: { content: [] }, error: { code: 1, message: anna.name } }),
      `{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"people":[{"email":"anna.lindqv\\u0069st@example.com"}]}}}`,
      anna.email,
    ];
    for (const shape of shapes) {
      gateway.stub.conduct = raw(200, { 'content-type': 'application/json' }, shape);
      await ask('masked');
      gateway.stub.conduct = stream(`id: ${anna.email}\nevent: ${anna.email}\ndata: ${shape}\n\n`);
      await ask('masked');
    }
    gateway.stub.conduct = raw(500, { 'x-name': anna.email }, anna.email);
    await ask('masked');
  });

  test('nothing that was masked is in any byte the caller got', () => {
    assert.ok(answers.length > 25);
    for (const { wire } of answers) assert.deepEqual(foundIn(wire, hidden), []);
  });
});

describe('the second look', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openGateway();
  });
  after(() => gateway.close());

  const person = (n: number, restricted = false) => ({ id: `p-${n}`, name: `canary-${n}`, restricted });
  const both = (value: object) => [
    result(toolResult(value)),
    stream(event({ jsonrpc: '2.0', id: '<id>', result: toolResult(value) })),
  ];

  test('drops rows from structured content and from the text that repeats it', async () => {
    for (const conduct of both({ people: [person(1), person(2, true), person(3)] })) {
      gateway.stub.conduct = conduct;
      const { last, wire } = await gateway.call('second');
      const shown = { people: [person(1), person(3)] };
      assert.deepEqual(last.result?.structuredContent, shown);
      assert.deepEqual(JSON.parse(last.result?.content?.[0]?.text ?? ''), shown);
      assert.ok(!wire.includes('canary-2'));
    }
  });

  test('refuses what is too much', async () => {
    for (const conduct of both({ people: [1, 2, 3, 4].map((n) => person(n)) })) {
      gateway.stub.conduct = conduct;
      const { last, wire } = await gateway.call('second');
      assert.deepEqual(last.result?._meta?.['writ/decision']?.rules, ['second.deny.bulk']);
      assert.ok(!wire.includes('canary'));
    }
  });

  test('looks into text that is JSON where there is no structured content, or other', async () => {
    const people = [1, 2, 3, 4].map((n) => person(n));
    const content = [{ type: 'text', text: JSON.stringify({ people }, null, 1) }];
    for (const value of [{ content }, { content, structuredContent: { people: [] } }]) {
      gateway.stub.conduct = result(value);
      const { last, wire } = await gateway.call('second');
      assert.deepEqual(last.result?._meta?.['writ/decision']?.rules, ['second.deny.bulk']);
      assert.ok(!wire.includes('canary'));
    }
  });

  test('counts people once that a server names twice', async () => {
    const people = [1, 2, 3].map((n) => person(n));
    const content = [{ type: 'text', text: JSON.stringify({ people }, null, 1) }];
    gateway.stub.conduct = result({ content, structuredContent: { people } });
    assert.deepEqual((await gateway.call('second')).last.result?.structuredContent, { people });
  });

  test('lets no words of an error pass that it has not looked at', async () => {
    gateway.stub.conduct = failure({ code: -32000, message: 'canary-1', data: { people: [person(1)] } });
    const { last, wire } = await gateway.call('second');
    assert.equal(last.error?.code, -32000);
    assert.ok(!wire.includes('canary'));
  });

  test('counts bytes, not characters, in a stream too', async () => {
    for (const conduct of both({ note: '☃'.repeat(400) })) {
      gateway.stub.conduct = conduct;
      const { last } = await gateway.call('second');
      assert.deepEqual(last.result?._meta?.['writ/decision']?.rules, ['second.deny.volume']);
    }
  });

  test('is not passed by, whatever a server answers in place of a result', async () => {
    for (const value of [['canary-1'], 'canary-1', 1, true, null]) {
      gateway.stub.conduct = result(value);
      const { last, wire } = await gateway.call('second');
      assert.equal(last.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
      assert.ok(!wire.includes('canary'));
    }
  });

  test('is on record with its rules', async () => {
    const outcomes = ofKind(withoutListings(await gateway.entries()), 'outcome');
    const rules = outcomes.map(({ status, rules, masked }) => [
      status,
      rules,
      masked.map(({ rule, count }) => [rule, count]),
    ]);
    const dropped = ['completed', [], [['second.mask_fields.restricted', 2]]];
    const refused = (rule: string) => ['refused', [rule], []];
    assert.deepEqual(rules.slice(0, 10), [
      ...Array(2).fill(dropped),
      ...Array(4).fill(refused('second.deny.bulk')),
      ['completed', [], []],
      ['failed', [], []],
      ...Array(2).fill(refused('second.deny.volume')),
    ]);
    for (const { status, error } of outcomes.slice(10))
      assert.deepEqual([status, error], ['refused', 'WRIT_UPSTREAM_INVALID']);
  });
});

test('what callers and servers say is in no file of the log and in no log message', async () => {
  const gateway = await openGateway();
  const canaries: string[] = [];
  const canary = (what: string) => {
    canaries.push(`canary-${what}-åß☃`);
    return canaries.at(-1) ?? '';
  };
  try {
    const purpose = canary('purpose');
    const params = {
      name: 'echo',
      arguments: { email: canary('argument'), nested: [{ [canary('key')]: canary('value') }] },
      _meta: {
        'writ/purpose': purpose,
        'io.modelcontextprotocol/clientInfo': { name: canary('client'), version: '1' },
      },
    };
    const headers = {
      traceparent: 'canary-traceparent',
      authorization: `Bearer ${await gateway.issuer.token({ persona: 'support-agent', claims: { sub: 'canary-sub', oid: 'canary-oid', name: canary('claim'), groups: [canary('group')] } })}`,
    };
    canaries.push(
      'canary-session',
      'canary-traceparent',
      'canary-sub',
      'canary-oid',
      ...headers.authorization.slice(7).split('.'),
    );
    gateway.stub.conduct = result(
      toolResult({ people: [{ name: canary('name'), email: canary('mail') }], more: canary('more') }),
    );
    for (const server of ['open', 'masked', 'inbound', 'second', 'guarded', 'broken'] as const) {
      const session = await beginSession(gateway, 'canary-session', { server, headers });
      canaries.push(session['mcp-session-id']);
      const legacy = { server, headers: { ...headers, ...session }, era: 'legacy' } as const;
      await gateway.ask({ server, params, headers });
      await gateway.ask({ ...legacy, params });
      await gateway.ask({ ...legacy, rpc: `${canary(`method-${server}`)}`, params });
      await gateway.ask({ ...legacy, params: { name: canary(`tool-${server}`) } });
      await gateway.ask({
        ...legacy,
        rpc: 'resources/read',
        params: { uri: canary(`uri-${server}`) },
      });
      await gateway.ask({
        ...legacy,
        rpc: 'prompts/get',
        params: { name: canary(`prompt-${server}`) },
      });
    }
    for (const tool of ['loop', 'torn']) await gateway.call('broken', params.arguments, { tool, headers });
    await gateway.call('guarded', params.arguments, { tool: 'wipe', headers });
    gateway.stub.conduct = failure({ code: 1, message: canary('error') });
    await gateway.ask({ params, headers });
    gateway.stub.conduct = raw(500, { 'x-header': 'canary-header' }, canary('page'));
    await gateway.ask({ params, headers });
    gateway.stub.conduct = stream(
      event({ jsonrpc: '2.0', method: 'notifications/message', params: { data: canary('message') } }),
    );
    await gateway.ask({ params, headers });
    await gateway.ask({ params, headers: { ...headers, 'mcp-session-id': 'canary-other' }, era: 'legacy' });
    await gateway.ask({ headers, era: 'legacy', body: `{"${canary('broken')}` });
    await gateway.ask({ headers: { ...headers, 'mcp-protocol-version': 'canary-version' }, era: 'legacy', params });
    await send(`${gateway.url}/canary-path/mcp`, { headers, body: '{}' });
    canaries.push('canary-header', 'canary-version', 'canary-path', 'canary-other');

    const entries = withoutListings(await gateway.entries());
    assert.equal(ofKind(entries, 'decision').length, 48);
    assert.deepEqual(foundIn(gateway.messages(), canaries), []);
    assert.deepEqual(foundBelow(join(gateway.directory, 'audit'), canaries), []);
    assert.notDeepEqual(foundBelow(join(gateway.directory, 'audit'), ['guarded.require_approval.wipe']), []);
  } finally {
    await gateway.close();
  }
});
