import { canonicalBytes } from '../../engine/json/canonical.ts';
import type { Identity } from '../../engine/policy/types.ts';
import type { Recorder } from '../recorder/types.ts';

/** What the log calls a caller, and the canonical form of its claims: the same for every call with one token. */
interface Known {
  subject: string | null;
  claims: Buffer;
}
const knownCallers = new WeakMap<Identity, Known>();

export function knownCaller(recorder: Recorder, caller: Identity): Known {
  let known = knownCallers.get(caller);
  if (known === undefined) {
    const subject = caller.kind === 'anonymous' ? null : recorder.hmac(caller.tenant, 'subject', caller.id);
    known = { subject, claims: Buffer.from(canonicalBytes(caller.claims)) };
    knownCallers.set(caller, known);
  }
  return known;
}
