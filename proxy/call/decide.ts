import { randomUUID } from 'node:crypto';
import { asWritError } from '../../engine/errors.ts';
import { verdictOf } from '../../engine/policy/verdict.ts';
import type { Call, Ruling } from './types.ts';

/** Asks policy. Never throws: a policy that fails has refused the call, and that is recorded like any decision. */
export function decide(call: Call): Ruling {
  try {
    const evaluation = call.policy.decide(call.input);
    const verdict = verdictOf(evaluation.decision);
    const pending = verdict === 'require-approval' ? `approval-${randomUUID()}` : null;
    return { kind: 'decided', evaluation, verdict, pending };
  } catch (cause) {
    return { kind: 'failed', error: asWritError(cause, 'WRIT_POLICY_FAILED') };
  }
}
