import { isExact } from '../json/numbers.ts';
import type { Container } from '../json/path.ts';
import type { Json, NumberTexts } from '../json/types.ts';
import { fourDigits, type Literals } from './literals.ts';
import type { Part } from './part.ts';
import type { Rule, RuleSet } from './rules.ts';
import { hashed, partial, redacted } from './strategies.ts';
import type { KeyedHash } from './types.ts';

type Key = string | number;

/** The masks on each node. A node is known by what holds it. */
type Marks = Map<Container, Map<Key, RuleSet>>;

/** What becomes of a node. */
interface Verdict {
  readonly holder: Container;
  readonly key: Key;
  readonly set: RuleSet;
  /** Undefined to drop the node. */
  readonly shown: Json | undefined;
}

/** What masks want of one part of a message. */
export interface Reading {
  readonly part: Part;
  readonly marks: Marks;
  readonly verdicts: readonly Verdict[];
}

/**
 * Finds the nodes that masks bear on and decides what becomes of each, changing nothing yet. Masked values are put into
 * `literals`; every part of a message is read before any is rewritten, so that each knows the values of all.
 */
export function read(part: Part, rules: readonly Rule[], hash: KeyedHash, literals: Literals): Reading {
  const marks: Marks = new Map();
  for (const rule of rules) {
    const deep = rule.field.strategy === 'partial' || rule.field.strategy === 'hash';
    rule.path.select(part.root, (holder, key, value) => {
      if (mark(marks, holder, key, rule) && deep) markBelow(marks, value, rule);
    });
  }
  const verdicts: Verdict[] = [];
  for (const [holder, marked] of marks) {
    for (const [key, set] of marked) {
      const verdict = judge(holder, key, set, part.numbers, hash);
      if (verdict === undefined) continue;
      verdicts.push(verdict);
      remember(holder, key, typeof verdict.shown === 'string' ? verdict.shown : redacted, set, part.numbers, literals);
    }
  }
  return { part, marks, verdicts };
}

/** False when the node bears this mask already; then so does all below it. */
function mark(marks: Marks, holder: Container, key: Key, rule: Rule): boolean {
  let marked = marks.get(holder);
  if (marked === undefined) {
    marked = new Map();
    marks.set(holder, marked);
  }
  const set = marked.get(key);
  const larger = set === undefined ? rule.alone : set.with(rule);
  if (larger === set) return false;
  marked.set(key, larger);
  return true;
}

/** Partial and hash keep the shape of a container and are meant for its leaves. */
function markBelow(marks: Marks, value: Json, rule: Rule): void {
  if (typeof value !== 'object' || value === null) return;
  for (const key of keysOf(value)) if (mark(marks, value, key, rule)) markBelow(marks, at(value, key), rule);
}

function judge(holder: Container, key: Key, set: RuleSet, numbers: NumberTexts, hash: KeyedHash): Verdict | undefined {
  const value = at(holder, key);
  switch (set.strategy) {
    case 'drop':
      return { holder, key, set, shown: undefined };
    case 'null':
      return { holder, key, set, shown: null };
    case 'redact':
      return { holder, key, set, shown: redacted };
    default: {
      // Containers are left to their leaves, and null has nothing to keep or to hide.
      if (typeof value === 'object') return undefined;
      const text = typeof value === 'number' ? numbers.get(holder)?.get(key) : undefined;
      if (set.strategy === 'partial') return { holder, key, set, shown: partial(text ?? String(value)) };
      const inexact = text === undefined || isExact(text) ? undefined : text;
      return { holder, key, set, shown: hashed(value, inexact, hash) };
    }
  }
}

/** Of a masked node, all strings and the numbers of four digits or more: fewer would be found everywhere. */
function remember(
  holder: Container,
  key: Key,
  shown: string,
  set: RuleSet,
  numbers: NumberTexts,
  literals: Literals,
): void {
  const value = at(holder, key);
  if (typeof value === 'string') {
    literals.add(value, shown, set);
  } else if (typeof value === 'number') {
    const text = numbers.get(holder)?.get(key) ?? String(value);
    if (fourDigits.test(text)) literals.add(text, shown, set);
    else literals.complete = false;
  } else if (typeof value === 'boolean') {
    literals.complete = false;
  } else if (value !== null) {
    for (const below of keysOf(value)) remember(value, below, shown, set, numbers, literals);
  }
}

function keysOf(container: Container): Iterable<Key> {
  return Array.isArray(container) ? container.keys() : Object.keys(container);
}

function at(holder: Container, key: Key): Json {
  return (holder as Record<Key, Json>)[key] as Json;
}
