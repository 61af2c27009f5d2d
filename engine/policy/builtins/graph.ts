import { identity, Lookup } from './compare.ts';
import { collection, object } from './operands.ts';
import { type Builtins, type Charge, isArray, isSet, type Term } from './term.ts';

export const graph: Builtins = {
  'graph.reachable_paths': ([edges, initial], charge) => {
    const paths = new Paths(new Lookup(object(edges)), charge);
    for (const start of collection(initial)) paths.from(start);
    return new Set(paths.found.values());
  },
};

/** A node of the path, and those behind it that have not been looked at. */
interface Step {
  readonly node: Term;
  readonly id: string;
  readonly neighbours: Iterator<Term>;
}

/**
 * Every way from a node until it ends or meets itself, of which there can be more than a number can tell: each step is
 * charged as it is made, each path by its length. With a stack of its own, as a way may be as long as the graph.
 */
class Paths {
  readonly found = new Map<string, readonly Term[]>();
  readonly #edges: Lookup;
  readonly #charge: Charge;
  readonly #steps: Step[] = [];

  constructor(edges: Lookup, charge: Charge) {
    this.#edges = edges;
    this.#charge = charge;
  }

  from(start: Term): void {
    const edges = this.#edges.get(start);
    if (edges === undefined) return;
    const step = { node: start, id: identity(start), neighbours: [].values() };
    const neighbours = vertices(edges);
    this.#steps.push(step);
    if (neighbours.length === 0) this.#commit();
    for (const neighbour of neighbours) {
      const seen = new Set([step.id]);
      // OPA takes a node that is met again for a circle, but not the start where it is its own neighbour.
      this.#enter(neighbour, identity(neighbour), seen);
      while (this.#steps.length > 1) this.#goOn(seen);
    }
    this.#steps.pop();
  }

  #goOn(seen: Set<string>): void {
    const step = this.#steps.at(-1);
    const next = step?.neighbours.next();
    if (step === undefined || next === undefined) return;
    if (next.done) {
      this.#steps.pop();
      seen.delete(step.id);
      return;
    }
    const id = identity(next.value);
    if (seen.has(id)) this.#commit();
    else this.#enter(next.value, id, seen);
  }

  #enter(node: Term, id: string, seen: Set<string>): void {
    const edges = this.#edges.get(node);
    const neighbours = edges === undefined ? [] : vertices(edges);
    this.#charge(20 + id.length + neighbours.length);
    // A node that is not in the graph is no part of the path to it.
    if (edges !== undefined) {
      this.#steps.push({ node, id, neighbours: neighbours.values() });
      seen.add(id);
    }
    if (neighbours.length === 0) this.#commit();
  }

  #commit(): void {
    const key = this.#steps.map(({ id }) => id).join();
    this.#charge(key.length + 20 * this.#steps.length);
    this.found.set(
      key,
      this.#steps.map(({ node }) => node),
    );
  }
}

/** OPA takes a node whose edges are neither an array nor a set for one without. */
function vertices(edges: Term): readonly Term[] {
  if (isArray(edges)) return edges;
  return isSet(edges) ? [...edges] : [];
}
