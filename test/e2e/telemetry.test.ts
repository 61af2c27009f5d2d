import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openGateway, type TestGateway } from '../support/gateway.ts';
import { type Collector, startCollector } from '../support/otlp-collector.ts';
import { until } from '../support/until.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const theirs = `00-${traceId}-00f067aa0ba902b7-01`;
const person = 'alva.lind@example.com';

describe('a gateway with telemetry', () => {
  let collector: Collector;
  let gateway: TestGateway;
  let admin = '';

  before(async () => {
    collector = await startCollector();
    const otlp = { endpoint: collector.endpoint, metrics: '1s' };
    gateway = await openGateway({
      telemetry: { otlp },
      admin: { listen: '127.0.0.1:0' },
    });
    admin = gateway.running.adminUrl ?? '';
  });
  after(async () => {
    await gateway.close();
    await collector.close();
  });
  const page = async (path: string) => {
    const answer = await fetch(`${admin}${path}`);
    return { status: answer.status, text: await answer.text() };
  };

  test('carries the trace of a call on, in the header and where it was in _meta', async () => {
    const _meta = {
      traceparent: theirs,
      baggage: `user=${person}`,
      progressToken: 7,
    };
    const { status } = await gateway.call('open', { text: person }, { params: { _meta } });
    assert.equal(status, 200);
    const received = gateway.stub.seen.at(-1);
    const sent = String(received?.headers.traceparent);
    assert.match(sent, new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
    const message = JSON.parse(String(received?.body));
    assert.deepEqual(
      [message.params._meta.traceparent, message.params._meta.baggage, message.params._meta.progressToken],
      [sent, '', 7],
    );
    await until(() => collector.spans().some(({ spanId }) => sent.includes(spanId)), 'the span is exported');
    const client = collector.spans().find(({ spanId }) => sent.includes(spanId));
    const server = collector.spans().find(({ spanId }) => spanId === client?.parentSpanId);
    assert.deepEqual([server?.traceId, server?.parentSpanId], [traceId, '00f067aa0ba902b7']);
  });

  test('sends on the very bytes where there was no trace in them', async () => {
    const asked = { params: { name: 'echo', arguments: {} } };
    const { body } = await gateway.compose(asked);
    const spaced = String(body).replace('{', '{  ');
    const { status } = await gateway.ask({ ...asked, body: spaced });
    const received = gateway.stub.seen.at(-1);
    assert.deepEqual([status, received?.body], [200, spaced]);
    assert.match(String(received?.headers.traceparent), /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  });

  test('tells of every kind of outcome, and of nobody', async () => {
    await gateway.call('guarded', { text: person });
    await gateway.call('masked', { text: person });
    await gateway.call('open', { text: person }, { tool: person });
    await gateway.ask({ rpc: person, params: { uri: person } });
    await gateway.ask({ body: '{' });
    const { status, text } = await page('/metrics');
    assert.equal(status, 200);
    for (const series of [
      /^writ_calls_total\{.*writ_verdict="allow"/m,
      /^writ_calls_total\{.*writ_verdict="deny"/m,
      /^writ_audit_append_duration_seconds_count [1-9]/m,
      /^mcp_server_operation_duration_seconds_count\{.*gen_ai_tool_name="other"/m,
      /^mcp_server_operation_duration_seconds_count\{.*mcp_method_name="other"/m,
      /^mcp_client_operation_duration_seconds_count\{.*server_address="127\.0\.0\.1"/m,
    ])
      assert.ok(series.test(text), String(series));
    const exported = collector.exports.length;
    await until(() => collector.exports.length > exported + 2, 'more is exported');
    const all = text + collector.exports.map((found) => found.text).join('');
    assert.doesNotMatch(all, /alva|example\.com"/i);
  });

  test('says that it is ready', async () => {
    assert.deepEqual(await page('/healthz'), {
      status: 200,
      text: '{"up":true}\n',
    });
    const { status, text } = await page('/readyz');
    assert.deepEqual([status, JSON.parse(text).ready], [200, true]);
  });
});
