/** Knows how long something has been of no use to anyone, and ends it after a limit. */
export class Use {
  readonly #timer: NodeJS.Timeout;
  #open = 0;
  /** In the order of a clock that all of one registry share. */
  last = 0;

  constructor(idleMs: number, expire: () => void) {
    this.#timer = setTimeout(() => (this.idle ? expire() : this.#timer.refresh()), idleMs);
    this.#timer.unref();
    this.touch();
  }

  get idle(): boolean {
    return this.#open === 0;
  }

  /** Something came for it. */
  touch(): void {
    this.last = ++clock;
    this.#timer.refresh();
  }

  /** A stream is open until the callback is called, which may happen more than once. */
  begin(): () => void {
    let over = false;
    this.#open++;
    this.touch();
    return () => {
      if (over) return;
      over = true;
      this.#open--;
      this.touch();
    };
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/** Counts uses: what was used when is only compared. */
let clock = 0;
