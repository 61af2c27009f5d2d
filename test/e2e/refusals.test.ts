import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { type HttpAnswer, type Rpc, send } from '../support/http.ts';
import { ofKind, withoutListings } from '../support/log.ts';
import { echo, legacy, type Refused, refusedRequests } from '../support/refused-requests.ts';
import { result, toolResult } from '../support/stub-server.ts';
import { absentIssuer } from '../support/surroundings.ts';
import { until } from '../support/until.ts';

/** Codes of refusals that come before a decision; the log counts them. The rest are on record each. */
const decided = /^WRIT_(POLICY|MASK)/;

function assertRefused({ status, headers, last }: HttpAnswer, expected: Refused): void {
  const [, , expectedStatus, rpc, code, id = 1] = expected;
  assert.deepEqual([status, last.error?.code, last.error?.data?.code], [expectedStatus, rpc, code]);
  assert.equal(headers['content-type'], 'application/json');
  assert.deepEqual(Object.keys(last), ['jsonrpc', 'id', 'error']);
  assert.equal(last.jsonrpc, '2.0');
  assert.equal(last.id, id);
  assert.equal(typeof last.error?.message, 'string');
  assert.equal(typeof last.error?.data?.remedy, 'string');
  assert.equal(typeof last.error?.data?.retriable, 'boolean');
}

describe('every edge that refuses has its one code and status', () => {
  let gateway: TestGateway;
  const counted = new Map<string, number>();
  const calls: string[] = [];
  const note = ({ last }: HttpAnswer) => {
    const { code = '', call } = last.error?.data ?? {};
    assert.equal(call === undefined, !decided.test(code));
    if (call !== undefined) calls.push(call);
    else counted.set(code, (counted.get(code) ?? 0) + 1);
  };
  before(async () => {
    gateway = await openGateway({ limits: { request_bytes: 16_384 } });
  });
  after(() => gateway.close());

  for (const expected of refusedRequests) {
    const [wrong, asked, , , code] = expected;
    test(`${wrong}: ${code}`, async () => {
      const answer = await gateway.ask({ params: asked.rpc === undefined ? echo : {}, ...asked });
      assertRefused(answer, expected);
      note(answer);
    });
  }

  test('no version in the error data but those that are served, and the one asked for', async () => {
    const answer = await gateway.ask(legacy({ rpc: 'ping', headers: { 'mcp-protocol-version': '2025-01-01' } }));
    note(answer);
    const { supported, requested } = answer.last.error?.data ?? {};
    const versions = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
    assert.deepEqual([supported, requested], [versions, '2025-01-01']);
  });

  test('405 says what is allowed', async () => {
    const answer = await gateway.ask({ method: 'GET', body: '' });
    note(answer);
    assert.equal(answer.headers.allow, 'POST, GET, DELETE');
  });

  const tokens: Record<string, (gateway: TestGateway) => Promise<string> | string> = {
    garbage: () => 'Bearer garbage',
    'no token after the scheme': () => 'Bearer ',
    'a password': () => 'Basic YTpi',
    'an expired token': async ({ issuer }) =>
      `Bearer ${await issuer.token({ persona: 'support-agent', expiresIn: -600 })}`,
    'a token for another audience': async ({ issuer }) =>
      `Bearer ${await issuer.token({ persona: 'support-agent', audience: 'api://other' })}`,
    'a token of an unknown issuer': async ({ issuer }) =>
      `Bearer ${await issuer.token({ persona: 'support-agent', claims: { iss: 'https://evil.example' } })}`,
    'a token changed after it was signed': async ({ issuer }) =>
      `Bearer ${(await issuer.token({ persona: 'ci-job' })).replace(/\.[^.]*\./, `.${Buffer.from(`{"iss":"${issuer.issuer}","aud":"api://writ","exp":9999999999,"sub":"x","scp":"a"}`).toString('base64url')}.`)}`,
    'a token without a signature': ({ issuer }) =>
      `Bearer ${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(`{"iss":"${issuer.issuer}"}`).toString('base64url')}.`,
    'a token that names nobody': async ({ issuer }) => `Bearer ${await issuer.token({})}`,
  };
  for (const [wrong, make] of Object.entries(tokens)) {
    test(`${wrong}: WRIT_TOKEN_INVALID, with where to get a better one`, async () => {
      const authorization = await make(gateway);
      const answer = await gateway.ask({ params: echo, headers: { authorization } });
      note(answer);
      assertRefused(answer, ['', {}, 401, -31401, 'WRIT_TOKEN_INVALID', null]);
      const challenge = answer.headers['www-authenticate'] ?? '';
      assert.match(challenge, /^Bearer error="invalid_token", resource_metadata="http[^"]+"$/);
      assert.ok(!answer.wire.includes(authorization.split(' ')[1] || 'Bearer \n'));
    });
  }

  test('no token: WRIT_TOKEN_MISSING, and the metadata it points to is served without one', async () => {
    const { url, headers, body: sent } = await gateway.compose({ params: echo });
    const { authorization: _, ...bare } = headers;
    const answer = await send(url, { headers: bare, body: sent });
    note(answer);
    assertRefused(answer, ['', {}, 401, -31401, 'WRIT_TOKEN_MISSING', null]);
    const [, metadata] = /^Bearer resource_metadata="([^"]+)"$/.exec(answer.headers['www-authenticate'] ?? '') ?? [];
    assert.equal(metadata, `${gateway.url}/.well-known/oauth-protected-resource/open/mcp`);
    const served = await send(metadata ?? '', { method: 'GET' });
    assert.equal(served.status, 200);
    assert.deepEqual(JSON.parse(served.body), {
      resource: url,
      authorization_servers: [gateway.issuer.issuer, absentIssuer],
      bearer_methods_supported: ['header'],
    });
  });

  test('metadata of a server nobody configured: WRIT_NOT_FOUND', async () => {
    const answer = await send(`${gateway.url}/.well-known/oauth-protected-resource/nobody/mcp`, { method: 'GET' });
    note(answer);
    assertRefused(answer, ['', {}, 404, -32600, 'WRIT_NOT_FOUND', null]);
  });

  test('an issuer whose keys cannot be had: WRIT_ISSUER_UNAVAILABLE, to be tried again', async () => {
    const token = await gateway.issuer.token({ persona: 'support-agent', claims: { iss: absentIssuer } });
    const answer = await gateway.ask({ params: echo, headers: { authorization: `Bearer ${token}` } });
    note(answer);
    assertRefused(answer, ['', {}, 503, -31503, 'WRIT_ISSUER_UNAVAILABLE', null]);
    assert.equal(answer.headers['retry-after'], '1');
  });

  test('none of it reached the server, and each is in the log: counted by code, or as a decision', async () => {
    assert.deepEqual(gateway.stub.seen, []);
    const entries = withoutListings(await gateway.entries());
    const decisions = ofKind(entries, 'decision');
    assert.deepEqual(
      decisions.map(({ call }) => call),
      calls,
    );
    for (const { error } of decisions) assert.match(error ?? '', decided);
    assert.deepEqual(ofKind(entries, 'intent'), []);
    const totals = new Map<string, number>();
    for (const { counts } of ofKind(entries, 'refusals'))
      for (const [code, count] of Object.entries(counts)) totals.set(code, (totals.get(code) ?? 0) + count);
    assert.deepEqual(totals, counted);
  });
});

describe('policy refuses', () => {
  let gateway: TestGateway;
  const told = new Set<string | undefined>();
  /** What a refusal tells of its decision, wherever it stands. */
  const tellingOf = ({ result, error }: Rpc) => {
    const telling = result?._meta?.['writ/decision'] ?? error?.data?.['writ/decision'];
    told.add(telling?.call ?? error?.data?.call);
    return telling;
  };
  before(async () => {
    gateway = await openGateway();
  });
  after(() => gateway.close());

  for (const era of ['legacy', 'modern'] as const) {
    test(`${era}: a tool call with a result that says why, and how to find it in the log`, async () => {
      const { status, last } = await gateway.call('guarded', { limit: 11 }, { era });
      assert.equal(status, 200);
      assert.equal(last.result?.isError, true);
      assert.equal(last.result?.resultType, era === 'modern' ? 'complete' : undefined);
      assert.match(last.result?.content?.[0]?.text ?? '', /Policy does not allow this call: at most ten at once/);
      const { call, ...telling } = tellingOf(last) ?? {};
      assert.match(call ?? '', /^[0-9a-f-]{36}$/);
      const reasons = [{ rule: 'guarded.deny.many', message: 'at most ten at once' }];
      assert.deepEqual(telling, { effect: 'deny', rules: ['guarded.deny.many'], reasons });
    });

    test(`${era}: a tool call that needs approval, with the id under which it is pending`, async () => {
      const { last } = await gateway.call('guarded', {}, { era, tool: 'wipe' });
      const telling = tellingOf(last);
      assert.equal(last.result?.isError, true);
      assert.equal(telling?.effect, 'require-approval');
      assert.match(telling?.pending ?? '', /^approval-[0-9a-f-]{36}$/);
      assert.ok(last.result?.content?.[0]?.text?.includes(telling?.pending ?? 'none'));
    });

    test(`${era}: any other request with -31403, a notification with HTTP 403`, async () => {
      const request = await gateway.ask({ server: 'guarded', era, rpc: 'other/list' });
      assert.deepEqual([request.status, request.last.error?.code], [200, -31403]);
      assert.deepEqual(tellingOf(request.last)?.rules, ['writ.no_grant']);
      const notification = await gateway.ask({ server: 'guarded', era, rpc: 'notifications/other', id: null });
      assert.deepEqual([notification.status, notification.last.id, notification.last.error?.code], [403, null, -31403]);
      assert.deepEqual(tellingOf(notification.last)?.rules, ['writ.no_grant']);
    });
  }

  test('after the second look, with a result of its own in place of the answer', async () => {
    const people = Array.from({ length: 5 }, (_, n) => ({ id: `p-${n}`, email: `canary-${n}@example.com` }));
    gateway.stub.conduct = result(toolResult({ people }));
    const { status, last, wire } = await gateway.call('second');
    assert.equal(status, 200);
    assert.equal(last.result?.isError, true);
    assert.deepEqual(tellingOf(last)?.rules, ['second.deny.bulk']);
    assert.ok(!wire.includes('canary-'));
  });

  test('what cannot be masked: WRIT_MASK_FAILED, and nothing of it is shown', async () => {
    for (const value of [
      'canary-1',
      ['canary-1'],
      { content: 'canary-1' },
      { content: [], isError: 'canary-1' },
      null,
    ]) {
      gateway.stub.conduct = result(value);
      const { status, last, wire } = await gateway.call('masked');
      assert.deepEqual([status, last.error?.code, last.error?.data?.code], [200, -31503, 'WRIT_MASK_FAILED']);
      assert.ok(!wire.includes('canary-1'));
      tellingOf(last);
    }
  });

  test('every refusal is in the log under the id it told', async () => {
    const decisions = ofKind(withoutListings(await gateway.entries()), 'decision');
    assert.equal(told.size, 14);
    assert.deepEqual(new Set(decisions.map(({ call }) => call)), told);
  });
});

test('more calls than the gateway takes: WRIT_OVERLOADED with Retry-After, and the calls in hand go on', async () => {
  const gateway = await openGateway({ limits: { concurrent_calls: 2 } });
  try {
    const held: (() => void)[] = [];
    gateway.stub.conduct = (received, response) => void held.push(() => result(toolResult({}))(received, response));
    const inHand = [gateway.call('open'), gateway.call('open')];
    await until(() => held.length === 2, 'two calls reach the server');
    const answer = await gateway.call('open');
    assertRefused(answer, ['', {}, 429, -31503, 'WRIT_OVERLOADED', null]);
    assert.equal(answer.headers['retry-after'], '1');
    for (const release of held) release();
    for (const { last } of await Promise.all(inHand)) assert.deepEqual(last.result, toolResult({}));
    gateway.stub.conduct = result(toolResult({}));
    assert.equal((await gateway.call('open')).status, 200);
  } finally {
    await gateway.close();
  }
});

test('a server that hangs takes its own share of calls and leaves the rest to the others', async () => {
  const gateway = await openGateway({ limits: { concurrent_calls: 10, server_calls: 1 } });
  try {
    const held: (() => void)[] = [];
    gateway.stub.conduct = (received, response) => void held.push(() => result(toolResult({}))(received, response));
    const first = gateway.call('open');
    await until(() => held.length === 1, 'one call reaches the server');
    const refused = await gateway.call('open');
    assert.deepEqual([refused.status, refused.last.error?.data?.code], [429, 'WRIT_OVERLOADED']);
    const other = gateway.call('inbound');
    await until(() => held.length === 2, 'a call reaches the other server');
    for (const release of held) release();
    assert.equal((await first).status, 200);
    assert.equal((await other).status, 200);
  } finally {
    await gateway.close();
  }
});

test('where callers without a token may come, policy sees them as nobody', async () => {
  const gateway = await openGateway({ anonymous: 'allow' });
  try {
    const { url, headers, body: sent } = await gateway.compose({ server: 'open', params: echo });
    const { authorization: _, ...bare } = headers;
    assert.equal((await send(url, { headers: bare, body: sent })).last.error, undefined);
    const [decision] = ofKind(withoutListings(await gateway.entries()), 'decision');
    assert.deepEqual([decision?.identity, decision?.subject], ['anonymous', null]);
  } finally {
    await gateway.close();
  }
});
