/** RFC 3339 in UTC with milliseconds, from the system's clock, held where that goes back. */
export class Clock {
  #last: number;
  #text: string;

  /** `after`: a time not to go behind, as this clock writes it, or empty. */
  constructor(after: string) {
    this.#last = after === '' ? 0 : Date.parse(after);
    this.#text = new Date(this.#last).toISOString();
  }

  now(): string {
    const now = Date.now();
    if (now > this.#last) {
      this.#last = now;
      this.#text = new Date(now).toISOString();
    }
    return this.#text;
  }
}
