import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { AggregationTemporalityPreference, OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { SpanExporter } from '@opentelemetry/sdk-trace';

export interface Collector {
  /** Base URL; `/v1/traces` and `/v1/metrics` come after it. */
  endpoint: string;
  headers: Record<string, string>;
  /** Milliseconds for one export, retries included. */
  timeout: number;
}

/** Hears of the first failure after a success, and of the first success after a failure. Never of what was sent. */
export type Notice = (signal: 'traces' | 'metrics', failing: boolean) => void;

export interface Exporters {
  traces: SpanExporter;
  metrics: PushMetricExporter;
  /** Breaks off what is under way: nothing of it may keep the process. */
  destroy(): void;
}

/**
 * The SDK takes what it is not told from OTEL_EXPORTER_OTLP_* and adds the headers found there to those it is told, which
 * would send the credential for one collector to another. It reads them while it makes an exporter, and nothing else runs
 * meanwhile.
 */
function withoutVariables<T>(make: () => T): T {
  const hidden = Object.entries(process.env).filter(([name]) => name.startsWith('OTEL_'));
  for (const [name] of hidden) delete process.env[name];
  try {
    return make();
  } finally {
    Object.assign(process.env, Object.fromEntries(hidden));
  }
}

/** Tells of a change between working and failing. */
function watched(exporter: SpanExporter | PushMetricExporter, changed: (failing: boolean) => void): void {
  const send = exporter.export.bind(exporter) as (items: unknown, done: Done) => void;
  let failing = false;
  exporter.export = (items: unknown, done: Done) =>
    send(items, (result) => {
      if (failing !== (result.code !== 0)) {
        failing = !failing;
        changed(failing);
      }
      done(result);
    });
}
type Done = (result: { code: number; error?: Error }) => void;

/** Exporters to an OTLP collector over HTTP, in JSON. */
export function createExporters({ endpoint, headers, timeout }: Collector, notice: Notice): Exporters {
  const base = endpoint.replace(/\/$/, '');
  const agent = base.startsWith('https:')
    ? new HttpsAgent({ keepAlive: true, maxSockets: 4 })
    : new HttpAgent({ keepAlive: true, maxSockets: 4 });
  const options = { headers, timeoutMillis: timeout, concurrencyLimit: 10, httpAgentOptions: () => agent };
  return withoutVariables(() => {
    const traces = new OTLPTraceExporter({ ...options, url: `${base}/v1/traces` });
    const metrics = new OTLPMetricExporter({
      ...options,
      url: `${base}/v1/metrics`,
      temporalityPreference: AggregationTemporalityPreference.CUMULATIVE,
    });
    watched(traces, (failing) => notice('traces', failing));
    watched(metrics, (failing) => notice('metrics', failing));
    return { traces, metrics, destroy: () => agent.destroy() };
  });
}
