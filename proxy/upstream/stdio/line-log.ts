/** Characters of one line that are shown. */
const longest = 1_000;

export interface LineLogLimits {
  /** Lines shown in each period; of the rest only the number is. */
  lines: number;
  periodMs: number;
}

/** Shows what a program writes to standard error, a line at a time, so that it can neither flood a log nor forge it. */
export class LineLog {
  readonly #show: (line: string) => void;
  readonly #limits: LineLogLimits;
  readonly #decoder = new TextDecoder();
  #line = '';
  #shown = 0;
  #dropped = 0;
  #until = 0;

  constructor(show: (line: string) => void, limits: LineLogLimits = { lines: 100, periodMs: 60_000 }) {
    this.#show = show;
    this.#limits = limits;
  }

  write(chunk: Uint8Array): void {
    const [first = '', ...more] = this.#decoder.decode(chunk, { stream: true }).split('\n');
    this.#add(first);
    for (const part of more) {
      this.#flush();
      this.#add(part);
    }
  }

  end(): void {
    this.#flush();
    this.#tellDropped();
  }

  /** Of what is too long only the beginning is kept. */
  #add(part: string): void {
    this.#line += part.slice(0, longest + 1 - this.#line.length);
  }

  #flush(): void {
    const line = this.#line.trimEnd();
    this.#line = '';
    if (line === '') return;
    const now = Date.now();
    if (now >= this.#until) {
      this.#tellDropped();
      this.#until = now + this.#limits.periodMs;
      this.#shown = 0;
    }
    if (this.#shown++ >= this.#limits.lines) this.#dropped++;
    else this.#show(visible(line.length > longest ? `${line.slice(0, longest)}…` : line));
  }

  #tellDropped(): void {
    if (this.#dropped > 0) this.#show(`(${this.#dropped} more lines)`);
    this.#dropped = 0;
  }
}

/** Terminals act on control characters, and on some of format that turn text around. */
function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (each) => `\\u{${each.codePointAt(0)?.toString(16)}}`);
}
