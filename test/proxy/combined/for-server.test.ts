import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from '../../../engine/json/parse.ts';
import type { JsonObject } from '../../../engine/json/types.ts';
import { routeOf, withParams } from '../../../proxy/combined/for-server.ts';
import { partHeaders } from '../../../proxy/combined/part-headers.ts';
import { openCursor, openSession, sealCursor, sealSession } from '../../../proxy/combined/sealed.ts';
import { SessionIds } from '../../../proxy/combined/session-ids.ts';
import { type Asking, readMessage } from '../../../proxy/mcp/message.ts';
import { Sealer } from '../../../proxy/session/sealer.ts';
import { sessionOf } from '../../../proxy/session/session.ts';

function asking(method: string, params: object): { message: Asking; bytes: Uint8Array } {
  const bytes = Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }));
  const message = readMessage(parse(bytes, { direction: 'to-server' }));
  assert.ok(message.kind === 'request');
  return { message, bytes };
}
const route = (method: string, params: object) => routeOf(asking(method, params).message);
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const sam = {
  tenant: 'default',
  kind: 'human',
  id: 'sam',
  groups: [],
  roles: [],
  scopes: [],
  client: null,
  actor: null,
  claims: {},
} as const;
const caller = { ...sam, groups: [], roles: [], scopes: [] };

describe('which server a request is for', () => {
  test('names, URIs and references lose the name of the server', () => {
    assert.deepEqual(plain(route('tools/call', { name: 'crm__a__b', arguments: { name: 'x__y' } })), {
      server: 'crm',
      params: { name: 'a__b', arguments: { name: 'x__y' } },
      use: { method: 'tools/call', params: { name: 'a__b' } },
    });
    assert.deepEqual(plain(route('resources/subscribe', { uri: 'crm+a://b' }))?.valueOf(), {
      server: 'crm',
      params: { uri: 'a://b' },
      use: { method: 'resources/read', params: { uri: 'a://b' } },
    });
    const ref = { type: 'ref/resource', uri: 'crm+a://{id}' };
    assert.deepEqual(plain(route('completion/complete', { ref, argument: { name: 'id', value: 'hr__x' } })), {
      server: 'crm',
      params: { ref: { type: 'ref/resource', uri: 'a://{id}' }, argument: { name: 'id', value: 'hr__x' } },
      use: { method: 'resources/read', params: { uri: 'a://{id}' } },
    });
    assert.equal(
      route('completion/complete', { ref: { type: 'ref/prompt', name: 'hr__p' } })?.use.method,
      'prompts/get',
    );
  });

  test("a name without a server is nobody's; a method without a name is not asked for one", () => {
    assert.equal(route('tools/call', { name: 'echo' }), null);
    assert.equal(route('resources/read', { uri: 'a://b' }), null);
    assert.equal(route('tools/list', { name: 'crm__echo' }), undefined);
  });

  test('what is not of the form is refused', () => {
    const refused: [string, object][] = [
      ['tools/call', {}],
      ['tools/call', { name: ['crm__x'] }],
      ['tools/call', { Name: 'crm__x' }],
      ['resources/read', { uri: 5 }],
      ['completion/complete', {}],
      ['completion/complete', { ref: { type: 'ref/tool', name: 'crm__x' } }],
    ];
    for (const [method, params] of refused) assert.throws(() => route(method, params), { code: 'WRIT_PARAMS_INVALID' });
    assert.throws(() => route('tools/call', { name: 'crm__x', task: {} }), { code: 'WRIT_MESSAGE_UNSUPPORTED' });
  });

  test('a server is not told of tasks; everything else it is told as it came', () => {
    const capabilities = {
      roots: {},
      tasks: { list: {} },
      extensions: { 'io.modelcontextprotocol/tasks': {}, other: {} },
    };
    const asked = asking('initialize', { capabilities });
    const { message, bytes } = withParams(asked, asked.message.params);
    assert.deepEqual(plain(message.params), { capabilities: { roots: {}, extensions: { other: {} } } });
    assert.deepEqual(JSON.parse(Buffer.from(bytes).toString()).params, plain(message.params));
    const _meta = {
      'io.modelcontextprotocol/clientCapabilities': { extensions: { 'io.modelcontextprotocol/tasks': {} } },
    };
    const modern = asking('ping', { _meta });
    const { params } = withParams(modern, modern.message.params).message;
    assert.deepEqual(plain(params), { _meta: { 'io.modelcontextprotocol/clientCapabilities': { extensions: {} } } });
    const same = asking('ping', { _meta: {} });
    assert.equal(withParams(same, same.message.params).bytes, same.bytes);
  });
});

describe('what a server gets beside a message', () => {
  const sealer = new Sealer(new Uint8Array(32));
  const client = { name: 'test', version: '1' };
  const servers = new Map([
    ['crm', { upstream: 's-1', version: '2025-11-25' }],
    ['hr', { upstream: null, version: '2025-06-18' }],
  ]);
  const session = { servers, begunWith: '2025-11-25', client };
  const context = { caller, era: 'legacy', session, ids: new SessionIds() } as const;
  const headers = (server: string, whole: Record<string, string>, message?: Asking) => {
    const parted = { ...context, gateway: { sealer }, whole: { headers: whole } };
    return partHeaders(parted, server, message);
  };

  test('the session is that with the server, in the version it agreed to', () => {
    const whole = {
      'mcp-session-id': 'combined',
      'mcp-protocol-version': '2025-03-26',
      'last-event-id': 'x',
      host: 'h',
    };
    const { 'mcp-session-id': id, ...rest } = headers('crm', whole);
    assert.deepEqual(rest, { 'mcp-protocol-version': '2025-11-25', host: 'h' });
    const opened = sessionOf(sealer, 'crm', caller, { 'mcp-session-id': id });
    assert.deepEqual([opened.upstream, opened.begunWith, opened.client], ['s-1', '2025-11-25', client]);
    assert.throws(() => sessionOf(sealer, 'hr', caller, { 'mcp-session-id': id }), { code: 'WRIT_SESSION_ENDED' });
    assert.equal(headers('crm', whole)['mcp-session-id'], id);
    assert.notEqual(headers('crm', { ...whole, 'mcp-session-id': 'another' })['mcp-session-id'], id);
    assert.deepEqual(headers('hr', whole), { 'mcp-protocol-version': '2025-06-18', host: 'h' });
  });

  test("Mcp-Name says the name of the server's own, encoded where it has to be", () => {
    const named = (name: string) =>
      headers('crm', { 'mcp-name': 'crm__x', 'mcp-param-a': '1' }, asking('tools/call', { name }).message);
    assert.equal(named('echo')['mcp-name'], 'echo');
    assert.equal(named('echo')['mcp-param-a'], '1');
    for (const name of ['å', ' x', '=?base64?eA==?=', '', 'a\r\nb'])
      assert.equal(named(name)['mcp-name'], `=?base64?${Buffer.from(name).toString('base64')}?=`);
  });

  test('a session and a cursor are of one caller, one use and one list', () => {
    const other = { ...caller, id: 'mira' };
    const id = sealSession(sealer, caller, session);
    assert.deepEqual(openSession(sealer, caller, id), session);
    assert.equal(openSession(sealer, other, id), undefined);
    assert.equal(openSession(sealer, { ...caller, tenant: 'other' }, id), undefined);
    assert.equal(openSession(sealer, caller, sealer.seal('session', ['crm', '', 's-1', '2025-11-25'])), undefined);
    const cursors = new Map([['crm', 'page 2']]);
    const cursor = sealCursor(sealer, caller, 'tools/list', cursors);
    assert.deepEqual(openCursor(sealer, caller, 'tools/list', cursor), cursors);
    assert.equal(openCursor(sealer, caller, 'prompts/list', cursor), undefined);
    assert.equal(openCursor(sealer, other, 'tools/list', cursor), undefined);
    for (const said of ['page 2', '', id, 5, null, {}] as (string | number | null | JsonObject)[])
      assert.equal(openCursor(sealer, caller, 'tools/list', said), undefined);
  });
});
