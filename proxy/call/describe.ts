import { randomUUID } from 'node:crypto';
import { WritError } from '../../engine/errors.ts';
import { isObject, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { ArgumentNames, namesReadBy } from '../../engine/policy/argument-names.ts';
import { callHash } from '../../engine/policy/call-hash.ts';
import type { Identity, PolicyInput } from '../../engine/policy/types.ts';
import type { Exchange } from '../exchange.ts';
import { type Era, eraOf, legacyVersionOf, modernVersion } from '../mcp/era.ts';
import type { Asking, Message } from '../mcp/message.ts';
import { tasksExtension } from '../mcp/replies.ts';
import { clientInfo, principalOf, type Session, sessionOf, withoutSession } from '../session/session.ts';
import type { Gateway } from '../types.ts';
import type { Server } from '../upstream/server.ts';
import { endToEnd, travellingHeaders } from './headers.ts';
import { callMemory } from './mask-context.ts';
import { sessionListen, type Verb } from './methods.ts';
import { lastEventId } from './resumption.ts';
import { roundOf } from './rounds.ts';
import { type Place, type Target, targetOf } from './target.ts';
import type { Call } from './types.ts';

const clientInfoKey = 'io.modelcontextprotocol/clientInfo';
const purposeKey = 'writ/purpose';

/** A message and where it came from: what there is before anyone asks policy. */
export interface Arrival {
  server: Server;
  exchange: Exchange;
  caller: Identity;
  message: Asking;
  bytes: Uint8Array;
}

/** The session a message belongs to. 2026-07-28 has none: an id there is nobody's. */
function sessionIn(gateway: Gateway, { server, exchange, caller, message }: Arrival, era: Era): Session {
  const { _meta } = message.params;
  if (era === 'modern') return withoutSession(caller, clientInfo(isObject(_meta) ? _meta[clientInfoKey] : undefined));
  if (message.method === 'initialize') return withoutSession(caller, clientInfo(message.params.clientInfo));
  return sessionOf(gateway.sealer, server.name, caller, exchange.headers);
}

/** Two spellings of an argument that a rule reads or the tool declares are refused before policy sees either. */
function refuseTwins(gateway: Gateway, server: Server, tenant: string, { tool, arguments: given }: Target): void {
  if (given === undefined) return;
  const declared = tool === undefined ? undefined : server.tools.argumentsOf(tool, tenant);
  const read = namesReadBy(gateway.policy().build, server.name);
  ArgumentNames.refuseTwins(given, declared === undefined ? [read] : [read, declared]);
}

/** Puts everything policy may know of a message into its input. Throws where the message is not what its method demands. */
export function describe(gateway: Gateway, arrival: Arrival): Call {
  const { server, exchange, caller, message } = arrival;
  const era = eraOf(message, exchange.headers);
  const session = sessionIn(gateway, arrival, era);
  const { target, place } = targetOf(message, era);
  refuseTwins(gateway, server, caller.tenant, target);
  const meta = isObject(message.params._meta) ? message.params._meta : null;
  const mirrored = target.tool === undefined ? undefined : server.tools.mirrored(target.tool, caller.tenant);
  const headers = travellingHeaders(endToEnd(exchange.headers), era, message, session.upstream, mirrored);
  const last = message.method === sessionListen ? exchange.headers['last-event-id'] : undefined;
  const from = typeof last === 'string' ? lastEventId(gateway, session.key, last) : undefined;
  if (from !== undefined) headers['last-event-id'] = from.id;
  const original = message.method.startsWith('tasks/') ? originalOf(era, server, caller, message) : undefined;
  const about = original?.input.call.tool;
  const call = describeAs(gateway, arrival, {
    era,
    session,
    place,
    headers,
    target: about === undefined ? target : { ...target, tool: about },
    meta,
    ...(original !== undefined && { original }),
    ...(from !== undefined && { resumes: { hidden: from.hidden } }),
  });
  const round = roundOf(gateway, call);
  return round === undefined
    ? call
    : { ...call, round, memory: server.memories.of(call.input.call.hash) ?? call.memory };
}

/** Methods about tasks that 2026-07-28 has no more: without a result of their own in that era, no mask knows them. */
const legacyTasks = new Set(['tasks/result', 'tasks/list']);

/** Only who began a task may ask about it. `tasks/list` is about all of a caller's. */
function originalOf(era: Era, server: Server, caller: Identity, { method, params }: Asking): Call | undefined {
  if (era === 'modern') {
    if (legacyTasks.has(method)) throw new WritError('WRIT_METHOD_UNKNOWN');
    const { _meta } = params;
    const capabilities = isObject(_meta) ? _meta['io.modelcontextprotocol/clientCapabilities'] : undefined;
    const extensions = isObject(capabilities) ? capabilities.extensions : undefined;
    if (!isObject(extensions) || extensions[tasksExtension] === undefined) throw new WritError('WRIT_TASKS_UNDECLARED');
  }
  return method === 'tasks/list' ? undefined : server.tasks.callOf(params.taskId, principalOf(caller));
}

interface Known {
  era: Era;
  session: Session;
  place: Place;
  headers: Record<string, string>;
  target: Target;
  meta: JsonObject | null;
  original?: Call;
  resumes?: { hidden: boolean };
}

/** The call of a message of which it is known what it is aimed at. */
export function describeAs(
  gateway: Gateway,
  { server, exchange, caller, message, bytes }: Arrival,
  { era, session, place, headers, target, meta, original, resumes }: Known,
): Call {
  const id = randomUUID();
  const purpose = meta?.[purposeKey];
  const { upstream, begunWith, client } = session;
  const version = era === 'modern' ? modernVersion : legacyVersionOf(message, exchange.headers, begunWith ?? undefined);
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
    tool: target.tool === undefined ? null : server.tools.describe(target.tool, caller.tenant),
    identity: caller,
    client: { ...client, protocol_version: version, address: exchange.address },
    session: { id: upstream },
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
    session,
    message,
    era,
    bytes,
    arguments: target.arguments ?? null,
    place,
    headers,
    policy: gateway.policy(),
    input,
    memory: original?.memory ?? callMemory(id),
    ...(original !== undefined && { original }),
    ...(resumes !== undefined && { resumes }),
  };
}

/** What a client says by GET and DELETE, as a message: policy knows both by names of the gateway's own. */
export function withoutMessage(method: Verb): { message: Asking; bytes: Uint8Array } {
  const numbers: NumberTexts = new WeakMap();
  return {
    message: { kind: 'notification', method, params: {}, document: { value: { method }, numbers } },
    bytes: Buffer.alloc(0),
  };
}

/** The call of which a client's answer to a request of the server is part; the answer itself is described when it is known to be one. */
export function describeAnswer(
  gateway: Gateway,
  arrival: Omit<Arrival, 'message'> & { message: Message & { kind: 'response' } },
): Call {
  const { server, exchange, caller, message: response } = arrival;
  const { document } = response;
  const message: Asking = { kind: 'notification', method: 'response', params: {}, document };
  const era = eraOf(message, exchange.headers);
  const session = sessionIn(gateway, { ...arrival, message }, era);
  const headers = travellingHeaders(endToEnd(exchange.headers), era, message, session.upstream);
  const known: Known = { era, session, place: 'result', headers, target: {}, meta: null };
  return describeAs(gateway, { server, exchange, caller, message, bytes: arrival.bytes }, known);
}
