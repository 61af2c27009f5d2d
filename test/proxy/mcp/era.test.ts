import assert from 'node:assert/strict';
import type { IncomingHttpHeaders } from 'node:http';
import { describe, test } from 'node:test';
import { decodeMirrored, eraOf, legacyVersionOf } from '../../../proxy/mcp/era.ts';
import { asking } from '../../support/message.ts';

const versionKey = 'io.modelcontextprotocol/protocolVersion';
const modern = '2026-07-28';
const legacy = '2025-11-25';

/** A request of either era, and the headers a client of that era sends with it. */
function modernCall(method: string, params: object = {}, meta: object = { [versionKey]: modern }) {
  return asking({ id: 1, method, params: { ...params, _meta: meta } });
}
const modernHeaders = (method: string, more: IncomingHttpHeaders = {}): IncomingHttpHeaders => ({
  'mcp-protocol-version': modern,
  'mcp-method': method,
  ...more,
});
const legacyHeaders = (more: IncomingHttpHeaders = {}) => ({ 'mcp-protocol-version': legacy, ...more });

const refused = (code: string, ...of: Parameters<typeof eraOf>) =>
  assert.throws(() => eraOf(...of), { name: 'WritError', code }, JSON.stringify(of[1]));

const base64 = (text: string) => `=?base64?${Buffer.from(text).toString('base64')}?=`;

describe('2026-07-28', () => {
  test('a request says its version in body and header, and its method in a header', () => {
    for (const method of ['tools/list', 'server/discover', 'x/unknown'])
      assert.equal(eraOf(modernCall(method), modernHeaders(method)), 'modern');
  });

  test('the version is missing in the header', () => {
    const message = modernCall('tools/list');
    refused('WRIT_HEADER_MISMATCH', message, { 'mcp-method': 'tools/list' });
  });

  test('the version is missing in the body', () => {
    for (const meta of [{}, { [versionKey]: null }, { [versionKey]: 20260728 }, { [versionKey]: [modern] }])
      refused('WRIT_PARAMS_INVALID', modernCall('tools/list', {}, meta), modernHeaders('tools/list'));
    refused('WRIT_PARAMS_INVALID', asking({ id: 1, method: 'tools/list' }), modernHeaders('tools/list'));
    for (const _meta of [[], [modern], 'x', null, 7])
      refused(
        'WRIT_PARAMS_INVALID',
        asking({ id: 1, method: 'tools/list', params: { _meta } }),
        modernHeaders('tools/list'),
      );
  });

  test('body and header name different versions', () => {
    refused('WRIT_HEADER_MISMATCH', modernCall('tools/list'), legacyHeaders({ 'mcp-method': 'tools/list' }));
    const old = modernCall('tools/list', {}, { [versionKey]: legacy });
    refused('WRIT_HEADER_MISMATCH', old, modernHeaders('tools/list'));
  });

  test('a version that is not served is named with those that are', () => {
    for (const version of ['2027-01-01', '2025-06-18', legacy, '', 'draft', '__proto__'])
      assert.throws(
        () =>
          eraOf(modernCall('tools/list', {}, { [versionKey]: version }), {
            'mcp-protocol-version': version,
            'mcp-method': 'tools/list',
          }),
        { code: 'WRIT_VERSION_UNSUPPORTED', requested: version },
      );
  });

  test('the method header is missing or another, in case too', () => {
    const message = modernCall('tools/list');
    for (const method of [undefined, 'tools/call', 'Tools/List', 'tools/list ', '', base64('tools/list')])
      refused('WRIT_HEADER_MISMATCH', message, { 'mcp-protocol-version': modern, 'mcp-method': method });
  });

  const named: [string, string][] = [
    ['tools/call', 'name'],
    ['prompts/get', 'name'],
    ['resources/read', 'uri'],
    ['tasks/get', 'taskId'],
    ['tasks/update', 'taskId'],
    ['tasks/cancel', 'taskId'],
  ];
  for (const [method, key] of named) {
    test(`${method} mirrors params.${key} in Mcp-Name`, () => {
      const message = modernCall(method, { [key]: 'crm://a' });
      assert.equal(eraOf(message, modernHeaders(method, { 'mcp-name': 'crm://a' })), 'modern');
      for (const name of [undefined, 'crm://b', 'CRM://a', '', 'crm://a, crm://a', base64('crm://b')])
        refused('WRIT_HEADER_MISMATCH', message, modernHeaders(method, { 'mcp-name': name }));
    });
  }

  test('Mcp-Name cannot stand in for a parameter that is missing or no text', () => {
    const unnamed = modernCall('tools/call', {});
    for (const name of [undefined, '', 'x', '=?base64?!?=', 'undefined'])
      refused('WRIT_HEADER_MISMATCH', unnamed, modernHeaders('tools/call', { 'mcp-name': name }));
    for (const name of [5, null, ['5'], { toString: '5' }])
      refused(
        'WRIT_HEADER_MISMATCH',
        modernCall('tools/call', { name }),
        modernHeaders('tools/call', { 'mcp-name': `${5}` }),
      );
  });

  test('names that no header holds travel in base64', () => {
    for (const name of ['café', '世界', ' padded ', 'line1\nline2', '=?base64?literal?=', 'a\u0000b', '😀'])
      assert.equal(
        eraOf(modernCall('tools/call', { name }), modernHeaders('tools/call', { 'mcp-name': base64(name) })),
        'modern',
      );
    // Encoding what needs none is allowed.
    assert.equal(
      eraOf(modernCall('tools/call', { name: 'x' }), modernHeaders('tools/call', { 'mcp-name': base64('x') })),
      'modern',
    );
  });

  test('a name that looks encoded is never read as it stands', () => {
    const name = base64('customers.delete');
    refused(
      'WRIT_HEADER_MISMATCH',
      modernCall('tools/call', { name }),
      modernHeaders('tools/call', { 'mcp-name': name }),
    );
  });

  test('methods named like parts of a prototype mirror nothing', () => {
    for (const method of ['__proto__', 'constructor', 'toString'])
      assert.equal(eraOf(modernCall(method), modernHeaders(method)), 'modern');
  });

  test('a repeated header is no mirror of one value', () => {
    const message = modernCall('tools/call', { name: 'x' });
    const good = modernHeaders('tools/call', { 'mcp-name': 'x' });
    assert.equal(eraOf(message, good), 'modern');
    for (const header of ['mcp-protocol-version', 'mcp-method', 'mcp-name'])
      for (const twice of [
        `${good[header]}, ${good[header]}`,
        `${good[header]}, other`,
        [`${good[header]}`, `${good[header]}`],
      ])
        assert.throws(() => eraOf(message, { ...good, [header]: twice }), { name: 'WritError' });
  });

  test('initialize of a client that claims this version belongs to it', () => {
    assert.equal(eraOf(modernCall('initialize'), modernHeaders('initialize')), 'modern');
  });

  test('a notification needs no version in its body, and mirrors nothing that it does not have to', () => {
    const bare = asking({ method: 'notifications/x' });
    assert.equal(eraOf(bare, { 'mcp-protocol-version': modern }), 'modern');
    const full = asking({ method: 'notifications/x', params: { _meta: { [versionKey]: modern } } });
    assert.equal(eraOf(full, { 'mcp-protocol-version': modern }), 'modern');
    refused('WRIT_HEADER_MISMATCH', full, {});
    refused('WRIT_HEADER_MISMATCH', bare, { 'mcp-protocol-version': modern, 'mcp-method': 'notifications/y' });
  });
});

describe('2024-11-05 to 2025-11-25', () => {
  test('a message says its version in the header', () => {
    assert.equal(eraOf(asking({ id: 1, method: 'tools/list' }), legacyHeaders()), 'legacy');
    assert.equal(eraOf(asking({ method: 'notifications/initialized' }), legacyHeaders()), 'legacy');
    assert.equal(
      eraOf(asking({ id: 1, method: 'tools/call', params: { name: 'x', _meta: {} } }), legacyHeaders()),
      'legacy',
    );
  });

  test('initialize says it in the body, and no header matters', () => {
    const initialize = asking({ id: 0, method: 'initialize', params: { protocolVersion: legacy } });
    for (const header of [undefined, legacy, '2025-06-18', 'anything'])
      assert.equal(eraOf(initialize, { 'mcp-protocol-version': header }), 'legacy');
  });

  test('initialize asks for any version: it is the server that agrees to one', () => {
    for (const protocolVersion of ['2025-06-18', '2025-03-26', '2024-11-05', modern, '1.0.0', ''])
      assert.equal(eraOf(asking({ id: 0, method: 'initialize', params: { protocolVersion } }), {}), 'legacy');
  });

  test('initialize names no version', () => {
    for (const params of [{}, { protocolVersion: null }, { protocolVersion: [legacy] }, { protocolVersion: 2025 }])
      refused('WRIT_PARAMS_INVALID', asking({ id: 0, method: 'initialize', params }), {});
  });

  test('a message without the header is of 2025-03-26, or of the session where that is older', () => {
    const list = asking({ id: 1, method: 'tools/list' });
    assert.equal(eraOf(list, {}), 'legacy');
    assert.equal(legacyVersionOf(list, {}), '2025-03-26');
    for (const begunWith of ['2025-11-25', '2025-06-18', '2025-03-26', '1.0.0', ''])
      assert.equal(legacyVersionOf(list, {}, begunWith), '2025-03-26', begunWith);
    assert.equal(legacyVersionOf(list, {}, '2024-11-05'), '2024-11-05');
  });

  test('every version since 2024-11-05 is served, by what its header says', () => {
    const list = asking({ id: 1, method: 'tools/list' });
    for (const version of ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25']) {
      assert.equal(eraOf(list, { 'mcp-protocol-version': version }), 'legacy');
      assert.equal(legacyVersionOf(list, { 'mcp-protocol-version': version }, '2024-11-05'), version);
    }
    const initialize = asking({ id: 0, method: 'initialize', params: { protocolVersion: '2025-06-18' } });
    assert.equal(legacyVersionOf(initialize, { 'mcp-protocol-version': '2025-11-25' }), '2025-06-18');
  });

  test('a header of no version, or of two', () => {
    for (const version of ['2025-01-01', '2024-10-07', '', 'x', `${legacy}, ${legacy}`, `${legacy},${modern}`])
      assert.throws(() => eraOf(asking({ id: 1, method: 'tools/list' }), { 'mcp-protocol-version': version }), {
        code: 'WRIT_VERSION_UNSUPPORTED',
        requested: version,
      });
  });

  test('mirrors that the version does not ask for are still right where they are there', () => {
    const call = asking({ id: 1, method: 'tools/call', params: { name: 'customers.lookup' } });
    const right = { 'mcp-method': 'tools/call', 'mcp-name': 'customers.lookup' };
    assert.equal(eraOf(call, legacyHeaders(right)), 'legacy');
    for (const wrong of [{ 'mcp-method': 'tools/list' }, { 'mcp-name': 'customers.delete' }])
      refused('WRIT_HEADER_MISMATCH', call, legacyHeaders(wrong));
    const initialize = asking({ id: 0, method: 'initialize', params: { protocolVersion: legacy } });
    refused('WRIT_HEADER_MISMATCH', initialize, { 'mcp-method': 'tools/call' });
  });
});

test('one endpoint serves both versions message by message', () => {
  const list = asking({ id: 1, method: 'tools/list' });
  assert.equal(eraOf(list, legacyHeaders()), 'legacy');
  assert.equal(eraOf(modernCall('tools/list'), modernHeaders('tools/list')), 'modern');
  assert.equal(eraOf(list, legacyHeaders()), 'legacy');
});

describe('mirrored values (2026-07-28, "Value Encoding")', () => {
  test('the examples of the specification', () => {
    assert.equal(decodeMirrored('us-west1'), 'us-west1');
    assert.equal(decodeMirrored('=?base64?SGVsbG8sIOS4lueVjA==?='), 'Hello, 世界');
    assert.equal(decodeMirrored('=?base64?IHBhZGRlZCA=?='), ' padded ');
    assert.equal(decodeMirrored('=?base64?bGluZTEKbGluZTI=?='), 'line1\nline2');
    assert.equal(decodeMirrored('=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?='), '=?base64?literal?=');
  });

  test('the markers are case-sensitive and whole', () => {
    for (const plain of ['=?BASE64?eA==?=', '=?base64?eA==', 'base64?eA==?=', ' =?base64?eA==?='])
      assert.equal(decodeMirrored(plain), plain);
  });

  test('what two readers could read differently is no value', () => {
    for (const doubtful of [
      '=?base64?eA?=',
      '=?base64?eA=?=',
      '=?base64?eB==?=',
      '=?base64?eA== ?=',
      '=?base64?e A==?=',
      '=?base64?_-8=?=',
      '=?base64?eA==eA==?=',
      '=?base64?!?=',
      // Not UTF-8: a lone continuation byte, an overlong form, half of a surrogate pair.
      '=?base64?gA==?=',
      '=?base64?wK8=?=',
      '=?base64?7aCA?=',
      'caf\u00e9',
      'a\u0000b',
      'a\u007fb',
    ])
      assert.equal(decodeMirrored(doubtful), undefined, doubtful);
  });
});
