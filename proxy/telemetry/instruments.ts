import { type Histogram, type Meter, type MeterProvider, ValueType } from '@opentelemetry/api';

/** The conventions for MCP give these to the durations of its operations, in seconds. */
const operations = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];
/** Decisions and appends take from a fraction of a millisecond on. */
const steps = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
const fuel = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000];

/** Of its kinds of attributes, each instrument keeps so many combinations; what comes beyond is counted together. */
export const mostSeries = 2000;

function seconds(meter: Meter, name: string, description: string, boundaries: number[]): Histogram {
  return meter.createHistogram(name, { unit: 's', description, advice: { explicitBucketBoundaries: boundaries } });
}

export type Instruments = ReturnType<typeof createInstruments>;

/** Every metric there is. Names and units of the first two are those of the semantic conventions for MCP. */
export function createInstruments(provider: MeterProvider, unsignedSeconds: () => number) {
  const meter = provider.getMeter('writ');
  const counter = (name: string, description: string) =>
    meter.createCounter(name, { description, valueType: ValueType.INT });
  meter
    .createObservableGauge('writ.audit.unsigned.age', {
      unit: 's',
      description: 'Age of the oldest entry of the audit log that no signed checkpoint covers.',
    })
    .addCallback((result) => result.observe(unsignedSeconds()));
  return {
    served: seconds(
      meter,
      'mcp.server.operation.duration',
      'MCP request or notification duration as observed on the receiver from the time it was received until the result or ack is sent.',
      operations,
    ),
    asked: seconds(
      meter,
      'mcp.client.operation.duration',
      'The duration of the MCP request or notification as observed on the sender from the time it was sent until the response or ack is received.',
      operations,
    ),
    calls: counter('writ.calls', 'Messages, by what became of them.'),
    decision: seconds(meter, 'writ.decision.duration', 'Time policy took to decide a message.', steps),
    fuel: meter.createHistogram('writ.policy.fuel', {
      description: 'Work a decision took, in units of fuel.',
      valueType: ValueType.INT,
      advice: { explicitBucketBoundaries: fuel },
    }),
    append: seconds(meter, 'writ.audit.append.duration', 'Time until an append to the audit log was on disk.', steps),
    streams: meter.createUpDownCounter('writ.streams.open', {
      description: 'Streams under way.',
      valueType: ValueType.INT,
    }),
    frames: counter('writ.frames', 'Messages that came back, by what became of them.'),
    masks: counter('writ.masks.applied', 'Values that masks replaced, by category.'),
    upstreamErrors: counter('writ.upstream.errors', 'Failures of servers.'),
  };
}
