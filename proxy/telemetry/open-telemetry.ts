import type { Tracer } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { type IMetricReader, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import {
  AlwaysOffSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { type Collector, createExporters, type Exporters, type Notice } from './exporters.ts';
import { createInstruments, mostSeries } from './instruments.ts';
import { MeasuredTelemetry } from './measured-telemetry.ts';
import { PullReader } from './prometheus.ts';
import type { Telemetry } from './types.ts';

export interface TelemetryOptions {
  service: { name: string; version: string; instance: string; environment: string };
  /** Where spans and metrics are sent; without it they can only be asked for. */
  collector?: Collector & {
    /** Share of traces that are kept: 0 to 1. */
    traces: number;
    /** Milliseconds between two exports of the metrics; 0 sends none. */
    interval: number;
  };
  /** Whether `scrape` is to tell anything; what nobody asks for is not kept. */
  asked: boolean;
  notice: Notice;
  /** Of the audit log. */
  unsignedSeconds: () => number;
  /** In place of those to the collector. */
  processors?: SpanProcessor[];
  readers?: IMetricReader[];
}

/** Spans that wait to be sent, and that go at once; what comes beyond is dropped. */
const queue = { maxQueueSize: 2048, maxExportBatchSize: 256, scheduledDelayMillis: 2_000 };
const closeMs = 3_000;

/**
 * What the sender of a message left out of its traces stays out. What it keeps is kept by the same share as what begins
 * here, or one caller could have everything kept.
 */
function sampler(ratio: number): ParentBasedSampler {
  const share = new TraceIdRatioBasedSampler(ratio);
  return new ParentBasedSampler({
    root: share,
    remoteParentSampled: share,
    remoteParentNotSampled: new AlwaysOffSampler(),
  });
}

/** Telemetry as configured. Nothing of it reads the environment or installs itself in the process. */
export function openTelemetry(options: TelemetryOptions): Telemetry {
  const { service, collector, notice, unsignedSeconds } = options;
  const resource = resourceFromAttributes({
    'service.name': service.name,
    'service.version': service.version,
    'service.instance.id': service.instance,
    'deployment.environment.name': service.environment,
  });
  const exporters = collector && createExporters(collector, notice);
  const pull = options.asked ? new PullReader() : undefined;
  const meters = new MeterProvider({
    resource,
    readers: [...(pull === undefined ? [] : [pull]), ...pushing(collector, exporters), ...(options.readers ?? [])],
  });
  const processors = [...batching(collector, exporters), ...(options.processors ?? [])];
  const tracers = new TracerProvider({
    resource,
    sampler: sampler(collector?.traces ?? 1),
    spanProcessors: processors,
    spanLimits: { attributeValueLengthLimit: 256, attributeCountLimit: 64 },
  });
  const tracer: Tracer | undefined = processors.length === 0 ? undefined : tracers.getTracer('writ', service.version);
  return new MeasuredTelemetry(createInstruments(meters, unsignedSeconds), tracer, pull, async () => {
    const late = AbortSignal.timeout(closeMs);
    const sent = Promise.allSettled([tracers.shutdown(), meters.shutdown()]);
    await Promise.race([sent, new Promise((resolve) => late.addEventListener('abort', resolve))]);
    exporters?.destroy();
  });
}

function pushing(collector: TelemetryOptions['collector'], exporters: Exporters | undefined): IMetricReader[] {
  if (collector === undefined || exporters === undefined || collector.interval === 0) return [];
  const { interval, timeout } = collector;
  return [
    new PeriodicExportingMetricReader({
      exporter: exporters.metrics,
      exportIntervalMillis: interval,
      exportTimeoutMillis: Math.min(timeout, interval),
      cardinalityLimits: { default: mostSeries },
    }),
  ];
}

function batching(collector: TelemetryOptions['collector'], exporters: Exporters | undefined): SpanProcessor[] {
  if (collector === undefined || exporters === undefined || collector.traces === 0) return [];
  return [new BatchSpanProcessor({ exporter: exporters.traces, exportTimeoutMillis: collector.timeout, ...queue })];
}
