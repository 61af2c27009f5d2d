import type { Tracer } from '@opentelemetry/api';
import type { ErrorCode } from '../../engine/errors.ts';
import { MeasuredCall } from './call-span.ts';
import type { Instruments } from './instruments.ts';
import type { PullReader } from './prometheus.ts';
import type { Arrival, CallSpan, Telemetry } from './types.ts';

/** Telemetry that is kept: metrics always, spans where there is a tracer. */
export class MeasuredTelemetry implements Telemetry {
  readonly #instruments: Instruments;
  readonly #tracer: Tracer | undefined;
  readonly #pull: PullReader | undefined;
  readonly #shutdown: () => Promise<void>;
  #closed: Promise<void> | undefined;

  constructor(
    instruments: Instruments,
    tracer: Tracer | undefined,
    pull: PullReader | undefined,
    shutdown: () => Promise<void>,
  ) {
    this.#instruments = instruments;
    this.#tracer = tracer;
    this.#pull = pull;
    this.#shutdown = shutdown;
  }

  begin(arrival: Arrival): CallSpan {
    return new MeasuredCall(arrival, this.#instruments, this.#tracer);
  }

  appended(seconds: number, error: ErrorCode | null): void {
    this.#instruments.append.record(seconds, error === null ? {} : { 'writ.error.code': error });
  }

  opened(server: string): () => void {
    const attributes = { 'writ.server': server, 'writ.direction': 'to-client' };
    this.#instruments.streams.add(1, attributes);
    let open = true;
    return () => {
      if (open) this.#instruments.streams.add(-1, attributes);
      open = false;
    };
  }

  failed(server: string, error: ErrorCode): void {
    this.#instruments.upstreamErrors.add(1, { 'writ.server': server, 'writ.error.code': error });
  }

  scrape(): Promise<string> {
    return this.#pull?.scrape() ?? Promise.resolve('');
  }

  close(): Promise<void> {
    this.#closed ??= this.#shutdown();
    return this.#closed;
  }
}
