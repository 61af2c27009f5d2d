import type { IncomingHttpHeaders } from 'node:http';
import { WritError } from '../../engine/errors.ts';
import type { Json } from '../../engine/json/types.ts';
import { decodeMirrored, type Era, mirroredName } from '../mcp/era.ts';
import type { Asking } from '../mcp/message.ts';

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

/**
 * The headers that belong to a message and travel with it; Authorization and cookies never leave the gateway. Sessions
 * are of 2025-11-25, mirrors of 2026-07-28.
 *
 * `Mcp-Param-*` mirror arguments. Which header mirrors which argument is in the tool's schema; here each must at least
 * say something the arguments say, or a server that trusts headers would act on what no policy has seen. Throws
 * WRIT_HEADER_MISMATCH.
 */
export function travellingHeaders(
  headers: IncomingHttpHeaders,
  era: Era,
  { method, params }: Asking,
): Record<string, string> {
  const names = [...ofBoth, ...(era === 'legacy' ? ['mcp-session-id'] : ['mcp-method'])];
  if (era === 'modern' && mirroredName.has(method)) names.push('mcp-name');
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value;
  }
  if (era === 'legacy') return kept;
  let said: Set<Json> | undefined;
  for (const name in headers) {
    const value = headers[name];
    if (!name.startsWith('mcp-param-') || typeof value !== 'string') continue;
    said ??= leaves(params.arguments);
    const mirrored = decodeMirrored(value);
    if (mirrored === undefined || !says(said, mirrored))
      throw new WritError('WRIT_HEADER_MISMATCH', 'An Mcp-Param header says what the arguments do not.');
    kept[name] = value;
  }
  return kept;
}
