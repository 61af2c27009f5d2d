import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { WritError } from '../../../engine/errors.ts';
import { peerOf } from '../../../proxy/telemetry/peer.ts';
import { answer, arrival, asking, measured, policy, read, ruled } from './measured.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const theirs = `00-${traceId}-00f067aa0ba902b7-01`;
const another = '00-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbb-01';
const getCustomer = asking('tools/call', { name: 'get_customer', arguments: { id: 'C-1001' } });
const peer = peerOf('https://crm.internal/mcp?key=1');

describe('a call that is allowed', () => {
  test('is a server span and, within it, a client span, both by the conventions for MCP', () => {
    const { telemetry, spans } = measured();
    const span = telemetry.begin(arrival({ headers: { traceparent: theirs } }));
    span.read(getCustomer, '2026-07-28', policy);
    span.deciding();
    span.decided('7d0e', ruled('allow'));
    const sent = span.sending(peer);
    span.back(answer({ result: {} }), { kind: 'shown' });
    span.ended(null);

    const [client, server] = spans();
    assert.ok(client !== undefined && server !== undefined);
    assert.deepEqual([server.kind, server.name], [SpanKind.SERVER, 'tools/call get_customer']);
    assert.deepEqual([client.kind, client.name], [SpanKind.CLIENT, 'tools/call get_customer']);
    assert.deepEqual(server.parentSpanContext?.spanId, '00f067aa0ba902b7');
    assert.equal(client.parentSpanContext?.spanId, server.spanContext().spanId);
    assert.equal(sent, `00-${traceId}-${client.spanContext().spanId}-01`);
    const operation = {
      'mcp.method.name': 'tools/call',
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_customer',
      'mcp.protocol.version': '2026-07-28',
      'network.transport': 'tcp',
      'network.protocol.name': 'http',
      'writ.server': 'crm',
      'writ.direction': 'to-server',
    };
    assert.deepEqual(server.attributes, {
      ...operation,
      'writ.bundle': 'sha256:00',
      'writ.call': '7d0e',
      'writ.verdict': 'allow',
      'writ.rules': ['gdpr.allow.read'],
    });
    assert.deepEqual(client.attributes, { ...operation, 'server.address': 'crm.internal', 'server.port': 443 });
    assert.deepEqual([server.status, client.status], [{ code: SpanStatusCode.UNSET }, { code: SpanStatusCode.UNSET }]);
  });

  test('is counted and timed', async () => {
    const { telemetry, points } = measured();
    const span = telemetry.begin(arrival());
    span.read(getCustomer, '2025-11-25', policy);
    span.deciding();
    span.decided('7d0e', ruled('allow'));
    span.masked([{ rule: 'r', strategy: 'redact', category: 'user.contact', count: 3 }]);
    span.sending(peer);
    span.streaming();
    span.streaming();
    assert.deepEqual(await points('writ.streams.open'), [
      { attributes: { 'writ.server': 'crm', 'writ.direction': 'to-server' }, value: 1 },
    ]);
    span.back(read('{"jsonrpc":"2.0","method":"notifications/progress"}'), { kind: 'withheld' });
    span.back(answer({ result: {} }), { kind: 'shown' });
    span.ended(null);
    span.ended(new WritError('WRIT_INTERNAL'));

    const own = { 'writ.server': 'crm', 'writ.direction': 'to-server' };
    assert.deepEqual(await points('writ.calls'), [
      { attributes: { ...own, 'mcp.method.name': 'tools/call', 'writ.verdict': 'allow' }, value: 1 },
    ]);
    assert.deepEqual(await points('writ.masks.applied'), [
      { attributes: { ...own, 'writ.category': 'user.contact', 'writ.strategy': 'redact' }, value: 3 },
    ]);
    assert.deepEqual(await points('writ.frames'), [
      { attributes: { ...own, 'writ.released': 'withheld' }, value: 1 },
      { attributes: { ...own, 'writ.released': 'shown' }, value: 1 },
    ]);
    assert.equal((await points('writ.streams.open'))[0]?.value, 0);
    for (const name of [
      'mcp.server.operation.duration',
      'mcp.client.operation.duration',
      'writ.decision.duration',
      'writ.policy.fuel',
    ]) {
      const [point, ...more] = await points(name);
      assert.deepEqual([Object(point?.value).count, more], [1, []], name);
    }
    assert.equal(Object((await points('writ.policy.fuel'))[0]?.value).sum, 420);
  });
});

describe('the parent of a span', () => {
  const begun = (headers: object, meta: object, ratio = 1) => {
    const { telemetry, spans } = measured({
      collector: { endpoint: 'http://127.0.0.1:1', headers: {}, timeout: 1, traces: ratio, interval: 0 },
    });
    const span = telemetry.begin(arrival({ headers: { ...headers } }));
    span.read(asking('tools/list', { _meta: { ...meta } }), null, policy);
    const sent = span.sending(peer);
    span.ended(null);
    return { sent, server: spans().find(({ kind }) => kind === SpanKind.SERVER) };
  };

  test('is what _meta says, with a link to what the header says', () => {
    const { server } = begun({ traceparent: another }, { traceparent: theirs });
    assert.equal(server?.spanContext().traceId, traceId);
    assert.deepEqual(
      server?.links.map(({ context }) => context.traceId),
      ['a'.repeat(32)],
    );
  });

  test('is what the header says where _meta says nothing that is well formed', () => {
    for (const meta of [{}, { traceparent: 'x' }, { traceparent: { toString: 1 } }]) {
      const { server } = begun({ traceparent: another }, meta);
      assert.deepEqual([server?.spanContext().traceId, server?.links], ['a'.repeat(32), []]);
    }
  });

  test('is none without either: the trace begins here', () => {
    const { server, sent } = begun({}, {});
    assert.equal(server?.parentSpanContext, undefined);
    assert.match(sent ?? '', new RegExp(`^00-${server?.spanContext().traceId}-[0-9a-f]{16}-01$`));
  });

  test('decides what is not kept, and then no context takes the place of its own', () => {
    const unkept = theirs.replace(/01$/, '00');
    assert.deepEqual(begun({}, { traceparent: unkept }), { sent: null, server: undefined });
  });

  test('has no say in how many are kept', () => {
    assert.deepEqual(begun({}, { traceparent: theirs }, 0), { sent: null, server: undefined });
  });
});
