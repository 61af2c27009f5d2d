import type { IncomingHttpHeaders } from 'node:http';
import { WritError } from '../../engine/errors.ts';
import type { Json, JsonObject } from '../../engine/json/types.ts';
import { decodeMirrored, type Era } from '../mcp/era.ts';

const always = new Set(['mcp-session-id', 'mcp-protocol-version', 'traceparent', 'tracestate']);
const modern = new Set(['mcp-method', 'mcp-name']);

/** Every string, number and boolean within the arguments, as a header would write it. */
function leaves(value: Json | undefined, found = new Set<string>()): Set<string> {
  if (Array.isArray(value)) for (const item of value) leaves(item, found);
  else if (typeof value === 'object' && value !== null) for (const key in value) leaves(value[key], found);
  else if (value !== undefined && value !== null) found.add(String(value));
  return found;
}

/**
 * The headers that belong to a message and travel with it; Authorization and cookies never leave the gateway.
 *
 * `Mcp-Param-*` mirror arguments (2026-07-28). Which header mirrors which argument is in the tool's schema; here each
 * must at least say something the arguments say, or a server that trusts headers would act on what no policy has seen.
 * Throws WRIT_HEADER_MISMATCH.
 */
export function travellingHeaders(
  headers: IncomingHttpHeaders,
  era: Era,
  args: JsonObject | undefined,
): Record<string, string> {
  const kept: Record<string, string> = {};
  let said: Set<string> | undefined;
  for (const name in headers) {
    const value = headers[name];
    if (typeof value !== 'string') continue;
    if (always.has(name) || (era === 'modern' && modern.has(name))) kept[name] = value;
    else if (era === 'modern' && name.startsWith('mcp-param-')) {
      said ??= leaves(args);
      const mirrored = decodeMirrored(value);
      if (mirrored === undefined || !said.has(mirrored))
        throw new WritError('WRIT_HEADER_MISMATCH', 'An Mcp-Param header says what the arguments do not.');
      kept[name] = value;
    }
  }
  return kept;
}
