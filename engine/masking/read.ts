import type { Key } from '../detect/document/walk-leaves.ts';
import type { DetectedType } from '../detect/types.ts';
import type { Container } from '../json/path.ts';
import type { Json, JsonObject } from '../json/types.ts';
import type { Own } from './find/owns.ts';
import type { Part } from './part.ts';
import type { Place } from './places.ts';
import type { RuleSet } from './rule-set.ts';
import type { PathRule } from './rules.ts';

/** What is known of each node. A node is known by what holds it. */
export type ByNode<T> = Map<Container, Map<Key, T>>;

/** What becomes of a node. */
export interface Verdict {
  readonly holder: Container;
  readonly key: Key;
  readonly set: RuleSet;
  /** Undefined to drop the node. */
  readonly shown: Json | undefined;
}

/** What masks want of one part of a message. */
export interface Reading {
  readonly part: Part;
  /** The masks on each node. */
  readonly marks: ByNode<RuleSet>;
  readonly verdicts: Verdict[];
  /** The JSON Schema of the part, where it has one. */
  readonly schema: JsonObject | undefined;
  /** Whether names of members are as the protocol has them, so that no value makes another of them. */
  readonly isProtocol: boolean;
  /** What is found below; undefined where nobody looks for more than paths name. */
  found?: {
    /** What detectors take a node for as a whole. */
    readonly types: ByNode<DetectedType>;
    /** Parts of texts, and what is shown in place of them once that is decided. */
    readonly owns: ByNode<readonly Own[]>;
    readonly places: ByNode<Place[]>;
    /** The documents that strings are. */
    readonly inner: ByNode<Reading>;
  };
}

/** Finds the nodes to which the paths of masks lead, changing nothing yet. */
export function read(part: Part, rules: readonly PathRule[], schema?: JsonObject, isProtocol = false): Reading {
  const marks: ByNode<RuleSet> = new Map();
  for (const rule of rules) {
    const { alone } = rule;
    rule.path.select(part.root, (holder, key, value) => {
      if (mark(marks, holder, key, alone) && alone.isDeep) markBelow(marks, value, alone);
    });
  }
  return { part, marks, verdicts: [], schema, isProtocol };
}

/** False when the node bears these masks already; then so does all below it. */
export function mark(marks: ByNode<RuleSet>, holder: Container, key: Key, by: RuleSet): boolean {
  let marked = marks.get(holder);
  if (marked === undefined) {
    marked = new Map();
    marks.set(holder, marked);
  }
  const set = marked.get(key);
  const larger = set === undefined ? by : set.and(by);
  if (larger === set) return false;
  marked.set(key, larger);
  return true;
}

/** Such masks keep the shape of a container and are meant for its leaves. */
function markBelow(marks: ByNode<RuleSet>, value: Json, by: RuleSet): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of keysOf(value)) if (mark(marks, value, key, by)) markBelow(marks, at(value, key), by);
}

export function keysOf(container: Container): Iterable<Key> {
  return Array.isArray(container) ? container.keys() : Object.keys(container);
}

export function at(holder: Container, key: Key): Json {
  return (holder as Record<Key, Json>)[key] as Json;
}

export function ofNode<T>(nodes: ByNode<T>, holder: Container, key: Key): T | undefined {
  return nodes.get(holder)?.get(key);
}

/** One more of what is known of a node. A text may hold very many, so that none of them is copied for the next. */
export function addToNode<T>(nodes: ByNode<T[]>, holder: Container, key: Key, value: T): void {
  const known = ofNode(nodes, holder, key);
  if (known === undefined) setNode(nodes, holder, key, [value]);
  else known.push(value);
}

export function setNode<T>(nodes: ByNode<T>, holder: Container, key: Key, value: T): void {
  const known = nodes.get(holder);
  if (known === undefined) nodes.set(holder, new Map([[key, value]]));
  else known.set(key, value);
}
