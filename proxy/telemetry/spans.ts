import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  type SpanKind,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { Failure } from './names.ts';
import type { TraceContext } from './trace-context.ts';

/** A span that is kept, and how those after it name it. */
export interface Tracked {
  span: Span;
  traceparent: string;
}

interface Start {
  kind: SpanKind;
  parent: TraceContext | Tracked | undefined;
  /** The context that the parent took precedence over. */
  link?: TraceContext | undefined;
  /** Milliseconds since 1970; now, unless told. */
  start?: number;
  attributes: Attributes;
}

/** Without its state: that is a text of the caller's, and travels on without being told. */
function remote({ traceId, spanId, sampled }: TraceContext): SpanContext {
  return { traceId, spanId, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}

/** Starts a span; undefined where it is not among those kept, so that the caller's own context stays in force. */
export function startSpan(tracer: Tracer, { kind, parent, link, start, attributes }: Start): Tracked | undefined {
  const known = parent && ('span' in parent ? parent.span.spanContext() : remote(parent));
  const within = known === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, known);
  const target = attributes['gen_ai.tool.name'];
  const span = tracer.startSpan(
    [attributes['mcp.method.name'], ...(target === undefined ? [] : [target])].join(' '),
    {
      kind,
      attributes,
      ...(start !== undefined && { startTime: start }),
      ...(link !== undefined && { links: [{ context: remote(link) }] }),
    },
    within,
  );
  if (!span.isRecording()) return undefined;
  const { traceId, spanId, traceFlags } = span.spanContext();
  return { span, traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}` };
}

/** Ends a span. Its status has no description: what errors say may be about anyone. */
export function endSpan({ span }: Tracked, failure: Failure | undefined, attributes: Attributes = {}): void {
  span.setAttributes(attributes);
  if (failure !== undefined) {
    const { type, rpc } = failure;
    span.setAttributes({ 'error.type': type, ...(rpc !== undefined && { 'rpc.response.status_code': rpc }) });
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}
