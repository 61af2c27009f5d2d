import { isObject, type Json } from '../json/types.ts';
import type { PolicyInput } from './types.ts';

/** What a method is about, by the name the policy contract gives it. */
export type Target = Pick<PolicyInput['call'], 'tool' | 'prompt' | 'uri'>;

/**
 * The prospective call that decides whether something is listed: the same caller and method, and nothing that only a
 * call has. A policy that sees no arguments here cannot hide what it would let through, nor list what no call may do.
 */
export function prospective(
  input: PolicyInput,
  method: string,
  target: Target,
  tool: PolicyInput['tool'] = input.tool,
): PolicyInput {
  const { id, direction } = input.call;
  return { ...input, call: { id, direction, method, listing: true, ...target }, tool, approval: null, result: null };
}

/**
 * The items of a list that a caller may see. `key` is the member by which they are told apart and asked for: `name` of tools
 * and prompts, `uri` of resources, `uriTemplate` of their templates; what has none is not shown. Two tools or prompts of
 * one name cannot be told apart by a call, so neither is shown. Two resources of one URI are one under two descriptions, so
 * both are.
 */
export function visible(items: readonly Json[], key: string, listed: (value: string) => boolean): Json[] {
  const keys = items.map((item) => (isObject(item) && Object.hasOwn(item, key) ? item[key] : undefined));
  const times = new Map<Json | undefined, number>();
  for (const value of keys) times.set(value, (times.get(value) ?? 0) + 1);
  return items.filter((_, index) => {
    const value = keys[index];
    return typeof value === 'string' && (key !== 'name' || times.get(value) === 1) && listed(value);
  });
}
