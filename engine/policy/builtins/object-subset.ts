import { identity, Lookup } from './compare.ts';
import { NoAnswer } from './operands.ts';
import { type Builtins, isArray, isMap, isSet, type Term, type TermMap } from './term.ts';

export const objectSubset: Builtins = {
  'object.subset': ([whole = null, part = null]) => {
    if (isMap(whole) && isMap(part)) return hasMembers(whole, part);
    if (isSet(whole) && isSet(part)) return hasAll(whole, part);
    if (isArray(whole) && isArray(part)) return hasRun(whole, part);
    if (isArray(whole) && isSet(part)) return hasAsMany(whole, part);
    throw new NoAnswer();
  },
};

function hasMembers(whole: TermMap, part: TermMap): boolean {
  const members = new Lookup(whole);
  for (const [key, value] of part) {
    const member = members.get(key);
    if (member === undefined || !covers(member, value)) return false;
  }
  return true;
}

function covers(whole: Term, part: Term): boolean {
  if (isMap(whole) && isMap(part)) return hasMembers(whole, part);
  if (isSet(whole) && isSet(part)) return hasAll(whole, part);
  if (isArray(whole) && isArray(part)) return hasRun(whole, part);
  return identity(whole) === identity(part);
}

function hasAll(whole: ReadonlySet<Term>, part: ReadonlySet<Term>): boolean {
  const members = new Set([...whole].map(identity));
  return [...part].every((member) => members.has(identity(member)));
}

/** Whether the items of `part` stand in `whole` side by side (Knuth, Morris and Pratt: in one pass over each). */
function hasRun(whole: readonly Term[], part: readonly Term[]): boolean {
  if (part.length === 0) return true;
  const items = part.map(identity);
  const borders = [0];
  for (let at = 1, matched = 0; at < items.length; at++) {
    while (matched > 0 && items[at] !== items[matched]) matched = borders[matched - 1] ?? 0;
    if (items[at] === items[matched]) matched++;
    borders.push(matched);
  }
  let matched = 0;
  for (const item of whole.map(identity)) {
    while (matched > 0 && item !== items[matched]) matched = borders[matched - 1] ?? 0;
    if (item === items[matched]) matched++;
    if (matched === items.length) return true;
  }
  return false;
}

/**
 * OPA counts the items of the array that are in the set until there are as many as the set has, so an item that stands
 * there twice counts twice, and an empty array has not even the empty set.
 */
function hasAsMany(whole: readonly Term[], part: ReadonlySet<Term>): boolean {
  const members = new Set([...part].map(identity));
  const found = whole.filter((item) => members.has(identity(item))).length;
  return whole.length > 0 && found >= members.size;
}
