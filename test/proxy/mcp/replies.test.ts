import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type ErrorCode, errorKinds, WritError } from '../../../engine/errors.ts';
import type { Decision } from '../../../engine/policy/types.ts';
import { eraOf } from '../../../proxy/mcp/era.ts';
import { failureReply, refusalReply, serverRequestRefusal } from '../../../proxy/mcp/replies.ts';
import { asking } from '../../support/message.ts';

const codes = Object.keys(errorKinds) as ErrorCode[];
const decision = (more: Partial<Decision> = {}): Decision => ({
  effect: 'deny',
  rules: ['gdpr.deny.health_data', 'writ.no_grant'],
  reasons: [{ rule: 'gdpr.deny.health_data', message: 'Health notes are for the medical group.' }],
  mask_fields: [],
  approval: { requirements: [] },
  obligations: [],
  ...more,
});
const receipt = { log: 'edge-1.example.com', index: 7, call: 'call-1' };
const call = (params: object = { name: 'health.notes' }) => asking({ id: 3, method: 'tools/call', params });

describe('a failure', () => {
  test('of every kind is a JSON-RPC error with its code, its way out, and whether to try again', () => {
    for (const code of codes) {
      const { status, body } = failureReply(new WritError(code), 'a"b', receipt);
      const { jsonrpc, id, error, ...more } = JSON.parse(body);
      assert.deepEqual([jsonrpc, id, more], ['2.0', 'a"b', {}]);
      assert.equal(typeof error.code, 'number');
      assert.ok(error.message.startsWith(errorKinds[code].title));
      const { remedy, retriable = false } = errorKinds[code] as { remedy: string; retriable?: boolean };
      // Which capabilities it would take, where it is those that are missing.
      const { requiredCapabilities, ...data } = error.data;
      const needed = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
      assert.deepEqual(requiredCapabilities, code === 'WRIT_TASKS_UNDECLARED' ? needed : undefined);
      assert.deepEqual(data, { code, remedy, retriable, call: 'call-1', 'writ/receipt': receipt });
      assert.ok(status >= 200 && status < 600);
    }
  });

  test('keeps the code and status of the specification', () => {
    const expected: [ErrorCode, number, number][] = [
      ['WRIT_JSON_INVALID', 400, -32700],
      ['WRIT_MESSAGE_INVALID', 400, -32600],
      ['WRIT_JSON_TOO_LARGE', 413, -32600],
      ['WRIT_HEADER_MISMATCH', 400, -32020],
      ['WRIT_VERSION_UNSUPPORTED', 400, -32022],
      ['WRIT_PARAMS_INVALID', 400, -32602],
      ['WRIT_HOST_REFUSED', 403, -32600],
      ['WRIT_METHOD_NOT_ALLOWED', 405, -32600],
      ['WRIT_TOKEN_MISSING', 401, -31401],
      ['WRIT_OVERLOADED', 429, -31503],
      ['WRIT_AUDIT_UNAVAILABLE', 200, -31503],
      ['WRIT_UPSTREAM_UNREACHABLE', 200, -31503],
    ];
    for (const [code, status, rpc] of expected) {
      const reply = failureReply(new WritError(code), 1, null);
      assert.deepEqual([reply.status, JSON.parse(reply.body).error.code], [status, rpc], code);
    }
  });

  test('uses no error code that MCP or JSON-RPC keeps for others', () => {
    for (const code of codes) {
      const { rpc } = errorKinds[code] as { rpc?: number };
      if (rpc === undefined) continue;
      const defined = [-32700, -32600, -32601, -32602, -32603, -32020, -32021, -32022];
      assert.ok(defined.includes(rpc) || rpc < -32768 || rpc > -32000, code);
    }
  });

  test('keeps the id as it was: a number, a text, none', () => {
    for (const id of [1, '1', 0, null]) {
      assert.equal(JSON.parse(failureReply(new WritError('WRIT_MESSAGE_INVALID'), id, null).body).id, id);
    }
  });

  test('says nothing of a call that is not on record', () => {
    assert.equal('call' in JSON.parse(failureReply(new WritError('WRIT_INTERNAL'), 1, null).body).error.data, false);
  });

  test('of a version says which are served and which was asked for', () => {
    try {
      eraOf(asking({ id: 1, method: 'tools/list' }), { 'mcp-protocol-version': '1900-01-01' });
      assert.fail('it was accepted');
    } catch (error) {
      assert.ok(error instanceof WritError);
      const { data } = JSON.parse(failureReply(error, 1, null).body).error;
      const served = ['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'];
      assert.deepEqual([data.supported, data.requested], [served, '1900-01-01']);
    }
  });

  test('of a message that awaits no answer is told by the status, as the specification demands', () => {
    for (const code of codes) {
      const { status } = failureReply(new WritError(code), null, null);
      assert.ok(status >= 400, code);
    }
    assert.equal(failureReply(new WritError('WRIT_AUDIT_UNAVAILABLE'), null, null).status, 503);
    assert.equal(failureReply(new WritError('WRIT_POLICY_FAILED'), null, null).status, 500);
  });

  test('shows the detail, and never the cause', () => {
    const error = new WritError('WRIT_INTERNAL', 'Where it was.', { cause: new Error('secret') });
    const { body } = failureReply(error, 1, null);
    assert.ok(body.includes('Where it was.'));
    assert.equal(body.includes('secret'), false);
  });
});

describe('a refusal by policy', () => {
  const told = {
    call: 'call-1',
    effect: 'deny',
    rules: ['gdpr.deny.health_data', 'writ.no_grant'],
    reasons: [{ rule: 'gdpr.deny.health_data', message: 'Health notes are for the medical group.' }],
  };

  test('of a tool call is a result that the model can read', () => {
    const { status, body } = refusalReply(call(), 'legacy', 'call-1', decision(), null);
    const { jsonrpc, id, result, ...more } = JSON.parse(body);
    assert.deepEqual([status, jsonrpc, id, more], [200, '2.0', 3, {}]);
    assert.deepEqual(Object.keys(result).toSorted(), ['_meta', 'content', 'isError']);
    assert.equal(result.isError, true);
    assert.deepEqual(result._meta, { 'writ/decision': told });
    const [{ type, text }] = result.content;
    assert.equal(type, 'text');
    assert.ok(text.includes('Health notes are for the medical group.') && text.includes('gdpr.deny.health_data'));
  });

  test('has a result type in the modern era alone', () => {
    const type = (era: 'modern' | 'legacy') =>
      JSON.parse(refusalReply(call(), era, 'call-1', decision(), null).body).result.resultType;
    assert.equal(type('modern'), 'complete');
    assert.equal(type('legacy'), undefined);
  });

  test('of any other request is an error at status 200 with the same data', () => {
    for (const method of ['resources/read', 'prompts/get', 'tools/list', 'initialize', 'x/y']) {
      const { status, body } = refusalReply(asking({ id: 'i', method }), 'modern', 'call-1', decision(), null);
      const { id, error, result } = JSON.parse(body);
      assert.deepEqual([status, id, error.code, result], [200, 'i', -31403, undefined]);
      assert.deepEqual(error.data, { 'writ/decision': told });
    }
  });

  test('of a notification is a status, with the same data in its body', () => {
    const { status, body } = refusalReply(asking({ method: 'notifications/x' }), 'legacy', 'call-1', decision(), null);
    const { id, error } = JSON.parse(body);
    assert.deepEqual([status, id, error.code, error.data], [403, null, -31403, { 'writ/decision': told }]);
  });

  test('of a tool called by a notification is a status too', () => {
    const message = asking({ method: 'tools/call', params: { name: 'x' } });
    assert.equal(refusalReply(message, 'legacy', 'call-1', decision(), null).status, 403);
  });

  test('that waits for approval says under which id', () => {
    const pending = decision({ effect: 'require-approval', reasons: [] });
    const { result } = JSON.parse(refusalReply(call(), 'legacy', 'call-1', pending, 'approval-9').body);
    assert.equal(result._meta['writ/decision'].pending, 'approval-9');
    assert.equal(result._meta['writ/decision'].effect, 'require-approval');
    assert.ok(result.content[0].text.includes('approval-9'));
  });

  test('tells no more of a decision than rules and reasons', () => {
    const full = decision({
      mask_fields: [{ rule: 'r', on: 'result', path: '$.secret', category: null, strategy: 'drop', options: {} }],
      obligations: [
        { rule: 'o', purpose: 'secret', legal_basis: null, data_categories: [], retention: null, record: 'full' },
      ],
    });
    assert.equal(refusalReply(call(), 'legacy', 'call-1', full, null).body.includes('secret'), false);
  });

  test('says a reason once, however many rules give it, and stays valid JSON whatever a reason holds', () => {
    const message = 'No "quotes",\nno lone \ud800 surrogates.';
    const reasons = ['a', 'b'].map((rule) => ({ rule, message }));
    const { body } = refusalReply(call(), 'legacy', 'call-1', decision({ reasons }), null);
    const { text } = JSON.parse(body).result.content[0];
    assert.equal(text.split('No "quotes"').length, 2);
    assert.ok(body.isWellFormed());
  });
});

test('a server is told that its own request is not carried', () => {
  const { id, error } = JSON.parse(serverRequestRefusal('s-1', 'WRIT_MESSAGE_UNSUPPORTED'));
  assert.equal(id, 's-1');
  assert.equal(error.data.code, 'WRIT_MESSAGE_UNSUPPORTED');
});
