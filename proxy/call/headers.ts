import type { IncomingHttpHeaders } from 'node:http';
import { WritError } from '../../engine/errors.ts';
import { isObject, type Json } from '../../engine/json/types.ts';
import { decodeMirrored, type Era, encodeMirrored, mirroredName } from '../mcp/era.ts';
import type { Asking } from '../mcp/message.ts';
import type { MirroredArguments } from '../upstream/tools.ts';

const ofBoth = ['mcp-protocol-version', 'traceparent', 'tracestate'];

/** Every string, number and boolean within the arguments. */
function leaves(value: Json | undefined, found = new Set<Json>()): Set<Json> {
  if (Array.isArray(value)) for (const item of value) leaves(item, found);
  else if (typeof value === 'object' && value !== null) for (const key in value) leaves(value[key], found);
  else if (value !== undefined && value !== null) found.add(value);
  return found;
}

/** Numbers are compared as numbers: `42.0` mirrors 42. */
function says(said: ReadonlySet<Json>, mirrored: string): boolean {
  if (said.has(mirrored) || (mirrored.trim() !== '' && said.has(Number(mirrored)))) return true;
  return (mirrored === 'true' && said.has(true)) || (mirrored === 'false' && said.has(false));
}

/** RFC 9110, 7.6.1: what Connection names is meant for this gateway and goes no further. Returns the very headers mostly. */
export function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { connection = '' } = headers;
  if (/^(keep-alive|close|)$/i.test(connection)) return headers;
  const named = new Set(connection.toLowerCase().split(/[\s,]+/));
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !named.has(name)));
}

/** What the arguments hold at a place; undefined where there is nothing. */
function at(value: Json | undefined, place: readonly string[]): Json | undefined {
  let found = value;
  for (const name of place) found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
  return found;
}

/**
 * The headers of a message whose arguments were masked: `Mcp-Param-*` repeat what they say now, and go where it says nothing any
 * more. Throws WRIT_MASK_FAILED where nobody knows what one repeats.
 */
export function mirroringAnew(
  headers: Record<string, string>,
  masked: Json,
  mirrors: MirroredArguments | undefined,
): Record<string, string> {
  const anew = { ...headers };
  for (const name of Object.keys(headers)) {
    if (!name.startsWith('mcp-param-')) continue;
    const place = mirrors?.get(name);
    if (place === undefined)
      throw new WritError('WRIT_MASK_FAILED', 'A masked argument may be repeated in an Mcp-Param header.');
    const value = at(masked, place);
    if (value === undefined || value === null || typeof value === 'object') delete anew[name];
    else anew[name] = encodeMirrored(String(value));
  }
  return anew;
}

/**
 * The headers that belong to a message and travel with it, and the server's own id of its session; Authorization and cookies
 * never leave the gateway. Sessions are of the legacy era, mirrors of 2026-07-28.
 *
 * `Mcp-Param-*` repeat arguments, or a server that trusts headers would act on what no policy has seen: where the tool's
 * schema is known, what it says a header repeats; any other header at least something the arguments say. Throws
 * WRIT_HEADER_MISMATCH.
 */
export function travellingHeaders(
  headers: IncomingHttpHeaders,
  era: Era,
  { method, params }: Asking,
  session: string | null,
  mirrors?: MirroredArguments,
): Record<string, string> {
  const names = [...ofBoth, ...(era === 'legacy' ? [] : ['mcp-method'])];
  if (era === 'modern' && mirroredName.has(method)) names.push('mcp-name');
  const kept: Record<string, string> = session === null ? {} : { 'mcp-session-id': session };
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  if (era === 'legacy') return kept;
  let all: Set<Json> | undefined;
  const anything = () => {
    all ??= leaves(params.arguments);
    return all;
  };
  for (const name in headers) {
    const value = headers[name];
    if (!name.startsWith('mcp-param-') || typeof value !== 'string') continue;
    const place = mirrors?.get(name);
    const said = place === undefined ? anything() : leaves(at(params.arguments, place));
    const mirrored = decodeMirrored(value);
    if (mirrored === undefined || !says(said, mirrored))
      throw new WritError('WRIT_HEADER_MISMATCH', 'An Mcp-Param header says what the arguments do not.');
    kept[name] = value;
  }
  return kept;
}
