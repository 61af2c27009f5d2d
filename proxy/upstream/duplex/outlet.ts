import { WritError } from '../../../engine/errors.ts';
import type { StreamItem } from '../types.ts';
import type { DuplexLimits } from './types.ts';

/** How many messages may wait to be taken, and their characters, before the server is held back. */
const highWater = { messages: 16, characters: 262_144 };

interface Waiting {
  text: string;
  /** It belongs to this stream alone; any other stream of the session would do for the rest. */
  own: boolean;
}

export interface OutletLimits {
  /** Longest silence of the server, in milliseconds. */
  silenceMs: number;
  /** Longest time, in milliseconds, that messages wait to be taken. */
  stallMs: number;
  /** Longest silence, in milliseconds, while the server itself waits for an answer. */
  waitingMs: number;
}

/** A reader that does not take holds up others, who must not be out of time before it is. */
export function quiet({ idleMs, streamIdleMs }: DuplexLimits, long: boolean): OutletLimits {
  const silenceMs = long ? streamIdleMs : idleMs;
  return { silenceMs, stallMs: idleMs / 2, waitingMs: Math.max(silenceMs, streamIdleMs) };
}

/** The messages of one stream on their way to its one reader, in order. */
export class Outlet implements AsyncIterable<StreamItem> {
  readonly #limits: OutletLimits;
  readonly #onLeft: (rest: string[]) => void;
  readonly #isAsked: () => boolean;
  /** Of the last message that came or was taken. */
  #since = 0;
  #waiting: Waiting[] = [];
  #held = 0;
  #over = false;
  #left = false;
  #error: WritError | undefined;
  #timer: NodeJS.Timeout | undefined;
  #wakeReader: () => void = () => {};
  #wakeWriter: () => void = () => {};

  /**
   * `onLeft` is told once, when the reader has stopped, of messages that it leaves to others. `isAsked` says whether the server
   * waits for an answer of its client, a person perhaps, so that it is not to blame for its silence.
   */
  constructor(limits: OutletLimits, onLeft: (rest: string[]) => void, isAsked = () => false) {
    this.#limits = limits;
    this.#onLeft = onLeft;
    this.#isAsked = isAsked;
    this.#arm();
  }

  /** Whether more may be put. */
  get open(): boolean {
    return !this.#over && !this.#left;
  }

  /** Adds a message. */
  put(text: string, own: boolean): void {
    if (!this.open) return;
    this.#waiting.push({ text, own });
    this.#held += text.length;
    this.#arm();
    this.#wakeReader();
  }

  /** Resolves when the reader has taken enough for the next, or takes no more. */
  async room(): Promise<void> {
    while (this.#isFull() && !this.#left && this.#error === undefined) {
      await new Promise<void>((resolve) => {
        this.#wakeWriter = resolve;
      });
    }
  }

  /** Nothing more comes; what waits is still to be taken. */
  end(): void {
    this.#over = true;
    this.#arm();
    this.#wakeReader();
  }

  /** Ends it by a failure, after what waits. */
  fail(error: WritError): void {
    if (this.#over) return;
    this.#error = error;
    this.end();
    this.#wakeWriter();
  }

  /** The reader goes away: nothing is taken from now on. */
  leave(): void {
    if (this.#left) return;
    this.#left = true;
    clearTimeout(this.#timer);
    const rest = this.#waiting.filter(({ own }) => !own).map(({ text }) => text);
    this.#waiting = [];
    this.#held = 0;
    this.#error ??= new WritError('WRIT_UPSTREAM_UNREACHABLE', 'The caller went away.');
    this.#wakeReader();
    this.#wakeWriter();
    this.#onLeft(rest);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<StreamItem> {
    try {
      for (;;) {
        const next = this.#waiting.shift();
        if (next !== undefined) {
          this.#held -= next.text.length;
          this.#arm();
          if (!this.#isFull()) this.#wakeWriter();
          yield { kind: 'event', data: next.text, id: undefined, event: undefined };
        } else if (this.#error) throw this.#error;
        else if (this.#over) return;
        else
          await new Promise<void>((resolve) => {
            this.#wakeReader = resolve;
          });
      }
    } finally {
      this.leave();
    }
  }

  #isFull(): boolean {
    return this.#waiting.length >= highWater.messages || this.#held >= highWater.characters;
  }

  /** Each message that comes or is taken gives it time again. */
  #arm(): void {
    this.#since = Date.now();
    this.#wait();
  }

  #wait(): void {
    clearTimeout(this.#timer);
    if (this.#left || (this.#over && this.#waiting.length === 0)) return;
    const stalled = this.#waiting.length > 0;
    this.#timer = setTimeout(() => this.#expire(stalled), stalled ? this.#limits.stallMs : this.#limits.silenceMs);
    this.#timer.unref();
  }

  #expire(stalled: boolean): void {
    if (!stalled && this.#isAsked() && Date.now() - this.#since < this.#limits.waitingMs) {
      this.#wait();
      return;
    }
    this.#error = new WritError(
      'WRIT_UPSTREAM_UNREACHABLE',
      stalled ? 'What it answered was not taken in time.' : 'It did not answer in time.',
    );
    this.#over = true;
    this.leave();
  }
}
