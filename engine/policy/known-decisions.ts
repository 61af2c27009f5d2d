import type { Entrypoint, Evaluation } from './types.ts';

/** Parts of the input that are never twice the same: where a rule reads one, nothing is worth remembering. */
const unique = new Set(['input', 'input.now', 'input.call', 'input.call.id', 'input.call.hash']);
const most = 2_000;
const longestKey = 4_096;

/**
 * Decisions already made, by exactly the parts of the input that some rule reads: what was decided once need not be
 * worked out again. The build finds the parts with OPA's dependency analysis; they are signed with the bundle.
 *
 * Holds at most 2,000 decisions, the oldest going first.
 */
export class KnownDecisions {
  readonly #remembers: boolean;
  readonly #known = new Map<string, Evaluation>();

  constructor(inputs: readonly string[]) {
    this.#remembers = !inputs.some((path) => unique.has(path));
  }

  /** The key of a question, of which `read` is the canonical text; null where its decision is not to be remembered. */
  key(entrypoint: Entrypoint, read: string): string | null {
    return this.#remembers && read.length <= longestKey ? `${entrypoint} ${read}` : null;
  }

  get(key: string): Evaluation | undefined {
    return this.#known.get(key);
  }

  set(key: string, evaluation: Evaluation): void {
    const oldest = this.#known.size >= most ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(key, evaluation);
  }
}
