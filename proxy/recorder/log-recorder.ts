import { bundleDigest, bundlePath } from '../../engine/audit/bundle.ts';
import { encodeEntry } from '../../engine/audit/encode-entry.ts';
import type { Digest, Entry, KeyEntry, OutcomeEntry } from '../../engine/audit/entry.ts';
import { asWritError, type ErrorCode, WritError } from '../../engine/errors.ts';
import type { Clock } from './clock.ts';
import type { Housekeeper } from './housekeeper.ts';
import type { Keys } from './keys.ts';
import type { Lock } from './lock.ts';
import { Refusals } from './refusals.ts';
import type { CallPayload, OpenedRecorder } from './types.ts';
import type { Wal } from './wal.ts';
import type { CallEvent } from './wal-format.ts';

const MINUTE = 60_000;

interface Parts {
  origin: string;
  verifierKey: string;
  /** Entries in the log so far. */
  size: number;
  /** Milliseconds. */
  maxUnsignedAge: number;
  lock: Lock;
  keys: Keys;
  wal: Wal;
  housekeeper: Housekeeper;
  clock: Clock;
}

/** The recorder of an open log: order and time of entries, and when to refuse them. */
export class LogRecorder implements OpenedRecorder {
  readonly origin: string;
  readonly verifierKey: string;
  readonly #parts: Parts;
  readonly #refusals = new Refusals();
  readonly #refusalTimer: NodeJS.Timeout;
  /** Calls with an intent and no outcome yet. */
  readonly #open = new Set<string>();
  #time: string;
  /** Entries appended, durable or about to be: the index of the next. */
  #size: number;
  #closing: Promise<void> | undefined;

  constructor(parts: Parts) {
    this.origin = parts.origin;
    this.verifierKey = parts.verifierKey;
    this.#parts = parts;
    this.#time = parts.clock.now();
    this.#size = parts.size;
    this.#refusalTimer = setInterval(() => this.#recordRefusals().catch(() => {}), MINUTE).unref();
  }

  get writable(): boolean {
    return this.#closing === undefined && this.#parts.wal.failure === undefined;
  }

  get unsignedSeconds(): number {
    return this.#parts.housekeeper.unsigned / 1_000;
  }

  /** Says in the log that it goes on, ends the calls that the last process left, and brings in another signing key. */
  start(
    about: { gateway: string; build: string; key: Digest },
    cutOff: readonly string[],
    key?: Pick<KeyEntry, 'key' | 'kid' | 'endorsed'>,
  ): Promise<number> {
    const time = this.now();
    for (const call of cutOff) this.#open.add(call);
    const open: Entry = { v: 1, kind: 'open', time, origin: this.origin, ...about, recovered: cutOff.length };
    const change: Entry[] = key === undefined ? [] : [{ v: 1, kind: 'key', time, ...key, previous: about.key }];
    return this.#append([open, ...cutOff.map((call) => unknownOutcome(call, time)), ...change]);
  }

  append(entries: readonly Entry[], payload?: CallPayload): Promise<number> {
    if (this.#closing !== undefined) return refuse('The log is closed.');
    if (this.#parts.housekeeper.unsigned > this.#parts.maxUnsignedAge)
      return refuse('It has gone unsigned for too long.');
    return this.#append(entries, payload);
  }

  hmac(tenant: string, use: 'subject' | 'mask', value: string): string {
    return this.#parts.keys.hmac(tenant, use, value);
  }

  now(): string {
    return this.#parts.clock.now();
  }

  async archiveBundle(bytes: Uint8Array): Promise<Digest> {
    const digest = bundleDigest(bytes);
    await this.#parts.housekeeper.ask({ kind: 'archive', path: bundlePath(digest), bytes });
    return digest;
  }

  refused(code: ErrorCode): void {
    this.#refusals.add(code, this.now());
  }

  async flush(): Promise<void> {
    await this.#drain(false);
  }

  async destroyCallKey(call: string): Promise<number> {
    // What the write-ahead log holds of the call moves to the payload store first, and its segments go.
    await this.#parts.wal.rotate();
    // Whether the checkpoint can be signed just now is another matter.
    await this.#parts.housekeeper.ask({ kind: 'drain', last: false });
    return Number(await this.#parts.housekeeper.ask({ kind: 'destroy', call }));
  }

  async usage(): Promise<{ user: number; system: number }> {
    const { user, system } = Object(await this.#parts.housekeeper.ask({ kind: 'usage' }));
    return { user, system };
  }

  close(reason: string): Promise<void> {
    this.#closing ??= this.#close(reason);
    return this.#closing;
  }

  async #close(reason: string): Promise<void> {
    const { wal, housekeeper, lock } = this.#parts;
    clearInterval(this.#refusalTimer);
    try {
      await this.#recordRefusals();
      const time = this.now();
      const unended = [...this.#open].map((call) => unknownOutcome(call, time));
      await this.#append([...unended, { v: 1, kind: 'close', time, reason }]);
      housekeeper.hurry();
      await this.#drain(true);
    } finally {
      wal.close();
      await housekeeper.end();
      lock.release();
    }
  }

  #append(entries: readonly Entry[], payload?: CallPayload): Promise<number> {
    const texts: string[] = [];
    const events: CallEvent[] = [];
    let time = this.#time;
    try {
      for (const entry of entries) {
        // An entry made before another was appended takes that one's time: within a log time never goes back.
        if (entry.time >= time) time = entry.time;
        texts.push(encodeEntry(entry.time === time ? entry : { ...entry, time }));
        if (entry.kind === 'intent') events.push({ kind: 'began', call: entry.call });
        if (entry.kind === 'outcome') events.push({ kind: 'ended', call: entry.call });
      }
      const durable = this.#parts.wal.append(texts, events, payload);
      this.#time = time;
      const first = this.#size;
      this.#size += texts.length;
      for (const { kind, call } of events) {
        if (kind === 'began') this.#open.add(call);
        else this.#open.delete(call);
      }
      this.#parts.housekeeper.appended();
      return durable.then(() => first);
    } catch (cause) {
      return Promise.reject(asWritError(cause, 'WRIT_INTERNAL'));
    }
  }

  async #recordRefusals(): Promise<void> {
    const entry = this.#refusals.take(this.now());
    if (entry !== undefined) await this.#append([entry]);
  }

  async #drain(last: boolean): Promise<void> {
    const signed = await this.#parts.housekeeper.ask({ kind: 'drain', last });
    if (signed !== true) throw new WritError('WRIT_AUDIT_UNAVAILABLE', 'The checkpoint could not be signed.');
  }
}

function unknownOutcome(call: string, time: string): OutcomeEntry {
  return {
    v: 1,
    kind: 'outcome',
    time,
    call,
    status: 'unknown',
    error: null,
    frames: 0,
    withheld: 0,
    rules: [],
    masked: [],
    commitments: { received: null, sent: null },
  };
}

const refuse = (detail: string) => Promise.reject(new WritError('WRIT_AUDIT_UNAVAILABLE', detail));
