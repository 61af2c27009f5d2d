import { WritError } from '../../engine/errors.ts';
import type { Config } from '../config/types.ts';
import type { Server } from '../upstream/server.ts';

type Limits = Pick<Config['gateway']['limits'], 'concurrent_calls' | 'server_calls' | 'streams'>;

/** A place taken by one exchange. */
export interface Slot {
  /** It is found to be a stream that lasts: it takes a place among those. Throws WRIT_OVERLOADED where there is none. */
  lasts(): void;
  /** Its server is done with it; what its client has not taken yet still counts among the calls in all. */
  served(): void;
  free(): void;
}

/** How many exchanges there may be at once: calls in all and for one server, and streams that last, which are counted apart. */
export class Slots {
  readonly #limits: Limits;
  readonly #inHand = new WeakMap<Server, number>();
  #calls = 0;
  #streams = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /**
   * A place among the calls of one server; what it returns gives it back. Throws WRIT_OVERLOADED. A server that hangs must not
   * take what the others need.
   */
  serve(server: Server): () => void {
    const inHand = this.#inHand.get(server) ?? 0;
    if (inHand >= this.#limits.server_calls) throw new WritError('WRIT_OVERLOADED');
    this.#inHand.set(server, inHand + 1);
    let serving = true;
    return () => {
      if (serving) this.#inHand.set(server, (this.#inHand.get(server) ?? 1) - 1);
      serving = false;
    };
  }

  /** A place among all calls, and among those of a server where it is for one. Throws WRIT_OVERLOADED. */
  take(server?: Server): Slot {
    const { concurrent_calls, streams } = this.#limits;
    if (this.#calls >= concurrent_calls) throw new WritError('WRIT_OVERLOADED');
    const served = server === undefined ? () => {} : this.serve(server);
    this.#calls++;
    let held: 'call' | 'stream' | 'nothing' = 'call';
    const free = () => {
      served();
      if (held === 'call') this.#calls--;
      else if (held === 'stream') this.#streams--;
      held = 'nothing';
    };
    return {
      served,
      free,
      lasts: () => {
        if (held !== 'call') return;
        if (this.#streams >= streams)
          throw new WritError('WRIT_OVERLOADED', 'It has as many streams open as it takes.');
        free();
        held = 'stream';
        this.#streams++;
      },
    };
  }
}
