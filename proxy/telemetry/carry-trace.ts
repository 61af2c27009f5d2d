import type { IncomingHttpHeaders } from 'node:http';
import { type JsonText, spliceMember } from '../../engine/json/splice-member.ts';
import { isObject } from '../../engine/json/types.ts';
import type { Asking } from '../mcp/message.ts';
import { readBaggage, traceContextIn } from './trace-context.ts';

/** A message as it is sent on. */
export interface Carried {
  body: JsonText;
  headers: Record<string, string>;
}

export interface Carriage extends Carried {
  message: Asking;
  /** Of the caller: `traceparent`, `tracestate` and `baggage` are looked for here, not in what travels so far. */
  from: IncomingHttpHeaders;
  /** Of the span that sends it; null where there is none, and the caller's own context stays. */
  traceparent: string | null;
  /** Whether `baggage`, which may hold anything, goes on. */
  baggage: 'drop' | 'pass';
}

/**
 * Puts the context of a trace into the headers of a message and, where its sender had it there, into `params._meta`
 * (SEP-414). A `_meta` without it is left alone: then every byte goes on as it came. Where something changes, every other
 * byte stays, and none of it is what policy has seen. Baggage that does not go on is left empty in `_meta`, and out of the
 * headers.
 */
export function carryTrace({ body, headers, message, from, traceparent, baggage }: Carriage): Carried {
  // Of the text that is sent, which a message made to be decided is not.
  const { value } = message.document;
  const params = isObject(value) && isObject(value.params) ? value.params : null;
  const meta = params !== null && isObject(params._meta) ? params._meta : null;
  const inMeta = traceContextIn(meta);
  const inHeaders = traceContextIn(from);
  // The conventions for MCP: `_meta` is of this message, a header only of the request that brings it.
  const won = inMeta ?? inHeaders;
  const { traceparent: _1, tracestate: _2, baggage: _3, ...others } = headers;
  const sent: Record<string, string> = others;

  const parent = traceparent ?? (inHeaders && String(from.traceparent));
  const state = (traceparent === null ? inHeaders : won)?.tracestate;
  if (parent !== undefined) {
    sent.traceparent = parent;
    if (state !== undefined) sent.tracestate = state;
  }
  const said = baggage === 'pass' ? readBaggage(from.baggage) : undefined;
  if (said !== undefined) sent.baggage = said;
  if (meta === null || !isObject(value)) return { body, headers: sent };

  const changed = new Map<string, string>();
  if (traceparent !== null && Object.hasOwn(meta, 'traceparent')) {
    changed.set('traceparent', traceparent);
    // State belongs to the trace it came with; of no trace, or of another, it would mislead.
    if (Object.hasOwn(meta, 'tracestate') && meta.tracestate !== won?.tracestate)
      changed.set('tracestate', won?.tracestate ?? '');
  }
  // A server that does not mind the case of letters reads the others too.
  for (const key of Object.keys(meta))
    if (key.toLowerCase() === 'baggage' && (baggage === 'drop' || readBaggage(meta[key]) === undefined))
      changed.set(key, '');
  let text = body;
  for (const [key, to] of changed) text = spliceMember(text, value, ['params', '_meta', key], JSON.stringify(to));
  return { body: text, headers: sent };
}
