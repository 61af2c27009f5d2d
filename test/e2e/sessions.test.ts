import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { pino } from 'pino';
import { loadConfig } from '../../proxy/config/load.ts';
import { startGateway } from '../../proxy/gateway.ts';
import { conducts, decided, openAsking } from '../support/asking.ts';
import type { TestGateway } from '../support/gateway.ts';
import { send } from '../support/http.ts';
import { ofKind, withoutListings } from '../support/log.ts';
import { beginSession, begins } from '../support/session.ts';
import { event, raw, result, toolResult } from '../support/stub-server.ts';
import type { Asked } from '../support/surroundings.ts';

const call: Asked = { era: 'legacy', server: 'desk', params: { name: 'echo', arguments: {} } };

describe('a session', () => {
  let gateway: TestGateway;
  before(async () => {
    gateway = await openAsking();
  });
  after(() => gateway.close());
  beforeEach(() => {
    gateway.stub.seen.length = 0;
    gateway.stub.conduct = result(toolResult({ done: true }));
  });
  const begin = (id: string, asked: Asked = {}) => beginSession(gateway, id, { server: 'desk', ...asked });

  /** Whatever names no session of this caller with this server is answered alike, and nothing of it is sent on. */
  async function assertUnknown(asked: Asked): Promise<void> {
    const seen = gateway.stub.seen.length;
    for (const verb of [{}, { method: 'GET', body: '' }, { method: 'DELETE', body: '' }]) {
      const { status, last } = await gateway.ask({ ...asked, ...verb });
      assert.deepEqual([status, last.error?.data?.code], [404, 'WRIT_SESSION_ENDED'], JSON.stringify(verb));
    }
    assert.equal(gateway.stub.seen.length, seen);
  }

  test('is under an id that says nothing, another for each client', async () => {
    const [first, second] = [await begin('the-same'), await begin('the-same')];
    assert.notEqual(first['mcp-session-id'], second['mcp-session-id']);
    for (const { 'mcp-session-id': id } of [first, second]) {
      assert.match(id, /^writ\.[A-Za-z0-9_-]+$/);
      assert.ok(!Buffer.from(id.slice(5), 'base64url').includes('the-same'));
    }
    for (const headers of [first, second]) assert.equal((await gateway.ask({ ...call, headers })).status, 200);
    const told = gateway.stub.seen.filter(({ message }) => message.method === 'tools/call');
    assert.deepEqual(
      told.map(({ headers }) => headers['mcp-session-id']),
      ['the-same', 'the-same'],
    );
  });

  test('is none to another caller', async () => {
    const headers = await begin('s-1');
    for (const persona of ['medical-officer', 'ci-job'] as const) await assertUnknown({ ...call, persona, headers });
    const token = await gateway.issuer.token({
      persona: 'support-agent',
      claims: { tid: '0e5f1c9a-0000-4000-8000-00000000ffff' },
    });
    const elsewhere = { ...headers, authorization: `Bearer ${token}` };
    const { status } = await gateway.ask({ ...call, headers: elsewhere });
    assert.ok(status === 404 || status === 401, `a caller of another tenant gets ${status}`);
  });

  test("is the caller's own under a new token", async () => {
    const headers = await begin('s-2');
    const token = await gateway.issuer.token({ persona: 'support-agent', expiresIn: 60 });
    const { status } = await gateway.ask({ ...call, headers: { ...headers, authorization: `Bearer ${token}` } });
    assert.equal(status, 200);
  });

  test('is none with another server, though both are one', async () => {
    const headers = await begin('s-3');
    await assertUnknown({ ...call, server: 'annex', headers });
    assert.equal((await gateway.ask({ ...call, headers })).status, 200);
  });

  test('is none under an id that was changed anywhere, or made', async () => {
    const { 'mcp-session-id': id } = await begin('s-4');
    const bytes = Buffer.from(id.slice(5), 'base64url');
    const changed = Array.from({ length: 12 }, (_, n) => {
      const other = Buffer.from(bytes);
      const at = Math.floor((n * bytes.length) / 12);
      other[at] = (other[at] ?? 0) ^ 1;
      return `writ.${other.toString('base64url')}`;
    });
    const made = [
      's-4',
      'writ.',
      'writ.AAAA',
      id.slice(5),
      `writ.${id}`,
      `WRIT.${id.slice(5)}`,
      id.slice(0, -4),
      `${id}AAAA`,
      `${id}=`,
      `${id}!`,
      `writ.-${id.slice(5)}`,
      `${id}, ${id}`,
      '__proto__',
    ];
    for (const wrong of [...changed, ...made]) {
      const { status, last } = await gateway.ask({ ...call, headers: { 'mcp-session-id': wrong } });
      assert.deepEqual([status, last.error?.data?.code, last.id], [404, 'WRIT_SESSION_ENDED', 1], wrong);
    }
    assert.deepEqual(
      gateway.stub.seen.filter(({ message }) => message.method !== 'initialize'),
      [],
    );
  });

  test('is not what else the gateway seals', async () => {
    const headers = await begin('s-5');
    gateway.stub.conduct = ({ message: { id } }, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(event({ jsonrpc: '2.0', id, result: toolResult({ people: [] }) }, 'e-1'));
    };
    const { events } = await gateway.ask({ ...call, headers, params: { name: 'people', arguments: {} } });
    const sealed = events[0]?.id ?? '';
    assert.match(sealed, /^writ\./);
    await assertUnknown({ ...call, headers: { 'mcp-session-id': sealed } });
  });

  test('that the server ended is told as one', async () => {
    const headers = await begin('s-6');
    gateway.stub.conduct = raw(404, {}, 'canary');
    for (const verb of [{}, { method: 'GET', body: '' }, { method: 'DELETE', body: '' }]) {
      const { status, last, wire } = await gateway.ask({ ...call, ...verb, headers });
      assert.deepEqual([status, last.error?.data?.code], [404, 'WRIT_SESSION_ENDED']);
      assert.ok(!wire.includes('canary'));
    }
  });

  test('is not known where the era has none: its id is not sent on, and a new one is not passed', async () => {
    const headers = await begin('s-7');
    gateway.stub.conduct = result(toolResult({}), { 'mcp-session-id': 's-8' });
    const answer = await gateway.ask({ ...call, era: 'modern', headers });
    assert.deepEqual([answer.status, answer.headers['mcp-session-id']], [200, undefined]);
    assert.equal(gateway.stub.seen.at(-1)?.headers['mcp-session-id'], undefined);
  });

  test('has an id that fits into a header, whatever its client is called', async () => {
    const clientInfo = { name: 'ñ'.repeat(20_000), version: '\u2028'.repeat(20_000) };
    const params = { protocolVersion: 'v'.repeat(20_000), capabilities: {}, clientInfo };
    const headers = await begin('s'.repeat(1024), { params });
    assert.ok(headers['mcp-session-id'].length < 4096, `${headers['mcp-session-id'].length}`);
    assert.equal((await gateway.ask({ ...call, headers })).status, 200);
  });

  test('is not begun by an answer that is refused', async () => {
    gateway.stub.conduct = begins('s-9', '2027-01-01');
    const params = { protocolVersion: '2025-11-25' };
    const refused = await gateway.ask({ server: 'desk', era: 'legacy', rpc: 'initialize', params });
    assert.equal(refused.last.error?.data?.code, 'WRIT_UPSTREAM_INVALID');
    assert.equal(refused.headers['mcp-session-id'], undefined);
  });

  for (const version of ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25']) {
    test(`is carried in ${version}, whose messages may lack the header`, async () => {
      const params = { protocolVersion: version, capabilities: {}, clientInfo: { name: 'c', version: '1' } };
      gateway.stub.conduct = begins('s-10', version);
      const begun = await gateway.ask({
        server: 'desk',
        era: 'legacy',
        rpc: 'initialize',
        params,
        headers: { 'mcp-protocol-version': version },
      });
      assert.equal(begun.last.result?.protocolVersion, version);
      const session = { 'mcp-session-id': String(begun.headers['mcp-session-id']) };
      gateway.stub.conduct = result(toolResult({}));
      for (const headers of [session, { ...session, 'mcp-protocol-version': version }]) {
        const { url, body, headers: composed } = await gateway.compose({ ...call, headers });
        const { 'mcp-protocol-version': _, ...without } = composed;
        assert.equal((await send(url, { body, headers: { ...without, ...headers } })).status, 200);
      }
    });
  }

  test('is ended by DELETE, which the server is asked for, and is decided', async () => {
    const headers = await begin('s-11');
    for (const status of [200, 202, 204]) {
      gateway.stub.conduct = raw(status, {}, status === 204 ? '' : 'canary');
      const answer = await gateway.ask({ ...call, method: 'DELETE', body: '', headers });
      assert.deepEqual([answer.status < 300, answer.body], [true, ''], `${status}`);
      const told = gateway.stub.seen.at(-1);
      assert.deepEqual(
        [told?.verb, told?.headers['mcp-session-id'], told?.headers.authorization],
        ['DELETE', 's-11', undefined],
      );
    }
    gateway.stub.conduct = raw(405, {});
    const answer = await gateway.ask({ ...call, method: 'DELETE', body: '', headers });
    assert.deepEqual([answer.status, answer.last.error?.data?.code], [405, 'WRIT_METHOD_NOT_ALLOWED']);
  });

  test('that was ended is forgotten: what its server asked in it is answered by nobody', async () => {
    const headers = await begin('s-12');
    const asked = { jsonrpc: '2.0', id: 'q-1', method: 'elicitation/create', params: { message: 'Sure?' } };
    gateway.stub.conduct = conducts({
      'tools/call': ({ message: { id } }, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(event(asked) + event({ jsonrpc: '2.0', id, result: toolResult({}) }));
      },
    });
    const { messages } = await gateway.ask({ ...call, headers });
    assert.deepEqual(messages[0], asked);
    assert.equal((await gateway.ask({ ...call, method: 'DELETE', body: '', headers })).status, 202);
    const late = JSON.stringify({ jsonrpc: '2.0', id: 'q-1', result: { action: 'accept' } });
    const { status, last } = await gateway.ask({ ...call, headers, body: late });
    assert.deepEqual([status, last.error?.data?.code], [400, 'WRIT_ANSWER_UNEXPECTED']);
  });

  test('each is in the log by what it was: initialize, calls, and its end', async () => {
    const entries = withoutListings(await gateway.entries());
    const kinds = new Map<string, number>();
    for (const [method, direction, effect] of decided(entries)) {
      const kind = `${method} ${direction} ${effect}`;
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    assert.deepEqual([...kinds.keys()].sort(), [
      'elicitation/create to-client allow',
      'initialize to-server allow',
      'session/end to-server allow',
      'session/listen to-server allow',
      'tools/call to-server allow',
    ]);
    assert.equal(kinds.get('session/end to-server allow'), 6);
    assert.equal(ofKind(entries, 'intent').length, ofKind(entries, 'outcome').length);
  });
});

test('a session goes on with a gateway that was started anew, and with none that has another key', async () => {
  const gateway = await openAsking();
  const other = await openAsking();
  try {
    const headers = await beginSession(gateway, 's-1', { server: 'desk' });
    const of = (it: TestGateway) => it.ask({ ...call, headers });
    const { status, last } = await of(other);
    assert.deepEqual([status, last.error?.data?.code], [404, 'WRIT_SESSION_ENDED']);
    await gateway.entries();
    const config = loadConfig(join(gateway.directory, 'writ.yaml'));
    const again = await startGateway(config, 'test', pino({ level: 'silent' }));
    gateway.url = again.url;
    try {
      assert.equal((await of(gateway)).status, 200);
      assert.equal(gateway.stub.seen.at(-1)?.headers['mcp-session-id'], 's-1');
    } finally {
      await again.close('test ended');
    }
  } finally {
    await gateway.close();
    await other.close();
  }
});
