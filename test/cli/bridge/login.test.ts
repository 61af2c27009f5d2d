import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, type TestContext, test } from 'node:test';
import type { Invitation } from '../../../cli/login/device.ts';
import { Login, type LoginOptions } from '../../../cli/login/login.ts';
import { OAuthHttp } from '../../../cli/login/oauth-http.ts';
import { fileStore, stateDirectory } from '../../../cli/login/token-store.ts';
import { WritError } from '../../../engine/errors.ts';
import { foundIn } from '../../support/canaries.ts';
import { temporary } from '../project.ts';
import { modernMeta as _meta, openBridge } from './harness.ts';
import { granted, pending, startTestIssuer, type TestIssuer } from './issuer.ts';
import { json, plain, type Stub, startStub } from './stub.ts';

interface World {
  issuer: TestIssuer;
  /** Takes the tokens in `good` alone. */
  gateway: Stub;
  good: Set<string>;
  /** The metadata it serves. */
  metadata: Record<string, unknown>;
  invited: Invitation[];
  login(more?: Partial<LoginOptions>): Login;
}

async function world(t: TestContext, challenge?: (metadata: string) => string): Promise<World> {
  const issuer = await startTestIssuer(t);
  const good = new Set(['access-1', 'access-2']);
  const invited: Invitation[] = [];
  const http = new OAuthHttp();
  t.after(() => http.close());
  const gateway = await startStub(t, (received, response) => {
    if (received.path === '/metadata') return void response.writeHead(200, json).end(JSON.stringify(made.metadata));
    const token = received.headers.authorization?.replace('Bearer ', '');
    if (token !== undefined && good.has(token)) return plain(received, response);
    const says = (challenge ?? ((url) => `Bearer realm="a, b", scope="mcp.call", resource_metadata="${url}"`))(
      `${gateway.origin}/metadata`,
    );
    response.writeHead(401, { ...json, 'www-authenticate': says });
    response.end('{"jsonrpc":"2.0","id":null,"error":{"code":-31401,"message":"no token"}}');
  });
  const made: World = {
    issuer,
    gateway,
    good,
    metadata: { resource: gateway.url, authorization_servers: [issuer.issuer] },
    invited,
    login: (more = {}) =>
      new Login({
        endpoint: new URL(gateway.url),
        clientId: 'writ-test',
        scope: undefined,
        issuer: undefined,
        sendsResource: true,
        keeps: false,
        invite: (invitation) => void invited.push(invitation),
        http,
        ...more,
      }),
  };
  return made;
}

const failing = (code: string, detail: RegExp) => (error: unknown) => {
  assert.ok(error instanceof WritError);
  assert.equal(error.code, code);
  assert.match(error.message, detail);
  assert.deepEqual(foundIn(error.message, ['device-secret', 'refresh-1', 'access-1']), []);
  return true;
};

describe('signing in by a code', () => {
  test('goes from the challenge to a token, with resource and scope, and is asked to wait', async (t) => {
    const { issuer, gateway, login, invited } = await world(t);
    issuer.tokens.unshift(pending, pending);
    assert.equal(await login().token(), 'access-1');
    const [asked, ...polls] = issuer.forms;
    assert.deepEqual(asked?.form, { client_id: 'writ-test', scope: 'mcp.call offline_access', resource: gateway.url });
    assert.equal(polls.length, 4);
    assert.deepEqual(polls[0]?.form, {
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: 'device-secret',
      client_id: 'writ-test',
      resource: gateway.url,
    });
    assert.equal(invited[0]?.code, 'WDJB-MJHT');
    assert.equal(gateway.seen[0]?.headers.authorization, undefined);
  });

  test('at Entra: the scope that is asked for, and no resource', async (t) => {
    const { issuer, login } = await world(t);
    await login({ scope: 'api://writ/mcp.call', sendsResource: false }).token();
    for (const { form } of issuer.forms) assert.equal(form.resource, undefined);
    assert.equal(issuer.forms[0]?.form.scope, 'api://writ/mcp.call offline_access');
  });

  for (const [what, answer, said] of [
    ['declined', [400, { error: 'access_denied' }], /declined/],
    ['too late', [400, { error: 'expired_token' }], /not used in time/],
    ['refused', [400, { error: 'invalid_client', error_description: 'device-secret' }], /says invalid_client/],
    ['an error to obey', [400, { error: '\u001b[2J' }], /no error it names/],
    ['another kind of token', [200, { access_token: 'access-1', token_type: 'DPoP' }], /no bearer token/],
    ['a token to inject', [200, { access_token: 'a\r\nx: y', token_type: 'Bearer' }], /no bearer token/],
  ] as const)
    test(`that is ${what}`, async (t) => {
      const { issuer, login } = await world(t);
      issuer.tokens = [[...answer]];
      await assert.rejects(login().token(), failing('WRIT_LOGIN_FAILED', said));
    });

  test('a code or address that a terminal would obey, or that leads elsewhere, is not shown', async (t) => {
    const { issuer, login, invited } = await world(t);
    for (const wrong of [
      { user_code: 'A\u001b[2J' },
      { user_code: '' },
      { verification_uri: 'javascript:alert(1)' },
      { verification_uri: 'http://example.com/activate' },
      { device_code: undefined },
    ]) {
      const [, body] = issuer.device;
      issuer.device = [200, { ...body, ...wrong }];
      await assert.rejects(login().token(), failing('WRIT_LOGIN_FAILED', /no code that can be used/));
      issuer.device = [200, body];
    }
    assert.deepEqual(invited, []);
  });

  test('a code nobody uses ends, and so does waiting for it', async (t) => {
    const { issuer, login } = await world(t);
    issuer.tokens = [pending];
    const [, body] = issuer.device;
    issuer.device = [200, { ...body, expires_in: 0.1 }];
    await assert.rejects(login().token(), failing('WRIT_LOGIN_FAILED', /not used in time/));
    issuer.device = [200, body];
    const leave = new AbortController();
    const waiting = login({ signal: leave.signal, invite: () => leave.abort() }).token();
    await assert.rejects(waiting, failing('WRIT_LOGIN_FAILED', /broken off/));
  });
});

describe('what leads to another authorization server, or to another resource, is refused', () => {
  const cases: [string, (made: World) => void, RegExp][] = [
    [
      'metadata of another origin',
      ({ metadata }) => (metadata.resource = 'https://evil.example/mcp'),
      /another address/,
    ],
    ['metadata of a neighbour', ({ metadata }) => (metadata.resource = `${metadata.resource}x`), /another address/],
    ['metadata without a resource', ({ metadata }) => delete metadata.resource, /another address/],
    [
      'an issuer over http',
      ({ metadata }) => (metadata.authorization_servers = ['http://issuer.example']),
      /can be used/,
    ],
    [
      'an issuer with a query',
      ({ metadata, issuer }) => (metadata.authorization_servers = [`${issuer.issuer}?a`]),
      /can be used/,
    ],
    ['no issuer', ({ metadata }) => (metadata.authorization_servers = 'x'), /can be used/],
    [
      'metadata that name another issuer',
      ({ issuer }) => change(issuer, { issuer: 'https://other.example' }),
      /can be used/,
    ],
    [
      'a token endpoint over http',
      ({ issuer }) => change(issuer, { token_endpoint: 'http://other.example' }),
      /can be used/,
    ],
    [
      'no device endpoint',
      ({ issuer }) => change(issuer, { device_authorization_endpoint: undefined }),
      /sign in by a code/,
    ],
    [
      'one over http',
      ({ issuer }) => change(issuer, { device_authorization_endpoint: 'http://x.example' }),
      /sign in by a code/,
    ],
  ];
  for (const [what, spoil, said] of cases)
    test(what, async (t) => {
      const made = await world(t);
      spoil(made);
      await assert.rejects(made.login().token(), failing('WRIT_LOGIN_FAILED', said));
      assert.equal(made.issuer.forms.length, 0, 'nothing was sent');
    });

  test('an issuer that is asked for must be one of the gateway', async (t) => {
    const { login, issuer } = await world(t);
    await assert.rejects(login({ issuer: 'https://other.example' }).token(), failing('WRIT_LOGIN_FAILED', /--issuer/));
    assert.equal(await login({ issuer: issuer.issuer }).token(), 'access-1');
  });

  test('metadata at an address that is not safe', async (t) => {
    const { login } = await world(t, () => 'Bearer resource_metadata="http://metadata.example/x"');
    await assert.rejects(login().token(), failing('WRIT_LOGIN_FAILED', /not safe/));
  });

  test('without a challenge the metadata are where RFC 9728 puts them', async (t) => {
    const { login, gateway, metadata } = await world(t, () => 'Basic realm="x"');
    const { conduct } = gateway;
    gateway.conduct = (received, response) =>
      received.path === '/.well-known/oauth-protected-resource/mcp'
        ? void response.writeHead(200, json).end(JSON.stringify(metadata))
        : conduct(received, response);
    assert.equal(await login().token(), 'access-1');
  });
});

function change(issuer: TestIssuer, members: object): void {
  for (const [path, document] of issuer.documents) issuer.documents.set(path, { ...Object(document), ...members });
}

describe('a login that is kept', () => {
  /** The store lies in a folder of the test. */
  function inFolder(t: TestContext): string {
    const before = process.env.XDG_STATE_HOME;
    const folder = temporary(t);
    process.env.XDG_STATE_HOME = folder;
    t.after(() => {
      if (before === undefined) delete process.env.XDG_STATE_HOME;
      else process.env.XDG_STATE_HOME = before;
    });
    return join(folder, 'writ', 'login');
  }

  test('is used by the next process, which asks nobody; only its owner can read it', async (t) => {
    const folder = inFolder(t);
    const { login, issuer, invited } = await world(t);
    await login({ keeps: true }).begin();
    const next = login({ keeps: true, invite: undefined });
    assert.equal(await next.token(), 'access-1');
    assert.equal(invited.length, 1);
    const [name = '', ...others] = readdirSync(folder);
    assert.deepEqual(others, []);
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.match(readFileSync(join(folder, name), 'utf8'), /"refresh":"refresh-1"/);
    issuer.tokens = [granted('access-2', { refresh_token: 'refresh-2' })];
    assert.equal(await next.refused('access-1', undefined), true);
    assert.deepEqual(issuer.forms.at(-1)?.form.refresh_token, 'refresh-1');
    assert.match(readFileSync(join(folder, name), 'utf8'), /"refresh":"refresh-2"/);
    for (const other of [{ clientId: 'other' }, { endpoint: new URL('http://127.0.0.1:1/mcp') }])
      await assert.rejects(login({ keeps: true, invite: undefined, ...other }).token(), WritError);
  });

  test('is renewed once for all who ask at once, and by one process alone', async (t) => {
    inFolder(t);
    const { login, issuer } = await world(t);
    issuer.tokens = [granted('access-1', { refresh_token: 'refresh-1', expires_in: 0.001 })];
    await login({ keeps: true }).begin();
    issuer.tokens = [granted('access-2', { refresh_token: 'refresh-2' })];
    const each = [login({ keeps: true }), login({ keeps: true }), login({ keeps: true })];
    const tokens = await Promise.all(each.flatMap((one) => [one.token(), one.token()]));
    assert.deepEqual(new Set(tokens), new Set(['access-2']));
    assert.equal(issuer.forms.filter(({ form }) => form.grant_type === 'refresh_token').length, 1);
  });

  test('that the authorization server has ended is removed, and somebody has to sign in again', async (t) => {
    const folder = inFolder(t);
    const { login, issuer } = await world(t);
    await login({ keeps: true }).begin();
    issuer.tokens = [[400, { error: 'invalid_grant' }]];
    const next = login({ keeps: true, invite: undefined });
    await next.token();
    await assert.rejects(next.refused('access-1', undefined), failing('WRIT_LOGIN_NEEDED', /Nobody is signed in/));
    assert.deepEqual(readdirSync(folder), []);
  });

  test('serves on while it is good and cannot be renewed early', async (t) => {
    const { login, issuer } = await world(t);
    issuer.tokens = [granted('access-1', { refresh_token: 'r', expires_in: 10 })];
    const one = login();
    await one.token();
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 9_000 });
    issuer.tokens = [[503, {}]];
    assert.equal(await one.token(), 'access-1');
    t.mock.timers.setTime(Date.now() + 2_000);
    await assert.rejects(one.token(), failing('WRIT_LOGIN_FAILED', /cannot be renewed/));
  });

  test('is not read where others can, nor through a link', (t) => {
    const folder = temporary(t);
    const store = fileStore({ issuer: 'i', clientId: 'c', resource: 'r' }, folder);
    const tokens = { access: 'a', since: 1, until: 2, refresh: 'r' };
    store.write(tokens);
    assert.deepEqual(store.read(), tokens);
    const path = join(folder, readdirSync(folder)[0] ?? '');
    chmodSync(path, 0o640);
    assert.throws(() => store.read(), failing('WRIT_KEY_INVALID', /sign in again/));
    chmodSync(path, 0o600);
    writeFileSync(path, 'torn');
    assert.equal(store.read(), undefined);
    store.remove();
    writeFileSync(join(folder, 'elsewhere'), JSON.stringify(tokens), { mode: 0o600 });
    symlinkSync(join(folder, 'elsewhere'), path);
    assert.throws(() => store.read(), WritError);
  });

  test('a lock of a process that died does not hold for ever', async (t) => {
    const folder = temporary(t);
    const store = fileStore({ issuer: 'i', clientId: 'c', resource: 'r' }, folder);
    store.write({ access: 'a', since: 1, until: undefined, refresh: undefined });
    mkdirSync(folder, { recursive: true });
    const lock = join(folder, `${readdirSync(folder)[0]}.lock`);
    writeFileSync(lock, '');
    t.mock.timers.enable({ apis: ['Date'], now: Date.now() + 60_000 });
    assert.equal(await store.alone(() => Promise.resolve('done')), 'done');
    assert.equal(readdirSync(folder).length, 1);
  });

  test('signing out removes and revokes it', async (t) => {
    const folder = inFolder(t);
    const { login, issuer } = await world(t);
    await login({ keeps: true }).begin();
    assert.equal(await login({ keeps: true }).end(), true);
    assert.deepEqual(issuer.forms.at(-1), {
      path: '/revoke',
      form: { token: 'refresh-1', token_type_hint: 'refresh_token', client_id: 'writ-test' },
    });
    assert.deepEqual(readdirSync(folder), []);
    assert.equal(await login({ keeps: true }).end(), false);
  });

  test('lies where XDG has it, and a path that is not absolute does not count', () => {
    assert.equal(stateDirectory({ XDG_STATE_HOME: '/var/x' }), '/var/x/writ/login');
    assert.match(stateDirectory({ XDG_STATE_HOME: 'x' }), /^\/.*\/\.local\/state\/writ\/login$/);
  });
});

test('through the bridge: each message has the token, a refused one is renewed and the message sent again', async (t) => {
  const { login, issuer, gateway, good } = await world(t);
  const opened = openBridge(t, gateway.url, { identity: login() });
  const ask = (id: number) => opened.ask({ id, method: 'tools/list', params: { _meta } });
  assert.deepEqual((await ask(1)).result, {});
  good.delete('access-1');
  issuer.tokens = [granted('access-2')];
  assert.deepEqual(
    (await Promise.all([ask(2), ask(3)])).map(({ result }) => result),
    [{}, {}],
  );
  assert.equal(issuer.forms.filter(({ form }) => form.grant_type === 'refresh_token').length, 1);
  good.clear();
  issuer.tokens = [granted('access-3'), granted('access-4'), granted('access-5')];
  assert.equal((await ask(4)).error?.code, -31401, 'a new token that is refused, too, is told by the gateway');
  assert.equal(gateway.seen.filter(({ message }) => message.id === 4).length, 2, 'and is not tried for ever');
  const said = [...opened.lines, ...opened.notes].join('\n');
  assert.deepEqual(foundIn(said, ['access-1', 'access-2', 'access-3', 'refresh-1', 'device-secret']), []);
});
