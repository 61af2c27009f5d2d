import { asWritError } from '../../engine/errors.ts';
import { isObject, type JsonObject } from '../../engine/json/types.ts';
import { modernVersion, versionKey } from '../mcp/era.ts';
import type { Asking } from '../mcp/message.ts';
import { principalOf } from '../session/session.ts';
import { holdsToken } from '../tokens/find.ts';
import { askLimits, askTools } from '../tools/ask-tools.ts';
import type { Gateway } from '../types.ts';
import { decide } from './decide.ts';
import { type Arrival, describe } from './describe.ts';
import { Part } from './part.ts';
import { prepare } from './prepare.ts';
import { recordDecision } from './record.ts';

/** How long a call waits to learn what its tool declares. A server that is slower is called as one that says nothing of it. */
const longestMs = 5_000;

/** Members of `_meta` that every request of 2026-07-28 has. */
const ofRequests = [
  versionKey,
  'io.modelcontextprotocol/clientCapabilities',
  'io.modelcontextprotocol/clientInfo',
] as const;

/** What a call would be as a tools/list of its caller. */
function listing({ server, exchange, caller, message }: Arrival): Arrival {
  const { _meta } = message.params;
  const meta: JsonObject = {};
  for (const name of ofRequests) {
    const said = isObject(_meta) ? _meta[name] : undefined;
    // The call itself is refused for a token that stands there; this one goes out before.
    if (said !== undefined && !holdsToken(said)) meta[name] = said;
  }
  const modern = meta[versionKey] === modernVersion;
  const params: JsonObject = modern ? { _meta: meta } : {};
  const headers = { ...exchange.headers };
  for (const name of Object.keys(headers)) if (/^mcp-(method|name|param-.*)$/.test(name)) delete headers[name];
  if (modern) headers['mcp-method'] = 'tools/list';
  const silent = { answer() {}, stream() {}, send() {}, pass() {} };
  const bytes = new Uint8Array();
  const value = { jsonrpc: '2.0', id: 0, method: 'tools/list', params };
  const asked: Asking = {
    kind: 'request',
    id: 0,
    method: 'tools/list',
    params,
    document: { value, numbers: new WeakMap() },
  };
  return { server, exchange: new Part(exchange, bytes, silent, headers), caller, message: asked, bytes };
}

/**
 * Has the server list its tools where a call names one that it was not seen to declare: without the declaration policy could not
 * tell a changed tool, nor anyone what arguments it takes. A call of the gateway's own, for this caller and on record as
 * such; what cannot be learned leaves the tool as unknown as it was. Throws where the message is not what its version demands.
 */
export async function learnTool(gateway: Gateway, arrival: Arrival): Promise<void> {
  const { server, caller, message } = arrival;
  const { name } = message.params;
  if (message.method !== 'tools/call' || typeof name !== 'string' || !server.tools.missing(name, caller.tenant)) return;
  const call = describe(gateway, listing(arrival));
  await server.listings.once(call.session.key, async () => {
    const ruling = decide(call);
    const next = await prepare(gateway, call, ruling);
    const { record } = await recordDecision(gateway.recorder, call, ruling, next);
    if (next.kind !== 'forward') return false;
    try {
      const { _meta: meta } = call.message.params;
      const asker = { headers: next.headers, caller: principalOf(caller), ...(isObject(meta) && { meta }) };
      const asked = askTools(server.upstream, asker, askLimits, AbortSignal.timeout(longestMs));
      server.tools.learn(await asked, caller.tenant);
      await record.completed();
      return true;
    } catch (cause) {
      await record.ended(asWritError(cause, 'WRIT_INTERNAL'), false);
      return false;
    }
  });
}
