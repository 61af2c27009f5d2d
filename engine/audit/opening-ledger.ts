import { extendChain } from './chain.ts';
import { commit } from './commitment.ts';
import type { Commitment, Entry, Opening, OutcomeEntry } from './entry.ts';
import type { OpeningCounts, ProblemCode } from './report.ts';

/** What the payload store keeps of one call, by name of opening; docs/audit-format.md lists the names. */
export interface PayloadRecord {
  call: string;
  openings: ReadonlyMap<string, Opening> | 'destroyed' | 'unreadable';
}

/** Records that were stored with entries from index `from` on, in the order of the log. */
export interface PayloadPage {
  from: number;
  records: PayloadRecord[];
}

type Complain = (code: ProblemCode, message: string) => void;

/** What is known of a stored value: what it commits to, or that policy said to keep its salt alone. */
type Stored = Commitment | 'withheld';

interface Known {
  destroyed: boolean;
  stored: Map<string, Stored>;
}

/** Calls whose openings are waiting for their entries; beyond these the oldest are dropped and count as absent. */
const WAITING = 65_536;

/** Holds the commitments in a log against the payload store, as both come by in order. */
export class OpeningLedger {
  readonly counts: OpeningCounts = { matched: 0, withheld: 0, destroyed: 0, absent: 0 };
  readonly #calls = new Map<string, Known>();
  readonly #complain: Complain;

  constructor(complain: Complain) {
    this.#complain = complain;
  }

  load({ records }: PayloadPage): void {
    for (const { call, openings } of records) {
      const known = this.#calls.get(call) ?? { destroyed: false, stored: new Map() };
      this.#calls.set(call, known);
      if (openings === 'unreadable') this.#complain('payload-unreadable', 'The payload of a call does not decrypt.');
      if (typeof openings === 'string') known.destroyed = true;
      else
        for (const [name, { salt, value }] of openings)
          known.stored.set(name, value ? commit(salt, value) : 'withheld');
    }
    for (const call of this.#calls.keys()) {
      if (this.#calls.size <= WAITING) break;
      this.#calls.delete(call);
    }
  }

  add(entry: Entry): void {
    if (entry.kind !== 'decision' && entry.kind !== 'intent' && entry.kind !== 'outcome') return;
    const known = this.#calls.get(entry.call);
    for (const [field, commitment] of Object.entries(entry.commitments)) {
      if (commitment !== null) this.#compare(commitment, known && find(entry.kind, field, known.stored), known, field);
    }
    // Of a call that was cut off nobody knows how many frames there were; those that came are stored.
    const counted = entry.kind === 'outcome' && entry.status !== 'unknown';
    if (counted && known !== undefined && !known.destroyed) this.#compareFrames(entry, known);
    const over = entry.kind === 'outcome' || (entry.kind === 'decision' && entry.effect !== 'allow');
    if (over) this.#calls.delete(entry.call);
  }

  /** The store names every frame, also where it keeps no value. */
  #compareFrames({ frames }: OutcomeEntry, { stored }: Known): void {
    let named = 0;
    while (stored.has(`received-${named}`) || stored.has(`withheld-${named}`)) named++;
    if (named > 0 && named !== frames)
      this.#complain('opening-mismatch', `The store has ${named} frames of an answer that is said to have ${frames}.`);
  }

  #compare(commitment: Commitment, stored: Stored | undefined, known: Known | undefined, field: string): void {
    if (stored === commitment) this.counts.matched++;
    else if (known?.destroyed) this.counts.destroyed++;
    else if (stored === undefined) this.counts.absent++;
    else if (stored === 'withheld') this.counts.withheld++;
    else this.#complain('opening-mismatch', `The stored value is not the one committed to as ${field}.`);
  }
}

function find(kind: 'decision' | 'intent' | 'outcome', field: string, stored: Map<string, Stored>): Stored | undefined {
  if (kind === 'decision') return stored.get(field);
  if (kind === 'intent') return stored.get('arguments-sent') ?? stored.get('arguments');
  return chainOf(field, stored);
}

/** Frame n was received as `received-n` or, where it was not shown, `withheld-n`; it was sent as `sent-n`, or as received. */
function chainOf(field: string, stored: Map<string, Stored>): Stored | undefined {
  let chain: Commitment | null = null;
  for (let n = 0; ; n++) {
    const received = stored.get(`received-${n}`);
    const withheld = stored.get(`withheld-${n}`);
    if (received === undefined && withheld === undefined) return chain ?? undefined;
    const frame: Stored | undefined =
      field === 'sent' ? received && (stored.get(`sent-${n}`) ?? received) : (received ?? withheld);
    if (frame === 'withheld') return 'withheld';
    if (frame !== undefined) chain = extendChain(chain, frame);
  }
}
