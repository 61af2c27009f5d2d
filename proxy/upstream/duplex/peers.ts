import { asWritError, WritError } from '../../../engine/errors.ts';
import { Backoff } from './backoff.ts';
import type { Duplex, DuplexLimits, OpenDuplex } from './types.ts';
import type { Use } from './use.ts';

/** What a duplex is used by. */
export interface Peer {
  readonly use: Use;
  close(): Promise<void>;
}

/** In the place of a peer: no more of one server, or of one caller, are allowed. */
export const full = Symbol('full');

/** Uses a duplex; `onEnded` is to be told once when it has ended, and whether it was closed here. */
type Make<T extends Peer> = (duplex: Duplex, onEnded: (closed: boolean) => void) => T;

interface Held {
  caller: string;
  /** Undefined while it is being opened. */
  peer: Peer | undefined;
}

/** The duplexes to one server that are in use, and by whom. */
export class Peers {
  readonly #open: OpenDuplex;
  readonly #limits: DuplexLimits;
  readonly #backoff: Backoff;
  readonly #held = new Set<Held>();
  readonly #closing = new Set<Promise<void>>();
  #closed = false;

  constructor(open: OpenDuplex, limits: DuplexLimits) {
    this.#open = open;
    this.#limits = limits;
    this.#backoff = new Backoff(limits.backoffMs, Date.now);
  }

  /**
   * A peer for a caller; in the place of that caller's longest unused one, where there may be no more. `make` gets what is
   * to be called when the duplex has ended. Rejects with WRIT_UPSTREAM_UNREACHABLE or WRIT_UPSTREAM_INVALID.
   */
  async begin<T extends Peer>(caller: string, make: Make<T>): Promise<T | typeof full> {
    if (this.#closed) throw new WritError('WRIT_UPSTREAM_UNREACHABLE', 'The gateway is about to end.');
    if (!this.#backoff.mayStart(caller))
      throw new WritError('WRIT_UPSTREAM_UNREACHABLE', 'It keeps ending early, and is started again after a while.');
    if (!this.#makeRoom(caller)) return full;
    const held: Held = { caller, peer: undefined };
    this.#held.add(held);
    const opening = this.#fill(held, make);
    void this.#wait(opening.then(() => {}));
    const peer = await opening;
    if (!this.#closed) return peer;
    await this.end(peer);
    throw new WritError('WRIT_UPSTREAM_UNREACHABLE', 'The gateway is about to end.');
  }

  async #fill<T extends Peer>(held: Held, make: Make<T>): Promise<T> {
    const since = Date.now();
    const duplex = await this.#open().catch((cause: unknown) => {
      this.#held.delete(held);
      this.#backoff.ended(held.caller, since);
      throw asWritError(cause, 'WRIT_UPSTREAM_UNREACHABLE');
    });
    const peer = make(duplex, (closed) => {
      this.#held.delete(held);
      if (!closed) this.#backoff.ended(held.caller, since);
      void this.#wait(duplex.close());
    });
    held.peer = peer;
    return peer;
  }

  end(peer: Peer): Promise<void> {
    return this.#wait(peer.close());
  }

  /** Ends all; resolves when nothing of them is left. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { peer } of [...this.#held]) if (peer !== undefined) void this.end(peer);
    while (this.#closing.size > 0) await Promise.all(this.#closing);
  }

  #makeRoom(caller: string): boolean {
    const own = [...this.#held].filter((held) => held.caller === caller);
    if (own.length < this.#limits.callerSessions && this.#held.size < this.#limits.sessions) return true;
    const unused = own
      .flatMap(({ peer }) => (peer?.use.idle ? [peer] : []))
      .toSorted((a, b) => a.use.last - b.use.last)[0];
    if (unused === undefined) return false;
    void this.end(unused);
    return true;
  }

  #wait(closing: Promise<void>): Promise<void> {
    const done = closing.catch(() => {});
    this.#closing.add(done);
    return done.finally(() => this.#closing.delete(done));
  }
}
