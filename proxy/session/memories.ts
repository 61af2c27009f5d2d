/** Calls of one server that go on in another round; the oldest are forgotten first. */
const mostKept = 10_000;

/** What was masked in calls that go on in another round, by the hash of the call: every round of it has the same. */
export class Memories<Memory> {
  readonly #memories = new Map<string, Memory>();

  keep(hash: string | undefined, memory: Memory): void {
    if (hash === undefined) return;
    this.#memories.delete(hash);
    this.#memories.set(hash, memory);
    if (this.#memories.size > mostKept) this.#memories.delete(this.#memories.keys().next().value ?? '');
  }

  of(hash: string | undefined): Memory | undefined {
    return hash === undefined ? undefined : this.#memories.get(hash);
  }
}
