import type { Json, JsonObject } from '../../engine/json/types.ts';
import { modernVersion, versionKey } from '../mcp/era.ts';
import type { Upstream } from '../upstream/types.ts';
import { type Asker, type AskLimits, ask, askLimits, askTools, RpcError } from './ask-tools.ts';

const caller = 'gateway';
/** The last version with sessions, which an older server answers with its own. */
const legacyVersion = '2025-11-25';
const none: JsonObject = {};

/**
 * Asks a server of either era for all its tools, on a connection of the gateway's own: first as 2026-07-28 has it, and
 * where the server does not know that, in a session of 2025-11-25, which is ended again. Throws as `askTools`.
 */
export async function listServerTools(
  upstream: Upstream,
  version: string,
  limits: AskLimits = askLimits,
  aborted?: AbortSignal,
): Promise<Json[]> {
  const clientInfo = { name: 'writ', version };
  try {
    return await askTools(upstream, modern(clientInfo), limits, aborted);
  } catch (cause) {
    if (aborted?.aborted || !speaksLegacy(cause)) throw cause;
  }
  return inSession(upstream, clientInfo, limits, aborted);
}

function modern(clientInfo: JsonObject): Asker {
  return {
    caller,
    headers: { 'mcp-protocol-version': modernVersion, 'mcp-method': 'tools/list' },
    meta: {
      [versionKey]: modernVersion,
      'io.modelcontextprotocol/clientInfo': clientInfo,
      'io.modelcontextprotocol/clientCapabilities': none,
    },
  };
}

/** 2026-07-28, "Backward Compatibility": an error that is not of that version, or none at all, is an older server's. */
function speaksLegacy(cause: unknown): boolean {
  if (!(cause instanceof Error) || !('code' in cause) || cause.code !== 'WRIT_UPSTREAM_INVALID') return false;
  return !(cause instanceof RpcError) || cause.rpc !== -32021;
}

async function inSession(
  upstream: Upstream,
  clientInfo: JsonObject,
  limits: AskLimits,
  aborted: AbortSignal | undefined,
): Promise<Json[]> {
  const opening = { protocolVersion: legacyVersion, capabilities: none, clientInfo };
  const asked = await ask(
    upstream,
    { headers: {}, caller },
    'initialize',
    opening,
    { bytes: limits.bytes },
    limits,
    aborted,
  );
  const session = asked.headers['mcp-session-id'];
  const { protocolVersion } = asked.result;
  const headers: Record<string, string> = {
    // Of the versions of this transport it may have chosen an older one; its list is the same.
    'mcp-protocol-version':
      typeof protocolVersion === 'string' && /^[\d-]+$/.test(protocolVersion) ? protocolVersion : legacyVersion,
    ...(typeof session === 'string' && /^[!-~]+$/.test(session) && { 'mcp-session-id': session }),
  };
  try {
    const told = upstream.post('{"jsonrpc":"2.0","method":"notifications/initialized"}', headers, caller);
    await told.answer;
    told.abort();
    return await askTools(upstream, { headers, caller }, limits, aborted);
  } finally {
    if (headers['mcp-session-id'] !== undefined) await upstream.end(headers, caller).answer.catch(() => {});
  }
}
