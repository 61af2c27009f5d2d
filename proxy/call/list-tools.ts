import { WritError } from '../../engine/errors.ts';
import { isObject, type Json, type NumberTexts } from '../../engine/json/types.ts';
import { withMember } from '../../engine/json/with-member.ts';
import { prospective, visibleTools } from '../../engine/policy/listing.ts';
import type { Call } from './types.ts';

/** A policy activated later must take effect soon: the longest a client may keep a list, in milliseconds. */
const longestTtlMs = 60_000;

/** Tools of one page: each takes a decision, and all of them are made in one turn. */
const mostTools = 1000;

/**
 * Keeps the tools the caller could call, by the same policy that decides the calls. Returns the very result where
 * nothing had to change.
 */
export function filterTools(call: Call, result: Json, numbers: NumberTexts): Json {
  if (!isObject(result) || !Array.isArray(result.tools))
    throw new WritError('WRIT_UPSTREAM_INVALID', 'Its tools/list result has no tools.');
  if (result.tools.length > mostTools)
    throw new WritError('WRIT_UPSTREAM_INVALID', `A page of its tools/list has more than ${mostTools} tools.`);
  const { server, policy, input } = call;
  server.tools.learn(result.tools);
  const tools = visibleTools(result.tools, (tool) => {
    const asked = prospective(input, 'tools/call', { tool }, server.tools.describe(tool));
    return policy.decide(asked).decision.effect !== 'deny';
  });
  const hidden = tools.length < result.tools.length;
  const kept = hidden ? withMember(result, 'tools', tools, numbers) : result;
  if (call.era === 'legacy') return kept;
  // What one caller may see is nobody else's to cache, even where nothing was hidden from this one.
  const ttlMs = typeof result.ttlMs === 'number' ? Math.min(result.ttlMs, longestTtlMs) : 0;
  return withMember(withMember(kept, 'cacheScope', 'private', numbers), 'ttlMs', ttlMs, numbers);
}
