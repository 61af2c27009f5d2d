import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MetricReader, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { mostSeries } from './instruments.ts';

/** What the compatibility rules of OpenTelemetry append to a name; other units are annotations. */
const suffixes: Record<string, string> = { s: '_seconds', By: '_bytes' };

/** The serializer writes no units into names, as Prometheus wants them. */
function named({ resource, scopeMetrics }: ResourceMetrics): ResourceMetrics {
  return {
    resource,
    scopeMetrics: scopeMetrics.map(({ scope, metrics }) => ({
      scope,
      metrics: metrics.map((metric) => {
        const { name, unit } = metric.descriptor;
        return { ...metric, descriptor: { ...metric.descriptor, name: name + (suffixes[unit] ?? ''), unit: '' } };
      }),
    })),
  };
}

/** Reads the metrics when someone asks for them. */
export class PullReader extends MetricReader {
  readonly #serializer = new PrometheusSerializer(undefined, false, undefined, false, true);
  #reading: Promise<string> | undefined;

  constructor() {
    super({ cardinalitySelector: () => mostSeries });
  }

  /** Whoever asks while they are read gets the same: asking often costs no more. */
  scrape(): Promise<string> {
    this.#reading ??= this.collect()
      .then(({ resourceMetrics }) => this.#serializer.serialize(named(resourceMetrics)))
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}
