import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type JsonObject, type NumberTexts } from '../../engine/json/types.ts';
import { withMember } from '../../engine/json/with-member.ts';
import { prospective, type Target, visible } from '../../engine/policy/listing.ts';
import type { Call } from './types.ts';

/** What a list holds, by which name its items are told apart, and which call each of them stands for. */
interface Listing {
  member: string;
  name: string;
  method: string;
  target(name: string): Target;
}

const listings: ReadonlyMap<string, Listing> = new Map([
  ['tools/list', { member: 'tools', name: 'name', method: 'tools/call', target: (tool) => ({ tool }) }],
  ['prompts/list', { member: 'prompts', name: 'name', method: 'prompts/get', target: (prompt) => ({ prompt }) }],
  ['resources/list', { member: 'resources', name: 'uri', method: 'resources/read', target: (uri) => ({ uri }) }],
  [
    'resources/templates/list',
    { member: 'resourceTemplates', name: 'uriTemplate', method: 'resources/read', target: (uri) => ({ uri }) },
  ],
] satisfies [string, Listing][]);

/** A policy activated later must take effect soon: the longest a client may keep what policy decided on, in milliseconds. */
const longestTtlMs = 60_000;

/** Items of one page: each takes a decision, and all of them are made in one turn. */
const mostItems = 1000;

export const isList = (method: string): boolean => listings.has(method);

/**
 * Keeps the items of one page that the caller could use, by the same policy that decides the use. Returns the very result where
 * nothing had to change.
 */
export function filterList(call: Call, list: string, result: Json, numbers: NumberTexts): Json {
  const listing = listings.get(list);
  const items = isObject(result) && listing !== undefined ? result[listing.member] : undefined;
  if (listing === undefined || !isObject(result) || !Array.isArray(items))
    throw new WritError('WRIT_UPSTREAM_INVALID', `Its ${list} result has no ${listing?.member ?? 'items'}.`);
  if (items.length > mostItems)
    throw new WritError('WRIT_UPSTREAM_INVALID', `A page of its ${list} has more than ${mostItems} items.`);
  const { server, policy, input } = call;
  if (list === 'tools/list') server.tools.learn(items, call.caller.tenant);
  const kept = visible(items, listing.name, (name) => {
    const about = list === 'tools/list' ? server.tools.describe(name, call.caller.tenant) : null;
    const asked = prospective(input, listing.method, listing.target(name), about);
    return policy.decide(asked).decision.effect !== 'deny';
  });
  const hidden = kept.length < items.length;
  return forThisCallerAlone(call, hidden ? withMember(result, listing.member, kept, numbers) : result, numbers);
}

/**
 * What one caller may see is nobody else's to cache, even where nothing was hidden from this one; nor for longer than a policy
 * activated meanwhile may wait (2026-07-28, "Caching"). Returns the very result in the legacy era, which caches nothing.
 */
export function forThisCallerAlone(call: Call, result: Json, numbers: NumberTexts): Json {
  if (call.era === 'legacy' || !isObject(result)) return result;
  const ttlMs = typeof result.ttlMs === 'number' ? Math.min(result.ttlMs, longestTtlMs) : 0;
  const own: JsonObject = withMember(result, 'cacheScope', 'private', numbers);
  return withMember(own, 'ttlMs', ttlMs, numbers);
}
