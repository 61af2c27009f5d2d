import { randomUUID } from 'node:crypto';
import { WritError } from '../../engine/errors.ts';
import { isObject, type JsonObject } from '../../engine/json/types.ts';
import { ArgumentNames, namesReadBy } from '../../engine/policy/argument-names.ts';
import { callHash } from '../../engine/policy/call-hash.ts';
import type { Identity, PolicyInput } from '../../engine/policy/types.ts';
import type { Exchange } from '../http/exchange.ts';
import { eraOf, legacyVersion, modernVersion } from '../mcp/era.ts';
import { MemberNames } from '../mcp/member-names.ts';
import type { Asking } from '../mcp/message.ts';
import type { Gateway } from '../types.ts';
import type { Server } from '../upstream/server.ts';
import { travellingHeaders } from './headers.ts';
import type { Call } from './types.ts';

const clientInfoKey = 'io.modelcontextprotocol/clientInfo';
const purposeKey = 'writ/purpose';
/** Parameters by which a message is decided, or refused. */
const parameters = new MemberNames(['_meta', 'name', 'arguments', 'uri', 'task', 'inputResponses', 'requestState']);

function needText(params: JsonObject, name: 'name' | 'uri'): string {
  const value = params[name];
  if (typeof value !== 'string') throw new WritError('WRIT_PARAMS_INVALID', `params.${name} must be a string.`);
  return value;
}

function argumentsOf(params: JsonObject): JsonObject {
  const value = params.arguments === undefined ? {} : params.arguments;
  if (!isObject(value)) throw new WritError('WRIT_PARAMS_INVALID', 'params.arguments must be an object.');
  return value;
}

/** What a message is aimed at, in the words of the policy contract. */
function targetOf(message: Asking): { tool?: string; prompt?: string; uri?: string; arguments?: JsonObject } {
  const { method, params } = message;
  if (parameters.areMisspeltIn(params))
    throw new WritError('WRIT_PARAMS_INVALID', 'A parameter is written in other letters than its own.');
  // All of these are about the answer to another message, and nothing here knows how that was decided.
  if (method.startsWith('tasks/') || 'task' in params || 'inputResponses' in params || 'requestState' in params)
    throw new WritError('WRIT_MESSAGE_UNSUPPORTED', 'Calls answered later or in several rounds are not carried.');
  if (method === 'tools/call') return { tool: needText(params, 'name'), arguments: argumentsOf(params) };
  if (method === 'prompts/get') return { prompt: needText(params, 'name'), arguments: argumentsOf(params) };
  if (method.startsWith('resources/') && params.uri !== undefined) return { uri: needText(params, 'uri') };
  return {};
}

function clientOf(meta: JsonObject | null, version: string, address: string | undefined): PolicyInput['client'] {
  const info = meta?.[clientInfoKey];
  const client = isObject(info) ? info : {};
  return {
    name: typeof client.name === 'string' ? client.name : null,
    version: typeof client.version === 'string' ? client.version : null,
    protocol_version: version,
    address: address ?? null,
  };
}

/** Puts everything policy may know of a message into its input. Throws where the message is not what its method demands. */
export function describe(
  gateway: Gateway,
  server: Server,
  exchange: Exchange,
  caller: Identity,
  message: Asking,
  bytes: Uint8Array,
): Call {
  const era = eraOf(message, exchange.headers);
  const target = targetOf(message);
  const policy = gateway.policy();
  if (target.arguments !== undefined) {
    const declared = target.tool === undefined ? undefined : server.tools.argumentsOf(target.tool);
    const read = namesReadBy(policy.build, server.name);
    ArgumentNames.refuseTwins(target.arguments, declared === undefined ? [read] : [read, declared]);
  }
  const id = randomUUID();
  const meta = isObject(message.params._meta) ? message.params._meta : null;
  const purpose = meta?.[purposeKey];
  const mirrored = target.tool === undefined ? undefined : server.tools.mirrored(target.tool);
  const headers = travellingHeaders(exchange.headers, era, message, mirrored);
  const hash = callHash({
    tenant: caller.tenant,
    subject: caller.id,
    server: server.name,
    method: message.method,
    name: target.tool ?? target.prompt ?? target.uri ?? null,
    arguments: target.arguments ?? null,
  });
  const input: PolicyInput = {
    contract: 1,
    now: gateway.recorder.now(),
    server: { name: server.name, labels: server.labels },
    call: { id, method: message.method, direction: 'to-server', listing: false, ...target, hash },
    tool: target.tool === undefined ? null : server.tools.describe(target.tool),
    identity: caller,
    client: clientOf(meta, era === 'modern' ? modernVersion : legacyVersion, exchange.request.socket.remoteAddress),
    session: { id: headers['mcp-session-id'] ?? null },
    subjects: { restricted: false },
    purpose: typeof purpose === 'string' ? purpose : null,
    approval: null,
    result: null,
    gateway: gateway.about,
  };
  return {
    id,
    server,
    caller,
    message,
    era,
    bytes,
    arguments: target.arguments ?? null,
    headers,
    policy,
    input,
  };
}
