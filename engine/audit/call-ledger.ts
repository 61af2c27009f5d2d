import type { DecisionEntry, Digest, Entry, OutcomeEntry } from './entry.ts';
import type { ProblemCode } from './report.ts';

/** Calls remembered for certain; one seen longer ago may be taken for new, so that memory stays bounded. */
const REMEMBERED = 262_144;
/** Allowed calls that may wait for their intent at once; a gateway writes both in one step. */
const WAITING = 65_536;

type Complain = (code: ProblemCode, message: string) => void;
type Stage = 'allowed' | 'refused' | 'forwarded' | 'ended';

/** What must hold between the entries of a log, checked as they come by in order. */
export class CallLedger {
  #recent = new Map<string, Stage>();
  #older = new Map<string, Stage>();
  /** Forwarded and not ended; bounded by what was in flight at once. */
  readonly #forwarded = new Set<string>();
  /** Allowed and neither forwarded nor ended. */
  readonly #allowed = new Set<string>();
  readonly #bundles = new Set<Digest>();
  readonly #complain: Complain;
  #last: Entry | undefined;
  /** Outcomes `unknown` that must follow the last `open` at once. */
  #owed = 0;

  constructor(complain: Complain) {
    this.#complain = complain;
  }

  get open(): number {
    return this.#forwarded.size;
  }

  /** Calls that were allowed, and of which nothing more is said. */
  get unsent(): number {
    return this.#allowed.size;
  }

  get sealed(): boolean {
    return this.#last?.kind === 'close';
  }

  add(entry: Entry): void {
    this.#order(entry);
    this.#last = entry;
    if (entry.kind === 'bundle') this.#bundles.add(entry.digest);
    if (entry.kind === 'decision') this.#decision(entry);
    if (entry.kind === 'intent') this.#intent(entry.call);
    if (entry.kind === 'outcome') this.#outcome(entry);
    if (entry.kind === 'close' && this.open > 0) {
      this.#complain('call-order', `The log was closed with ${this.open} calls that have no outcome.`);
    }
    if (entry.kind === 'close' || entry.kind === 'open' || this.unsent > WAITING) this.#settle();
  }

  #order(entry: Entry): void {
    if (this.#last === undefined && entry.kind !== 'open')
      this.#complain('entry-order', 'The first entry is not `open`.');
    if (this.#last !== undefined && entry.time < this.#last.time) {
      this.#complain('entry-time', 'The time goes back.');
    }
    if (this.sealed && entry.kind !== 'open') this.#complain('entry-order', 'A closed log goes on without `open`.');
    if (this.#owed > 0) {
      if (entry.kind !== 'outcome' || entry.status !== 'unknown') {
        this.#complain('call-order', 'After a crash the outcomes of its calls are missing.');
        this.#owed = 0;
      } else this.#owed--;
    }
    if (entry.kind !== 'open') return;
    if (entry.recovered !== this.open) {
      this.#complain('call-order', `Said to recover ${entry.recovered} calls where ${this.open} were under way.`);
    }
    this.#owed = this.open;
  }

  #decision(entry: DecisionEntry): void {
    if (this.#stage(entry.call) !== undefined) this.#complain('call-order', 'A call is decided twice.');
    if (!this.#bundles.has(entry.bundle))
      this.#complain('entry-order', 'The bundle of a decision was never activated.');
    const inconsistent = inconsistency(entry);
    if (inconsistent !== undefined) this.#complain('decision-inconsistent', inconsistent);
    // With an error set the gateway refused what policy allowed.
    const allowed = entry.effect === 'allow' && entry.error === null;
    if (allowed) this.#allowed.add(entry.call);
    this.#remember(entry.call, allowed ? 'allowed' : 'refused');
  }

  #intent(call: string): void {
    const stage = this.#stage(call);
    if (stage !== 'allowed') this.#complain('call-order', `A call is forwarded that is ${stage ?? 'not decided'}.`);
    this.#allowed.delete(call);
    this.#forwarded.add(call);
    this.#remember(call, 'forwarded');
  }

  #outcome(entry: OutcomeEntry): void {
    const { call } = entry;
    const inconsistent = outcomeInconsistency(entry);
    if (inconsistent !== undefined) this.#complain('outcome-inconsistent', inconsistent);
    this.#allowed.delete(call);
    // A call under way is never forgotten, however long it takes.
    if (!this.#forwarded.delete(call)) {
      this.#complain('call-order', `A call ends that is ${this.#stage(call) ?? 'not decided'} and not under way.`);
    }
    this.#remember(call, 'ended');
  }

  /** A decision and its intent are durable together, so no crash comes between them. */
  #settle(): void {
    if (this.unsent > 0) this.#complain('call-order', `Nothing follows on ${this.unsent} calls that were allowed.`);
    this.#allowed.clear();
  }

  #stage(call: string): Stage | undefined {
    return this.#recent.get(call) ?? this.#older.get(call);
  }

  #remember(call: string, stage: Stage): void {
    if (this.#recent.size >= REMEMBERED) {
      this.#older = this.#recent;
      this.#recent = new Map();
    }
    this.#recent.set(call, stage);
  }
}

/** What an outcome says of its frames must fit the chains it commits to, and its status. */
function outcomeInconsistency({ status, frames, withheld, commitments }: OutcomeEntry): string | undefined {
  const { received, sent } = commitments;
  if ((frames === 0) !== (received === null)) return 'The number of frames is not that of what was received.';
  if (sent !== null && received === null) return 'Something was sent and nothing received.';
  if (withheld > 0 && frames === 0) return 'Something was withheld and nothing received.';
  if (frames > 0 && sent === null && withheld < frames) return 'What was neither sent nor withheld is not said.';
  if (status === 'failed' && sent === null) return 'The answer of the server is said to be shown and is not.';
  if (status === 'completed' && frames > 0 && sent === null) return 'The answer is said to be shown and is not.';
  if (status === 'unknown' && frames > 0) return 'Frames are counted of a call that was cut off.';
  return undefined;
}

function inconsistency(entry: DecisionEntry): string | undefined {
  const { effect, verdict, masks, pending } = entry;
  const due = effect === 'allow' && masks.length > 0 ? 'mask-fields' : effect;
  if (verdict !== due) return `The verdict is ${verdict} where effect and masks make it ${due}.`;
  if (pending !== null && effect !== 'require-approval') return 'Approval is awaited that is not required.';
  return undefined;
}
