import { canonical } from '../json/canonical.ts';
import type { Json, JsonObject } from '../json/types.ts';
import type { Entrypoint, Evaluation } from './types.ts';

/** What is the same whenever a question is the same; the input's bytes are those of each asking. */
export type Known = Pick<Evaluation, 'decision' | 'fuel' | 'unanswered'>;

/** Parts of the input that are never twice the same: where a rule reads one, nothing is worth remembering. */
const unique = new Set(['input', 'input.now', 'input.call', 'input.call.id', 'input.call.hash']);
const most = 2_000;
const longestKey = 4_096;

/** Parts of a path of `data.build.inputs` below `input`; one that is no identifier is written as JSON. */
function segments(path: string): string[] {
  const parts = path.match(/"(?:[^"\\]|\\.)*"|[^."]+/g) ?? [];
  return parts.slice(1).map((part) => (part.startsWith('"') ? String(JSON.parse(part)) : part));
}

function valueAt(input: JsonObject, path: readonly string[]): Json | undefined {
  let value: Json | undefined = input;
  for (const part of path) {
    // An array's elements are named by their index here too.
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as JsonObject)[part];
  }
  return value;
}

/**
 * Decisions already made, by exactly the parts of the input that some rule reads: a decision is a pure function of
 * these and the bundle, so what was decided once need not be worked out again. The build finds the parts with OPA's
 * dependency analysis, which names what contains a part where it cannot tell; they are signed with the bundle.
 *
 * Holds at most 2,000 decisions, the oldest going first.
 */
export class KnownDecisions {
  readonly #paths: readonly (readonly string[])[] | null;
  readonly #known = new Map<string, Known>();

  constructor(inputs: readonly string[]) {
    this.#paths = inputs.some((path) => unique.has(path)) ? null : inputs.map(segments);
  }

  /** The key of a question, or null where its decision is not to be remembered. */
  key(entrypoint: Entrypoint, input: JsonObject): string | null {
    if (this.#paths === null) return null;
    let key: string = entrypoint;
    for (const path of this.#paths) {
      const value = valueAt(input, path);
      // No canonical form is empty or holds a line break, so absent and null differ, and no two lists of parts meet.
      key += value === undefined ? '\n' : `\n${canonical(value)}`;
    }
    return key.length > longestKey ? null : key;
  }

  get(key: string): Known | undefined {
    return this.#known.get(key);
  }

  set(key: string, { decision, fuel, unanswered }: Known): void {
    const oldest = this.#known.size >= most ? this.#known.keys().next().value : undefined;
    if (oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(key, { decision, fuel, unanswered });
  }
}
