import type { IncomingHttpHeaders } from 'node:http';
import type { JsonObject } from '../../engine/json/types.ts';

/** A W3C trace context that was found well formed. */
export interface TraceContext {
  traceId: string;
  spanId: string;
  sampled: boolean;
  /** As it came, or undefined where there is none that is well formed. */
  tracestate: string | undefined;
}

/** Longest of each that is read; the recommendations ask for 512 and 8192. A later version's traceparent may be longer. */
const longest = { traceparent: 128, tracestate: 512, baggage: 8192 };

const traceparentForm = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-[!-~]*)?$/;

/** W3C Trace Context, 3.2.2. A list of two, as a repeated header becomes, is none. */
function readTraceparent(text: unknown): Omit<TraceContext, 'tracestate'> | undefined {
  if (typeof text !== 'string' || text.length > longest.traceparent) return undefined;
  const [, version = 'ff', traceId = '', spanId = '', flags = '', more] = traceparentForm.exec(text) ?? [];
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (/^0+$/.test(traceId) || /^0+$/.test(spanId)) return undefined;
  return { traceId, spanId, sampled: (Number.parseInt(flags, 16) & 1) === 1 };
}

/** W3C Trace Context, 3.3.1: keys of one vendor or of a tenant at one. */
const stateMember =
  /^([a-z][a-z0-9_\-*/]{0,255}|[a-z0-9][a-z0-9_\-*/]{0,240}@[a-z][a-z0-9_\-*/]{0,13})=([ -~]{1,256})$/;
const mostStateMembers = 32;

function readTracestate(text: unknown): string | undefined {
  if (typeof text !== 'string' || text === '' || text.length > longest.tracestate) return undefined;
  const members = text.split(',').map((member) => member.replace(/^[ \t]+|[ \t]+$/g, ''));
  const seen = new Set<string>();
  for (const member of members) {
    if (member === '') continue;
    const [, key = '', value = ''] = stateMember.exec(member) ?? [];
    if (key === '' || value.includes('=') || seen.has(key)) return undefined;
    seen.add(key);
  }
  return seen.size > 0 && members.length <= mostStateMembers ? text : undefined;
}

/** W3C Baggage, 3.3: a token, a value, and properties. */
const baggageMember = /^[ \t]*[!#$%&'*+\-.^_`|~0-9A-Za-z]+[ \t]*=[ \t]*[!#-+\--:<-[\]-~]*[ \t]*(;[ \t!#-+\--[\]-~]*)?$/;
const mostBaggageMembers = 64;

/** Baggage as it came, where it is well formed. */
export function readBaggage(text: unknown): string | undefined {
  if (typeof text !== 'string' || text === '' || text.length > longest.baggage) return undefined;
  const members = text.split(',');
  return members.length <= mostBaggageMembers && members.every((member) => baggageMember.test(member))
    ? text
    : undefined;
}

/** Undefined where there is none, or none that is well formed: a trace then begins here. */
export function traceContextIn(carrier: IncomingHttpHeaders | JsonObject | null): TraceContext | undefined {
  const parent = readTraceparent(carrier?.traceparent);
  return parent && { ...parent, tracestate: readTracestate(carrier?.tracestate) };
}
