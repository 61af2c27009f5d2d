import { randomUUID } from 'node:crypto';
import { asWritError } from '../../engine/errors.ts';
import { prospective } from '../../engine/policy/listing.ts';
import type { Evaluation } from '../../engine/policy/types.ts';
import { verdictOf } from '../../engine/policy/verdict.ts';
import type { Call, Ruling } from './types.ts';

/**
 * What is asked of a task is asked of the call that began it, by the policy in force now: where that would not be allowed any
 * more, neither is this, and what it hides is hidden here.
 */
function decideTask({ policy, input, id, original }: Call, own: Evaluation): Evaluation {
  if (original === undefined || own.decision.effect !== 'allow') return own;
  const again = policy.decide({ ...original.input, now: input.now, call: { ...original.input.call, id } });
  if (again.decision.effect !== 'allow') return again;
  const mask_fields = [...own.decision.mask_fields, ...again.decision.mask_fields];
  const withhold = [...(own.decision.withhold ?? []), ...(again.decision.withhold ?? [])];
  const obligations = [...own.decision.obligations, ...again.decision.obligations];
  const rules = [...new Set([...own.decision.rules, ...again.decision.rules])].sort();
  return {
    decision: { ...own.decision, rules, mask_fields, withhold, obligations },
    fuel: own.fuel + again.fuel,
    unanswered: [...new Set([...own.unanswered, ...again.unanswered])],
  };
}

/**
 * What is wrong with the arguments of a call, by its tool's own schema. Only who could see the tool learns of its schema; to
 * others the refusal is that of any tool they may not call.
 */
function wrongArguments({ message, server, caller, policy, input }: Call): Ruling | undefined {
  const { tool, arguments: given } = input.call;
  if (message.method !== 'tools/call' || tool === undefined || given === undefined) return undefined;
  try {
    server.tools.refuseInvalid(tool, given, caller.tenant);
    return undefined;
  } catch (cause) {
    const evaluation = policy.decide(prospective(input, message.method, { tool }));
    if (evaluation.decision.effect === 'deny') return { kind: 'decided', evaluation, verdict: 'deny', pending: null };
    return { kind: 'failed', error: asWritError(cause, 'WRIT_ARGUMENTS_INVALID') };
  }
}

/** Asks policy, of arguments that fit their tool. Never throws: a policy that fails has refused the call, and that is recorded like any decision. */
export function decide(call: Call): Ruling {
  try {
    const wrong = wrongArguments(call);
    if (wrong !== undefined) return wrong;
    const evaluation = decideTask(call, call.policy.decide(call.input));
    const verdict = verdictOf(evaluation.decision);
    const pending = verdict === 'require-approval' ? `approval-${randomUUID()}` : null;
    return { kind: 'decided', evaluation, verdict, pending };
  } catch (cause) {
    return { kind: 'failed', error: asWritError(cause, 'WRIT_POLICY_FAILED') };
  }
}

export const allows = (ruling: Ruling): boolean =>
  ruling.kind === 'decided' && ruling.evaluation.decision.effect === 'allow';
