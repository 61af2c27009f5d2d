import { type Attributes, SpanKind, type Tracer } from '@opentelemetry/api';
import { errorKinds, type WritError } from '../../engine/errors.ts';
import { isObject } from '../../engine/json/types.ts';
import type { AppliedMask } from '../../engine/masking/types.ts';
import type { Ruling } from '../call/types.ts';
import type { Asking, Message } from '../mcp/message.ts';
import type { Instruments } from './instruments.ts';
import { type Failure, failureOf, operationOf, policyRefusal } from './names.ts';
import { endSpan, startSpan, type Tracked } from './spans.ts';
import { traceContextIn } from './trace-context.ts';
import type { Arrival, CallSpan, Naming, Peer } from './types.ts';

/** What was sent on, until its answer came. */
interface Asked {
  span: Tracked | undefined;
  since: number;
  peer: Attributes;
}

/** Rules that a span names. */
const mostRules = 32;

const since = (start: number) => (performance.now() - start) / 1000;

function networkOf({ transport }: { transport: 'tcp' | 'pipe' }): Attributes {
  return { 'network.transport': transport, ...(transport === 'tcp' && { 'network.protocol.name': 'http' }) };
}

/** One message, measured: the spans of having it served and of asking for it, where `tracer` keeps them, and the metrics. */
export class MeasuredCall implements CallSpan {
  readonly #arrival: Arrival;
  readonly #instruments: Instruments;
  readonly #tracer: Tracer | undefined;
  readonly #came = Date.now();
  readonly #since = performance.now();
  #message: Asking | undefined;
  /** Of the message, whoever handles it. */
  #operation: Attributes = {};
  #span: Tracked | undefined;
  #deciding = 0;
  #verdict = 'none';
  #asked: Asked | undefined;
  #streaming = false;
  #failure: Failure | undefined;
  #ended = false;

  constructor(arrival: Arrival, instruments: Instruments, tracer: Tracer | undefined) {
    this.#arrival = arrival;
    this.#instruments = instruments;
    this.#tracer = tracer;
  }

  get #server(): Attributes {
    return { 'writ.server': this.#arrival.server, 'writ.direction': this.#arrival.direction };
  }

  read(message: Asking, version: string | null, policy: Naming): void {
    if (this.#message !== undefined) return;
    this.#message = message;
    this.#operation = { ...operationOf(message, version, this.#arrival.server, policy), ...this.#server };
    if (this.#tracer === undefined) return;
    const inMeta = traceContextIn(isObject(message.params._meta) ? message.params._meta : null);
    const inHeaders = traceContextIn(this.#arrival.headers);
    this.#span = startSpan(this.#tracer, {
      kind: SpanKind.SERVER,
      parent: inMeta ?? inHeaders,
      link: inMeta && inHeaders,
      start: this.#came,
      attributes: { ...this.#operation, ...networkOf(this.#arrival), 'writ.bundle': policy.digest },
    });
  }

  deciding(): void {
    this.#deciding = performance.now();
  }

  decided(call: string, ruling: Ruling): void {
    const told: Attributes = { 'writ.call': call };
    if (ruling.kind === 'failed') {
      told['writ.error.code'] = ruling.error.code;
    } else {
      const { decision, fuel } = ruling.evaluation;
      this.#verdict = ruling.verdict;
      if (decision.effect !== 'allow') this.#refused();
      told['writ.verdict'] = ruling.verdict;
      told['writ.rules'] = decision.rules.slice(0, mostRules);
      this.#instruments.fuel.record(fuel, this.#server);
    }
    this.#span?.span.setAttributes(told);
    if (this.#deciding > 0)
      this.#instruments.decision.record(since(this.#deciding), { ...this.#server, 'writ.verdict': this.#verdict });
  }

  masked(applied: readonly AppliedMask[]): void {
    for (const { category, strategy, count } of applied)
      this.#instruments.masks.add(count, {
        ...this.#server,
        'writ.category': category ?? 'none',
        'writ.strategy': strategy,
      });
  }

  sending(peer: Peer): string | null {
    if (this.#ended) return null;
    this.#answered({ type: 'repeated' });
    const attributes: Attributes = {
      ...networkOf(peer),
      ...(peer.address !== undefined && { 'server.address': peer.address }),
      ...(peer.port !== undefined && { 'server.port': peer.port }),
    };
    const span =
      this.#span &&
      this.#tracer &&
      startSpan(this.#tracer, {
        kind: SpanKind.CLIENT,
        parent: this.#span,
        attributes: { ...this.#operation, ...attributes },
      });
    this.#asked = { span, since: performance.now(), peer: attributes };
    return span?.traceparent ?? null;
  }

  streaming(): void {
    if (this.#streaming || this.#ended) return;
    this.#streaming = true;
    this.#instruments.streams.add(1, this.#server);
  }

  back(message: Message, { kind }: { kind: 'shown' | 'withheld' | 'denied' }): void {
    this.#instruments.frames.add(1, { ...this.#server, 'writ.released': kind });
    if (message.kind !== 'response') return;
    this.#failure = failureOf(message);
    this.#answered(this.#failure);
    if (kind === 'denied') this.#refused();
  }

  ended(error: WritError | null, gone = false): void {
    if (this.#ended) return;
    this.#ended = true;
    const { server } = this.#arrival;
    if (this.#streaming) this.#instruments.streams.add(-1, this.#server);
    if (gone) this.#failure = { type: 'client_gone' };
    else if (error !== null) this.#failure = this.#failureBy(error);
    if (error !== null && !gone && error.code.startsWith('WRIT_UPSTREAM_'))
      this.#instruments.upstreamErrors.add(1, { 'writ.server': server, 'writ.error.code': error.code });
    this.#answered(gone ? this.#failure : error === null ? undefined : { type: error.code });
    const code = error === null || gone ? {} : { 'writ.error.code': error.code };
    if (this.#span !== undefined) endSpan(this.#span, this.#failure, code);
    const method = this.#operation['mcp.method.name'] ?? 'none';
    const outcome = { 'mcp.method.name': method, 'writ.verdict': this.#verdict, ...code };
    this.#instruments.calls.add(1, { ...this.#server, ...outcome });
    if (this.#message !== undefined)
      this.#instruments.served.record(since(this.#since), {
        ...this.#operation,
        ...networkOf(this.#arrival),
        ...attributesOf(this.#failure),
      });
  }

  /** The server is done with its part. */
  #answered(failure: Failure | undefined): void {
    if (this.#asked === undefined) return;
    const { span, since: start, peer } = this.#asked;
    this.#asked = undefined;
    if (span !== undefined) endSpan(span, failure);
    this.#instruments.asked.record(since(start), { ...this.#operation, ...peer, ...attributesOf(failure) });
  }

  /** As mcp/replies.ts says it to the caller. */
  #refused(): void {
    const { kind, method } = this.#message ?? {};
    if (kind === 'notification') this.#failure = { type: '403' };
    else if (method === 'tools/call') this.#failure = { type: 'tool_error' };
    else this.#failure = { type: String(policyRefusal), rpc: String(policyRefusal) };
  }

  #failureBy({ code }: WritError): Failure {
    if (this.#message?.kind === 'notification') return { type: code };
    const rpc = String(errorKinds[code].rpc ?? -31503);
    return { type: rpc, rpc };
  }
}

function attributesOf(failure: Failure | undefined): Attributes {
  if (failure === undefined) return {};
  const { type, rpc } = failure;
  return { 'error.type': type, ...(rpc !== undefined && { 'rpc.response.status_code': rpc }) };
}
