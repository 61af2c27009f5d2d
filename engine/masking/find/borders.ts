import { detectText } from '../../detect/index.ts';
import type { DetectedType, Found } from '../../detect/types.ts';
import { firstIndex } from '../../first-index.ts';
import type { RuleSet } from '../rule-set.ts';
import type { Rules } from '../rules.ts';
import { redacted, redactedAs } from '../strategies/index.ts';
import type { Own } from './owns.ts';
import type { Sighting } from './sightings.ts';

/** Characters on either side of a border between two texts that are read together. */
const near = 256;
/** Stands for what is between: nothing is found across it. */
const apart = '\n\n\n\n';

/** A part of a text that belongs to a value of which another part is in the next text. */
export interface Piece {
  readonly sighting: Sighting;
  readonly start: number;
  readonly end: number;
}

/**
 * What is found across the borders of texts that a reader may join, without and with a space: of each value the pieces. Strings
 * of one array are often many of one kind, so of them only what has a form of its own counts.
 */
export function ownsAcross(
  { arrays, contents }: Runs,
  rules: Rules,
  regions: readonly string[],
  found: ReadonlyMap<Sighting, readonly Own[]>,
): [Sighting, Own][] {
  const owns: [Sighting, Own][] = [];
  const look = (run: readonly Sighting[], strict: boolean) => {
    for (const [{ set, type }, pieces] of across(run, (text) => hits(text, rules, regions, strict))) {
      if (isApart(pieces, type, found, strict)) continue;
      const notice = type === null ? redacted : redactedAs(type);
      for (const { sighting, start, end } of pieces)
        owns.push([sighting, { start, end, set, type, value: sighting.leaf.text.slice(start, end), notice }]);
    }
  };
  for (const run of arrays) look(run, true);
  for (const run of contents) look(run, false);
  return owns;
}

/** Whether a value is all of one text, so that what begins the next is not of it: strings of a list, or texts that end and begin as such. */
function isApart(
  pieces: readonly Piece[],
  type: DetectedType | null,
  found: ReadonlyMap<Sighting, readonly Own[]>,
  strict: boolean,
): boolean {
  return pieces.some(({ sighting, start, end }, index) => {
    const owns = found.get(sighting) ?? [];
    if (type === null || !owns.some((own) => own.type === type && own.start <= start && own.end >= end)) return false;
    const next = pieces[index + 1] ?? pieces[index];
    return strict || ends.test(sighting.leaf.text) || begins.test(next?.sighting.leaf.text ?? '');
  });
}

const ends = /[.!?;:,)\]>"\s]$/;
const begins = /^[\p{Lu}\s(<"]/u;

/** Texts that a reader may join. */
export interface Runs {
  readonly arrays: readonly (readonly Sighting[])[];
  readonly contents: readonly (readonly Sighting[])[];
}

/** What `find` gives for the texts joined, where it is in more than one of them. */
export function across<T extends { start: number; end: number }>(
  run: readonly Sighting[],
  find: (text: string) => readonly T[],
): [T, Piece[]][] {
  if (run.length < 2) return [];
  const found: [T, Piece[]][] = [];
  for (const between of ['', ' ']) {
    const joined = join(run, between);
    for (const hit of find(joined.text)) {
      const parts = partsAt(joined.parts, hit);
      if (parts.length < 2) continue;
      const pieces = parts.map(({ sighting, start, end, offset }) => ({
        sighting,
        start: Math.max(hit.start, start) - start + offset,
        end: Math.min(hit.end, end) - start + offset,
      }));
      found.push([hit, pieces]);
    }
  }
  return found;
}

/** The parts in which a hit is: they are in order, and many. */
function partsAt(parts: readonly Part[], { start, end }: { start: number; end: number }): Part[] {
  const found: Part[] = [];
  for (let at = firstIndex(parts.length, (index) => (parts[index]?.end ?? 0) > start); at < parts.length; at++) {
    const part = parts[at];
    if (part === undefined || part.start >= end) break;
    if (start < part.end) found.push(part);
  }
  return found;
}

interface Hit {
  start: number;
  end: number;
  set: RuleSet;
  type: DetectedType | null;
}

function hits(text: string, rules: Rules, regions: readonly string[], strict: boolean): Hit[] {
  const found: Hit[] = [];
  if (rules.detect) {
    for (const each of detectText(text, { regions })) {
      const set = rules.ofType(each.type);
      if (set !== undefined && (!strict || hasForm(each))) found.push({ ...each, set });
    }
  }
  for (const { pattern, alone } of rules.patterns) {
    for (const { start, end } of pattern(text)) found.push({ start, end, set: alone, type: null });
  }
  return found;
}

/** A part of a text within the joined one; `offset` is where the part begins in the text. */
interface Part extends Piece {
  readonly offset: number;
}

function join(run: readonly Sighting[], between: string): { text: string; parts: Part[] } {
  const parts: Part[] = [];
  const texts: string[] = [];
  let length = 0;
  const push = (text: string) => {
    texts.push(text);
    length += text.length;
  };
  for (const sighting of run) {
    const { text } = sighting.leaf;
    if (parts.length > 0) push(between);
    for (const [from, to] of endsOf(text.length)) {
      if (from > 0) push(apart);
      parts.push({ sighting, start: length, end: length + to - from, offset: from });
      push(text.slice(from, to));
    }
  }
  return { text: texts.join(''), parts };
}

function endsOf(length: number): [from: number, to: number][] {
  if (length <= 2 * near) return [[0, length]];
  return [
    [0, near],
    [length - near, length],
  ];
}

/** What no text holds by chance. */
function hasForm({ type, confidence }: Found): boolean {
  return type === 'EMAIL' || type === 'IBAN' || (type === 'SECRET' && confidence >= 0.9);
}
