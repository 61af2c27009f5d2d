import type { Verdict } from '../policy/types.ts';
import type { Entry, OutcomeEntry } from './entry.ts';

/** What can be wrong with a log; docs/audit-format.md has a line for each. */
export type ProblemCode =
  | 'checkpoint-missing'
  | 'checkpoint-malformed'
  | 'checkpoint-signature'
  | 'checkpoint-origin'
  | 'checkpoint-behind'
  | 'checkpoint-fork'
  | 'checkpoint-stale'
  | 'file-missing'
  | 'file-unreadable'
  | 'file-malformed'
  | 'tile-mismatch'
  | 'root-mismatch'
  | 'entry-malformed'
  | 'entry-time'
  | 'entry-order'
  | 'key-order'
  | 'call-order'
  | 'decision-inconsistent'
  | 'outcome-inconsistent'
  | 'bundle-missing'
  | 'bundle-mismatch'
  | 'payload-unreadable'
  | 'opening-mismatch';

export interface Problem {
  code: ProblemCode;
  /** A file below the log's directory, or `entry <index>`. */
  at: string;
  message: string;
}

/** What verification found. `ok` says that nothing in `problems` was found, and that all of the checkpoint was checked. */
export interface AuditReport {
  ok: boolean;
  /** The log's name, size in entries and root (base64), as its checkpoint has them; null where that cannot be trusted. */
  origin: string | null;
  size: number | null;
  root: string | null;
  /** Time of the first and last entry. */
  first: string | null;
  last: string | null;
  entries: Record<Entry['kind'], number>;
  verdicts: Record<Verdict, number>;
  outcomes: Record<OutcomeEntry['status'], number>;
  /** Calls with an intent and no outcome yet: in a log that is not sealed, calls under way or cut off by a crash. */
  open: number;
  /** Calls that were allowed and of which nothing more is said, in a log that is not sealed. */
  unsent: number;
  /** Whether the last entry closes the log in order. */
  sealed: boolean;
  /** Archived policy bundles whose bytes match their digest. */
  bundles: number;
  /** Null where the payload store was not at hand. */
  openings: OpeningCounts | null;
  problems: Problem[];
  /** Problems found beyond those listed. */
  more: number;
}

/** Of all commitments in the log, how many are backed by the payload store. */
export interface OpeningCounts {
  /** The value is there and matches. */
  matched: number;
  /** Policy said not to keep the value. */
  withheld: number;
  /** The key of the call was destroyed. */
  destroyed: number;
  /** Nothing is there. */
  absent: number;
}

const LISTED = 100;

export function emptyReport(): AuditReport {
  return {
    ok: false,
    origin: null,
    size: null,
    root: null,
    first: null,
    last: null,
    entries: { open: 0, key: 0, bundle: 0, decision: 0, intent: 0, outcome: 0, refusals: 0, close: 0 },
    verdicts: { allow: 0, 'mask-fields': 0, 'require-approval': 0, deny: 0 },
    outcomes: { completed: 0, failed: 0, refused: 0, aborted: 0, unreachable: 0, unknown: 0 },
    open: 0,
    unsent: 0,
    sealed: false,
    bundles: 0,
    openings: null,
    problems: [],
    more: 0,
  };
}

/** Notes a problem. The list stays short however broken the log is. */
export function addProblem(report: AuditReport, code: ProblemCode, at: string, message: string): void {
  if (report.problems.length < LISTED) report.problems.push({ code, at, message });
  else report.more++;
}
