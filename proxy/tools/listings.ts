/** How long a server is not asked again in one session, in milliseconds: after it listed its tools, and after it did not. */
const againMs = { listed: 60_000, failed: 5_000 };
const mostSessions = 10_000;

/** When a server was asked for its tools, by session: callers who name tools that nobody has must not have it asked each time. */
export class Listings {
  readonly #asked = new Map<string, { until: number; done: Promise<void> }>();
  readonly #clock: () => number;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Asks, unless that was done lately; whoever comes meanwhile waits for the same answer. `ask` says whether it was one. Never rejects. */
  async once(session: string, ask: () => Promise<boolean>): Promise<void> {
    const known = this.#asked.get(session);
    if (known !== undefined && this.#clock() < known.until) return known.done;
    this.#asked.delete(session);
    const entry = { until: Number.POSITIVE_INFINITY, done: Promise.resolve() };
    entry.done = ask()
      .catch(() => false)
      .then((listed) => {
        entry.until = this.#clock() + (listed ? againMs.listed : againMs.failed);
      });
    this.#asked.set(session, entry);
    if (this.#asked.size > mostSessions) this.#asked.delete(this.#asked.keys().next().value ?? '');
    return entry.done;
  }
}
