import { randomUUID } from 'node:crypto';
import { asWritError } from '../../engine/errors.ts';
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
  const obligations = [...own.decision.obligations, ...again.decision.obligations];
  const rules = [...new Set([...own.decision.rules, ...again.decision.rules])].sort();
  return {
    decision: { ...own.decision, rules, mask_fields, obligations },
    fuel: own.fuel + again.fuel,
    unanswered: [...new Set([...own.unanswered, ...again.unanswered])],
  };
}

/** Asks policy. Never throws: a policy that fails has refused the call, and that is recorded like any decision. */
export function decide(call: Call): Ruling {
  try {
    const evaluation = decideTask(call, call.policy.decide(call.input));
    const verdict = verdictOf(evaluation.decision);
    const pending = verdict === 'require-approval' ? `approval-${randomUUID()}` : null;
    return { kind: 'decided', evaluation, verdict, pending };
  } catch (cause) {
    return { kind: 'failed', error: asWritError(cause, 'WRIT_POLICY_FAILED') };
  }
}
