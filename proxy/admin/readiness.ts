import type { OpenedRecorder } from '../recorder/types.ts';

/** What readiness is judged by. */
export interface Vitals {
  recorder: Pick<OpenedRecorder, 'writable' | 'unsignedSeconds'>;
  /** Seconds; `audit.max_unsigned_age`. */
  maxUnsignedAge: number;
  /** Throws where no policy is in force. */
  policy: () => unknown;
  /** Whether the gateway has begun to stop. */
  draining: () => boolean;
}

/** Each by name, true where it is as it must be. No value of the configuration, and no cause, is in it. */
export interface Readiness {
  policy: boolean;
  audit_writable: boolean;
  audit_signed: boolean;
  serving: boolean;
}

/** Whether calls may pass: while one of these is false they are refused. */
export function readiness({ recorder, maxUnsignedAge, policy, draining }: Vitals): Readiness {
  return {
    policy: holds(() => policy() !== undefined),
    audit_writable: holds(() => recorder.writable),
    audit_signed: holds(() => recorder.unsignedSeconds <= maxUnsignedAge),
    serving: holds(() => !draining()),
  };
}

/** What cannot be told is not as it must be. */
function holds(check: () => boolean): boolean {
  try {
    return check();
  } catch {
    return false;
  }
}
