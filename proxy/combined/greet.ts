import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject } from '../../engine/json/types.ts';
import type { Received } from '../call/receive.ts';
import { legacyVersions, modernVersion, supportedVersions } from '../mcp/era.ts';
import type { Asking } from '../mcp/message.ts';
import { clientInfo, sessionOf } from '../session/session.ts';
import type { Gateway } from '../types.ts';
import { type Answered, answered, askAll, codeOf, failAll, type Outcome, policyRefusal } from './ask-all.ts';
import type { Context } from './context.ts';
import { withParams } from './for-server.ts';
import { type Membership, sealSession } from './sealed.ts';

type Request = Received & { message: Asking & { kind: 'request' } };

const serverInfoKey = 'io.modelcontextprotocol/serverInfo';
/** Characters of the servers' own session ids together: the id that holds them has to fit into a header. */
const mostIds = 6_000;

/** What a capability may say of itself. Others, tasks and extensions among them, mean messages that are not carried here. */
const capabilities = {
  tools: ['listChanged'],
  prompts: ['listChanged'],
  resources: ['listChanged', 'subscribe'],
  logging: [],
  completions: [],
} as const;

/** What at least one server can do. */
function merged(given: readonly Answered[]): JsonObject {
  const all: JsonObject = {};
  for (const [name, flags] of Object.entries(capabilities)) {
    const own = given.flatMap(({ result }) => {
      const said = isObject(result.capabilities) ? result.capabilities[name] : undefined;
      return isObject(said) ? [said] : [];
    });
    if (own.length === 0) continue;
    const set = flags.filter((flag) => own.some((said) => said[flag] === true));
    all[name] = Object.fromEntries(set.map((flag) => [flag, true]));
  }
  return all;
}

/** Each server's words below its name, each line marked: none can speak in the name of another. */
function instructions(given: readonly Answered[]): JsonObject {
  const parts = given.flatMap(({ server: { name }, result }) => {
    if (typeof result.instructions !== 'string' || result.instructions.trim() === '') return [];
    const lines = result.instructions.split(/[\r\n\v\f\u0085\u2028\u2029]+/);
    return [`Server ${name}, whose names begin with ${name}__, says:\n${lines.map((line) => `> ${line}`).join('\n')}`];
  });
  return parts.length === 0 ? {} : { instructions: parts.join('\n\n') };
}

/** Receipts of the servers that were asked. */
function meta(given: readonly Answered[]): JsonObject {
  const receipts = given.flatMap(({ receipt }) => (receipt === undefined ? [] : [receipt]));
  return receipts.length === 0 ? {} : { 'writ/receipts': receipts };
}

const serverInfo = ({ about: { name } }: Gateway): JsonObject => ({ name, version: '1' });

/** Of those without a result, the operator hears by code; what policy refused is on record. */
function report({ gateway }: Context, outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    const code = codeOf(outcome);
    if (code === undefined || code === policyRefusal) continue;
    const error = new WritError('WRIT_UPSTREAM_INVALID', `${outcome.server.name} is left out: it answered ${code}.`);
    gateway.failed(error, outcome.part?.receipt?.call ?? null);
  }
}

/** The servers that a session is with, and what they agreed to. */
function members({ gateway, caller }: Context, given: readonly Answered[]) {
  const servers = new Map<string, Membership>();
  let length = 0;
  for (const { server, result, headers } of given) {
    const { upstream } = sessionOf(gateway.sealer, server.name, caller, headers);
    length += (upstream ?? '').length + server.name.length;
    if (length <= mostIds) servers.set(server.name, { upstream, version: String(result.protocolVersion) });
    else
      gateway.failed(new WritError('WRIT_UPSTREAM_INVALID', `${server.name} is left out: too many session ids.`), null);
  }
  return servers;
}

function answer(context: Context, id: Json, result: JsonObject, headers: Record<string, string> = {}): void {
  context.whole.answer(200, JSON.stringify({ jsonrpc: '2.0', id, result }), headers);
}

/** 2025-11-25 and before: begins a session with every server that will have one. */
export async function carryInitialize(context: Context, received: Request): Promise<void> {
  const { gateway, caller, servers } = context;
  const { id, params } = received.message;
  const asked = withParams(received, params);
  const outcomes = await askAll(context, new Map([...servers.values()].map((server) => [server, asked])), false);
  report(context, outcomes);
  const all = answered(outcomes);
  const joined = members(context, all);
  const given = all.filter(({ server }) => joined.has(server.name));
  if (given.length === 0) return failAll(context, outcomes);
  const agreed = [...joined.values()].map(({ version }) => version);
  const protocolVersion = legacyVersions.findLast((version) => agreed.includes(version)) ?? '';
  const session = { servers: joined, begunWith: String(params.protocolVersion), client: clientInfo(params.clientInfo) };
  const own = { protocolVersion, capabilities: merged(given), serverInfo: serverInfo(gateway) };
  const result = { ...own, ...instructions(given), _meta: meta(given) };
  answer(context, id, result, { 'mcp-session-id': sealSession(gateway.sealer, caller, session) });
}

/** 2026-07-28: what the servers that speak it can do. */
export async function carryDiscover(context: Context, received: Request): Promise<void> {
  const { gateway, servers } = context;
  const { id, params } = received.message;
  const asked = withParams(received, params);
  const outcomes = await askAll(context, new Map([...servers.values()].map((server) => [server, asked])), false);
  const given = answered(outcomes);
  if (given.length === 0) return failAll(context, outcomes);
  const said = given.map(({ result }) => (Array.isArray(result.supportedVersions) ? result.supportedVersions : []));
  const common = supportedVersions.filter((version) => said.every((versions) => versions.includes(version)));
  const ttls = given.map(({ result: { ttlMs } }) => (typeof ttlMs === 'number' ? Math.min(ttlMs, 60_000) : 0));
  answer(context, id, {
    resultType: 'complete',
    supportedVersions: common.length > 0 ? common : [modernVersion],
    capabilities: merged(given),
    ...instructions(given),
    cacheScope: 'private',
    ttlMs: given.length === outcomes.length ? Math.min(...ttls) : 0,
    _meta: { ...meta(given), [serverInfoKey]: serverInfo(gateway) },
  });
}
