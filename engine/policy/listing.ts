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

/** The tools of a list that a caller may see. Two of one name cannot be told apart by a call, so neither is shown. */
export function visibleTools(tools: readonly Json[], listed: (name: string) => boolean): Json[] {
  const names = tools.map((tool) => (isObject(tool) && typeof tool.name === 'string' ? tool.name : null));
  return tools.filter((_, index) => {
    const name = names[index] ?? null;
    return name !== null && names.indexOf(name) === names.lastIndexOf(name) && listed(name);
  });
}
