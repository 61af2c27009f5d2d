/** How many messages may wait for someone to take them, and their characters, before the server is held back. */
const most = { messages: 256, characters: 1_048_576 };

/** Messages for nobody in particular, while nobody is there. */
export class WaitingRoom {
  #waiting: string[] = [];
  #held = 0;
  #wake: () => void = () => {};

  put(text: string): void {
    this.#waiting.push(text);
    this.#held += text.length;
  }

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    while (this.#waiting.length >= most.messages || this.#held >= most.characters) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** All that waited, in order; it waits no more. */
  take(): string[] {
    const all = this.#waiting;
    this.#waiting = [];
    this.#held = 0;
    this.#wake();
    return all;
  }
}
