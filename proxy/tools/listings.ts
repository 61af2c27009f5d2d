/** How long a server is not asked again in one session, in milliseconds, whatever it answered. */
const againMs = 60_000;
const mostSessions = 10_000;

/** When a server was asked for its tools, by session: callers who name tools that nobody has must not have it asked each time. */
export class Listings {
  readonly #asked = new Map<string, { at: number; done: Promise<void> }>();
  readonly #clock: () => number;

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock;
  }

  /** Asks, unless that was done lately; whoever comes meanwhile waits for the same answer. Never rejects. */
  async once(session: string, ask: () => Promise<void>): Promise<void> {
    const known = this.#asked.get(session);
    if (known !== undefined && this.#clock() - known.at < againMs) return known.done;
    this.#asked.delete(session);
    const done = ask().catch(() => {});
    this.#asked.set(session, { at: this.#clock(), done });
    if (this.#asked.size > mostSessions) this.#asked.delete(this.#asked.keys().next().value ?? '');
    return done;
  }
}
