import {
  AggregationTemporality,
  InMemoryMetricExporter,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { InMemorySpanExporter, SimpleSpanProcessor } from '@opentelemetry/sdk-trace';
import { parse } from '../../../engine/json/parse.ts';
import type { Json } from '../../../engine/json/types.ts';
import type { Decision, Effect } from '../../../engine/policy/types.ts';
import { verdictOf } from '../../../engine/policy/verdict.ts';
import type { Ruling } from '../../../proxy/call/types.ts';
import { type Asking, type Message, readMessage } from '../../../proxy/mcp/message.ts';
import { openTelemetry, type TelemetryOptions } from '../../../proxy/telemetry/open-telemetry.ts';
import type { Arrival, Naming } from '../../../proxy/telemetry/types.ts';

export const service = { name: 'writ', version: '1.2.3', instance: 'edge-1', environment: 'test' };

/** Telemetry whose spans and metrics stay in memory. */
export function measured(more: Partial<TelemetryOptions> = {}) {
  const spans = new InMemorySpanExporter();
  const metrics = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter: metrics, exportIntervalMillis: 3_600_000 });
  const telemetry = openTelemetry({
    service,
    asked: true,
    notice: () => {},
    unsignedSeconds: () => 0,
    processors: [new SimpleSpanProcessor({ exporter: spans })],
    readers: [reader],
    ...more,
  });
  /** Data points of a metric, each with its attributes. */
  const points = async (name: string): Promise<{ attributes: Record<string, unknown>; value: unknown }[]> => {
    const { resourceMetrics } = await reader.collect();
    return resourceMetrics.scopeMetrics
      .flatMap((scope) => scope.metrics)
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }) => dataPoints.map(({ attributes, value }) => ({ attributes, value })));
  };
  return { telemetry, spans: () => spans.getFinishedSpans(), points };
}

export const policy: Naming = {
  digest: 'sha256:00',
  catalogue: JSON.parse('{ "crm": { "get_customer": { "action": "read", "holds": {} } } }'),
};

export const arrival = (more: Partial<Arrival> = {}): Arrival => ({
  server: 'crm',
  direction: 'to-server',
  transport: 'tcp',
  headers: {},
  ...more,
});

export function read(text: string): Message {
  return readMessage(parse(Buffer.from(text), { direction: 'to-client' }));
}

/** A request, or with `id` null a notification. */
export function asking(method: string, params: Json = {}, id: string | number | null = 1): Asking {
  const message = read(JSON.stringify({ jsonrpc: '2.0', ...(id !== null && { id }), method, params }));
  if (message.kind === 'response') throw new TypeError('it asks');
  return message;
}

export function answer(body: object): Message {
  return read(JSON.stringify({ jsonrpc: '2.0', id: 1, ...body }));
}

export function ruled(effect: Effect, more: Partial<Decision> = {}): Ruling {
  const decision: Decision = {
    effect,
    rules: ['gdpr.allow.read'],
    reasons: [],
    mask_fields: [],
    approval: { requirements: [] },
    obligations: [],
    ...more,
  };
  return {
    kind: 'decided',
    evaluation: { decision, fuel: 420, unanswered: [] },
    verdict: verdictOf(decision),
    pending: null,
  };
}
