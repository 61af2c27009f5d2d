import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { WritError } from '../../../engine/errors.ts';
import { refusalReply } from '../../../proxy/mcp/replies.ts';
import { peerOf } from '../../../proxy/telemetry/peer.ts';
import type { CallSpan } from '../../../proxy/telemetry/types.ts';
import { answer, arrival, asking, measured, policy, ruled } from './measured.ts';

const getCustomer = asking('tools/call', { name: 'get_customer', arguments: { id: 'C-1001' } });
const peer = peerOf('https://crm.internal/mcp');

describe('what goes wrong', () => {
  /** The outcome of one call: of the server span, and of the client span where there is one. */
  async function outcome(act: (span: CallSpan) => void) {
    const { telemetry, spans, points } = measured();
    act(telemetry.begin(arrival()));
    const of = (kind: SpanKind) => {
      const span = spans().find((found) => found.kind === kind);
      if (span === undefined) return undefined;
      assert.equal(span.status.message, undefined);
      const { 'error.type': type, 'rpc.response.status_code': rpc, 'writ.error.code': code } = span.attributes;
      assert.equal(span.status.code === SpanStatusCode.ERROR, type !== undefined);
      return [type, rpc, code].filter((value) => value !== undefined);
    };
    return { server: of(SpanKind.SERVER), client: of(SpanKind.CLIENT), points };
  }
  const notification = asking('notifications/progress', {}, null);

  test('a refusal by policy is the error its caller gets', async () => {
    for (const [message, expected] of [
      [getCustomer, ['tool_error']],
      [asking('resources/read'), ['-31403', '-31403']],
      [notification, ['403']],
    ] as const) {
      const ruling = ruled('deny');
      const { server, client } = await outcome((span) => {
        span.read(message, null, policy);
        span.decided('c', ruling);
        span.ended(null);
      });
      assert.deepEqual([server, client], [expected, undefined]);
      if (ruling.kind !== 'decided') throw new TypeError('it is decided');
      const { status, body } = refusalReply(message, 'modern', 'c', ruling.evaluation.decision, null);
      const { result, error } = JSON.parse(body);
      const said = status !== 200 ? status : result?.isError ? 'tool_error' : error.code;
      assert.equal(String(said), expected[0]);
    }
  });

  test('a failure of the gateway has its code, and that of JSON-RPC', async () => {
    const failed = async (message: typeof getCustomer) =>
      outcome((span) => {
        span.read(message, null, policy);
        span.sending(peer);
        span.ended(new WritError('WRIT_UPSTREAM_UNREACHABLE', 'person@example.com'));
      });
    const { server, client, points } = await failed(getCustomer);
    assert.deepEqual(server, ['-31503', '-31503', 'WRIT_UPSTREAM_UNREACHABLE']);
    assert.deepEqual(client, ['WRIT_UPSTREAM_UNREACHABLE']);
    assert.deepEqual(await points('writ.upstream.errors'), [
      { attributes: { 'writ.server': 'crm', 'writ.error.code': 'WRIT_UPSTREAM_UNREACHABLE' }, value: 1 },
    ]);
    assert.deepEqual((await failed(notification)).server, ['WRIT_UPSTREAM_UNREACHABLE', 'WRIT_UPSTREAM_UNREACHABLE']);
  });

  test('a policy that fails is told of by its code', async () => {
    const error = new WritError('WRIT_POLICY_BUDGET');
    const { server, points } = await outcome((span) => {
      span.read(getCustomer, null, policy);
      span.decided('c', { kind: 'failed', error });
      span.ended(error);
    });
    assert.deepEqual(server, ['-31503', '-31503', 'WRIT_POLICY_BUDGET']);
    const [call] = await points('writ.calls');
    assert.deepEqual(
      [call?.attributes['writ.verdict'], call?.attributes['writ.error.code']],
      ['none', 'WRIT_POLICY_BUDGET'],
    );
  });

  test('an error of the server is its code, where it is one that has a meaning', async () => {
    const answered = async (body: object) =>
      outcome((span) => {
        span.read(getCustomer, null, policy);
        span.sending(peer);
        span.back(answer(body), { kind: 'shown' });
        span.ended(null);
      });
    const known = await answered({ error: { code: -32602, message: 'person@example.com' } });
    assert.deepEqual(
      [known.server, known.client],
      [
        ['-32602', '-32602'],
        ['-32602', '-32602'],
      ],
    );
    const unknown = await answered({ error: { code: 46_701_234_567, message: '' } });
    assert.deepEqual(
      [unknown.server, unknown.client],
      [
        ['_OTHER', 'other'],
        ['_OTHER', 'other'],
      ],
    );
    const tool = await answered({ result: { isError: true } });
    assert.deepEqual([tool.server, tool.client], [['tool_error'], ['tool_error']]);
  });

  test('a second look that denies fails the caller and not the server', async () => {
    const { server, client } = await outcome((span) => {
      span.read(getCustomer, null, policy);
      span.sending(peer);
      span.back(answer({ result: {} }), { kind: 'denied' });
      span.ended(null);
    });
    assert.deepEqual([server, client], [['tool_error'], []]);
  });

  test('a caller who goes away is no failure of the server', async () => {
    const { server, client, points } = await outcome((span) => {
      span.read(getCustomer, null, policy);
      span.sending(peer);
      span.ended(new WritError('WRIT_UPSTREAM_UNREACHABLE'), true);
    });
    assert.deepEqual([server, client], [['client_gone'], ['client_gone']]);
    assert.deepEqual(await points('writ.upstream.errors'), []);
  });

  test('a message that cannot be read is counted, and no span', async () => {
    const { server, points } = await outcome((span) => span.ended(new WritError('WRIT_JSON_INVALID')));
    assert.equal(server, undefined);
    const [call] = await points('writ.calls');
    assert.deepEqual([call?.attributes['mcp.method.name'], call?.value], ['none', 1]);
  });
});
