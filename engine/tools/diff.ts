import { canonical } from '../json/canonical.ts';
import { isObject, type Json, type JsonObject } from '../json/types.ts';
import { type Promised, promised } from './fingerprint.ts';

/** One thing that differs between two declarations of a tool. */
export interface ToolChange {
  part: Promised;
  /** RFC 6901 pointer within the part; empty for the part itself. */
  pointer: string;
  /** Undefined where there is none. */
  before: Json | undefined;
  after: Json | undefined;
}

/** Changes told of one tool; the fingerprint tells of all. */
const mostChanges = 200;

/**
 * What differs between two declarations, in the order of their parts: objects member by member, everything else as a
 * whole. Empty exactly where their fingerprints are equal.
 */
export function diffTools(before: JsonObject, after: JsonObject): ToolChange[] {
  const changes: ToolChange[] = [];
  for (const part of promised) compare(before[part], after[part], part, '', changes);
  return changes;
}

function compare(
  before: Json | undefined,
  after: Json | undefined,
  part: Promised,
  pointer: string,
  changes: ToolChange[],
): void {
  if (changes.length >= mostChanges) return;
  if (isObject(before) && isObject(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort())
      compare(own(before, key), own(after, key), part, `${pointer}/${escapePart(key)}`, changes);
  } else if (!same(before, after)) changes.push({ part, pointer, before, after });
}

function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function same(before: Json | undefined, after: Json | undefined): boolean {
  if (before === undefined || after === undefined) return before === after;
  return canonical(before) === canonical(after);
}

function escapePart(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
