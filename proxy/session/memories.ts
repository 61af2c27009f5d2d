/** Calls of one server that go on in another round; the oldest are forgotten first. */
const mostKept = 10_000;
/** Characters that all of them remember. */
const mostCharacters = 67_108_864;

/** What was masked in calls that go on in another round, by the hash of the call: every round of it has the same. */
export class Memories<Memory> {
  readonly #memories = new Map<string, { memory: Memory; size: number }>();
  #size = 0;

  /** `size` is in characters: a server chooses what is in each, and how many there are. */
  keep(hash: string | undefined, memory: Memory, size: number): void {
    if (hash === undefined) return;
    this.#forget(hash);
    this.#memories.set(hash, { memory, size });
    this.#size += size;
    for (const [oldest] of this.#memories) {
      // The one at hand is kept, however large.
      if (oldest === hash || (this.#memories.size <= mostKept && this.#size <= mostCharacters)) break;
      this.#forget(oldest);
    }
  }

  of(hash: string | undefined): Memory | undefined {
    return hash === undefined ? undefined : this.#memories.get(hash)?.memory;
  }

  #forget(hash: string): void {
    this.#size -= this.#memories.get(hash)?.size ?? 0;
    this.#memories.delete(hash);
  }
}
