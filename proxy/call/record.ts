import { extendChain } from '../../engine/audit/chain.ts';
import { commit } from '../../engine/audit/commitment.ts';
import type { Commitment, DecisionEntry, Entry, IntentEntry, Opening, OutcomeEntry } from '../../engine/audit/entry.ts';
import type { ErrorCode, WritError } from '../../engine/errors.ts';
import { canonicalBytes } from '../../engine/json/canonical.ts';
import type { Json, NumberTexts } from '../../engine/json/types.ts';
import type { AppliedMask } from '../../engine/masking/types.ts';
import { decidingRules, hidingRules } from '../../engine/policy/named-rules.ts';
import type { Decision } from '../../engine/policy/types.ts';
import type { Receipt } from '../mcp/receipt.ts';
import type { Recorder } from '../recorder/types.ts';
import type { Incoming } from './incoming.ts';
import { knownCaller } from './known-caller.ts';
import { loggedMethod } from './methods.ts';
import type { Release } from './released.ts';
import { freshSalt } from './salts.ts';
import type { Call, Next, Ruling } from './types.ts';

/** How much of a call's values the payload store keeps. Commitments are made in any case. */
type Keep = 'full' | 'masked' | 'metadata';
const leastFirst: Keep[] = ['metadata', 'masked', 'full'];

/** Where several rules say how much to keep, the least wins; where none does, what the caller was shown is kept. */
function keepOf(decision: Decision | null): Keep {
  const asked = decision?.obligations.map(({ record }) => record) ?? [];
  return leastFirst.find((keep) => asked.includes(keep)) ?? 'masked';
}

/**
 * The entries of one call after its decision: the outcome, and the frames it commits to. Commitments go to the log,
 * what opens them to the payload store under the call's own key.
 */
export class CallRecord {
  readonly #recorder: Recorder;
  readonly #call: Call;
  readonly #keep: Keep;
  #openings: Record<string, Opening> = {};
  #frames = 0;
  #withheld = 0;
  #received: Commitment | null = null;
  #sent: Commitment | null = null;
  /** Of what came on the way and was judged by policy. */
  readonly #rules = new Set<string>();
  #closed = false;

  constructor(recorder: Recorder, call: Call, keep: Keep) {
    this.#recorder = recorder;
    this.#call = call;
    this.#keep = keep;
  }

  /** Commits to a value; `kept` says whether the store may keep the value or its salt alone. */
  commit(name: string, bytes: Uint8Array, kept: boolean): Commitment {
    const salt = freshSalt();
    this.#openings[name] = kept ? { salt, value: bytes } : { salt };
    return commit(salt, bytes);
  }

  commitJson(name: string, value: Json, numbers?: NumberTexts, kept = this.#keep !== 'metadata'): Commitment {
    const lent = canonicalBytes(value, numbers);
    return this.commit(name, kept ? Buffer.from(lent) : lent, kept);
  }

  /** Commits to other arguments than were asked. Where tokens were turned back they say more than the caller ever saw. */
  commitSent(args: Json): Commitment {
    const more = this.#call.turnedBack !== undefined || this.#call.hidden === true;
    const kept = this.#keep === 'full' || (this.#keep === 'masked' && !more);
    return this.commitJson('arguments-sent', args, undefined, kept);
  }

  /** Appends entries with the openings gathered since the last append. */
  append(entries: Entry[]): Promise<number> {
    const openings = this.#openings;
    this.#openings = {};
    return this.#recorder.append(entries, { call: this.#call.id, tenant: this.#call.caller.tenant, openings });
  }

  /** One message came back. Resolves when it is on record; the answer to the request ends the call. */
  async back(incoming: Incoming, released: Release): Promise<void> {
    if (this.#closed) return;
    this.#frame(incoming, released);
    // Withheld ones too: what opens them would gather in memory for as long as a server goes on.
    if (!incoming.final) {
      for (const rule of released.rules) if (this.#rules.size < 64) this.#rules.add(rule);
      await this.append([]);
      return;
    }
    const status = statusOf(incoming, released);
    await this.#outcome(
      status,
      null,
      [...this.#rules, ...released.rules],
      released.kind === 'shown' ? released.applied : [],
    );
  }

  /** The server took a message that has no answer. */
  completed(): Promise<void> {
    return this.#outcome('completed', null, [...this.#rules], []);
  }

  /** The call ended without an answer to show. Does nothing where its outcome is on record already. */
  async ended(error: WritError, clientGone: boolean): Promise<void> {
    if (this.#closed) return;
    const unreachable = error.code === 'WRIT_UPSTREAM_UNREACHABLE';
    const status = clientGone ? 'aborted' : unreachable ? 'unreachable' : 'refused';
    await this.#outcome(status, error.code, [], []);
  }

  #frame({ message }: Incoming, released: Release): void {
    const { value, numbers } = message.document;
    const shown = released.kind === 'shown';
    const same = shown && released.value === value;
    const keepReceived = this.#keep === 'full' || (same && this.#keep === 'masked');
    // The name tells a verifier which frames are in the chain of what was sent.
    const name = shown ? 'received' : 'withheld';
    const received = this.commitJson(`${name}-${this.#frames}`, value, numbers, keepReceived);
    this.#received = extendChain(this.#received, received);
    this.#frames++;
    if (!shown) this.#withheld++;
    else {
      const sent = same ? received : this.commitJson(`sent-${this.#frames - 1}`, released.value, released.numbers);
      this.#sent = extendChain(this.#sent, sent);
      this.#withheld += released.withheld;
    }
  }

  async #outcome(
    status: OutcomeEntry['status'],
    error: ErrorCode | null,
    rules: string[],
    masked: AppliedMask[],
  ): Promise<void> {
    this.#closed = true;
    const entry: OutcomeEntry = {
      v: 1,
      kind: 'outcome',
      time: this.#recorder.now(),
      call: this.#call.id,
      status,
      error,
      frames: this.#frames,
      withheld: this.#withheld,
      rules,
      masked: [...masked, ...(this.#call.turnedBack?.applied ?? [])],
      commitments: { received: this.#received, sent: this.#sent },
    };
    await this.append([entry]);
  }
}

function statusOf({ message }: Incoming, released: Release): OutcomeEntry['status'] {
  if (released.kind !== 'shown') return 'refused';
  return message.kind === 'response' && message.error !== undefined ? 'failed' : 'completed';
}

/** Each mask once, however many paths its category has. Decisions are remembered, and so is this of them. */
const maskLists = new WeakMap<Decision, DecisionEntry['masks']>();

function masksOf(decision: Decision | null): DecisionEntry['masks'] {
  const known = decision === null ? [] : maskLists.get(decision);
  if (decision === null || known !== undefined) return known ?? [];
  const list = hidingRules(decision);
  maskLists.set(decision, list);
  return list;
}

/** Whether a client is not shown all that its server says in this message: what policy saw of it is then more than may be kept. */
function hidesWords({ input, hidden, message }: Call, next: Next): boolean {
  if (input.call.direction !== 'to-client') return false;
  return hidden === true || (next.kind === 'forward' && next.document !== message.document);
}

function decisionEntry(recorder: Recorder, record: CallRecord, call: Call, ruling: Ruling, next: Next): DecisionEntry {
  const { caller, input } = call;
  const decided = ruling.kind === 'decided' ? ruling : null;
  const decision = decided?.evaluation.decision ?? null;
  const { tool, method } = input.call;
  const catalogued = tool !== undefined && Object.hasOwn(call.policy.catalogue[call.server.name] ?? {}, tool);
  const known = knownCaller(recorder, caller);
  const keep = keepOf(decision);
  const kept = keep === 'full' || (keep === 'masked' && !hidesWords(call, next));
  return {
    v: 1,
    kind: 'decision',
    time: input.now,
    call: call.id,
    tenant: caller.tenant,
    subject: known.subject,
    identity: caller.kind,
    server: call.server.name,
    direction: input.call.direction,
    method: loggedMethod(method),
    tool: catalogued ? tool : null,
    effect: decision?.effect ?? 'deny',
    verdict: decided?.verdict ?? 'deny',
    rules: decision === null ? [] : decidingRules(decision),
    masks: masksOf(decision),
    obligations: decision?.obligations.map(({ rule }) => rule) ?? [],
    error: ruling.kind === 'failed' ? ruling.error.code : next.kind === 'forward' ? null : (next.error?.code ?? null),
    bundle: call.policy.digest,
    fuel: decided?.evaluation.fuel ?? 0,
    unanswered: decided?.evaluation.unanswered ?? [],
    pending: decided?.pending ?? null,
    commitments: {
      input: record.commitJson('input', input, undefined, kept),
      arguments:
        call.arguments === null
          ? null
          : record.commitJson('arguments', call.arguments, call.message.document.numbers, kept),
      claims: record.commit('claims', known.claims, keep !== 'metadata'),
      reasons:
        decision === null || decision.reasons.length === 0 ? null : record.commitJson('reasons', decision.reasons),
    },
  };
}

function intentEntry(
  record: CallRecord,
  call: Call,
  asked: Commitment | null,
  next: Next & { kind: 'forward' },
): IntentEntry {
  const unchanged = next.arguments === call.arguments;
  const sent = unchanged || next.arguments === null ? asked : record.commitSent(next.arguments);
  return { v: 1, kind: 'intent', time: call.input.now, call: call.id, commitments: { arguments: sent } };
}

/**
 * Puts the decision on disk, and the intent with it where the message is sent on at once. Resolves to the receipt for it, and
 * to what records the rest. Rejects with WRIT_AUDIT_*.
 */
export async function recordDecision(
  recorder: Recorder,
  call: Call,
  ruling: Ruling,
  next: Next,
): Promise<{ record: CallRecord; receipt: Receipt }> {
  const decision = ruling.kind === 'decided' ? ruling.evaluation.decision : null;
  const record = new CallRecord(recorder, call, keepOf(decision));
  const decided = decisionEntry(recorder, record, call, ruling, next);
  const entries: Entry[] = [decided];
  if (next.kind === 'forward') entries.push(intentEntry(record, call, decided.commitments.arguments, next));
  const index = await record.append(entries);
  return { record, receipt: { log: recorder.origin, index, call: call.id } };
}
