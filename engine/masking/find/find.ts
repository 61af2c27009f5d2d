import { detectLeaves } from '../../detect/document/detect-leaves.ts';
import type { Recurring } from '../../detect/document/recurring.ts';
import type { Found } from '../../detect/types.ts';
import { firstIndex } from '../../first-index.ts';
import { mark, ofNode, setNode } from '../read.ts';
import type { Rules } from '../rules.ts';
import { parseToken, tokenShape } from '../token.ts';
import { ownsAcross, type Runs } from './borders.ts';
import { type FoundElsewhere, foundElsewhere } from './elsewhere.ts';
import { merged, type Own } from './owns.ts';
import type { Span } from './patterns.ts';
import type { Look, Sighting, Sightings } from './sightings.ts';

const none: never[] = [];

/** What is looked for, and where people are likely to live. */
export interface Wanted {
  readonly rules: Rules;
  readonly known: Recurring;
  readonly regions: readonly string[];
  /** Whether a token is one that its reader was given: it stands for a value, and says nothing of it. */
  readonly isToken?: ((token: string) => boolean) | undefined;
  /** What is found beside what detectors here find. */
  readonly elsewhere?: FoundElsewhere | undefined;
}

/**
 * Notes in the readings what detectors and patterns find in them. Returns what they find in names of members.
 * @throws WritError WRIT_MASK_FAILED, WRIT_DETECTOR_UNAVAILABLE
 */
export function findOwn({ looks }: Sightings, runs: Runs, wanted: Wanted): Map<string, Own[]> {
  const { rules, known, regions, elsewhere } = wanted;
  const found = new Map<Sighting, Own[]>();
  const add = (sighting: Sighting, own: Own) => {
    const owns = found.get(sighting);
    if (owns === undefined) found.set(sighting, [own]);
    else owns.push(own);
  };
  const others = rules.detect && elsewhere !== undefined ? foundElsewhere(looks, elsewhere, known) : none;
  const leaves = looks.map(({ leaf }) => leaf);
  const detected = rules.detect ? detectLeaves(leaves, { regions, known }) : [];
  looks.forEach((look, index) => {
    const inText = detected[index] ?? none;
    const other = others[index];
    for (const own of ownsOf(look, other === undefined ? inText : inText.concat(other), wanted)) add(look.of, own);
  });
  for (const [sighting, own] of ownsAcross(runs, rules, regions, found)) add(sighting, own);
  const names = new Map<string, Own[]>();
  for (const [sighting, owns] of found) {
    const { text, kind } = sighting.leaf;
    const apart = merged(text, owns);
    if (kind === 'key') names.set(text, apart);
    else note(sighting, apart);
  }
  return names;
}

function ownsOf({ leaf, place }: Look, detected: readonly Found[], { rules, isToken }: Wanted): Own[] {
  const { text } = leaf;
  const owns: Own[] = [];
  const tokens = isToken === undefined ? [] : tokensIn(text, isToken);
  const push = (from: number, to: number, own: Omit<Own, 'start' | 'end' | 'value'>) => {
    if (isWithin(tokens, from, to)) return;
    const [start, end] = place?.(from, to) ?? [from, to];
    owns.push({ start, end, value: text.slice(from, to), ...own });
  };
  for (const each of detected) {
    const set = rules.ofType(each.type);
    if (set !== undefined) push(each.start, each.end, { set, type: each.type });
  }
  for (const { pattern, alone } of rules.patterns) {
    if (leaf.kind === 'key' && place === undefined && text.length < 4) continue;
    for (const { start, end } of pattern(text)) push(start, end, { set: alone, type: null });
  }
  return owns;
}

/** Where tokens stand that the reader was given. A server may write whatever it likes in the form of one. */
function tokensIn(text: string, isToken: (token: string) => boolean): Span[] {
  if (!text.includes('tok_')) return [];
  const tokens: Span[] = [];
  for (const { 0: spelling, index } of text.matchAll(tokenShape)) {
    const token = parseToken(spelling);
    if (token !== undefined && isToken(token.text)) tokens.push({ start: index, end: index + spelling.length });
  }
  return tokens;
}

/** Whether it is within one of many parts, which are in order and do not overlap. */
function isWithin(parts: readonly Span[], from: number, to: number): boolean {
  const part = parts[firstIndex(parts.length, (index) => (parts[index]?.end ?? 0) >= to)];
  return part !== undefined && part.start <= from && to <= part.end;
}

/** A leaf that is found as a whole is masked as a node; of others, the parts. */
function note({ leaf, reading, holder, key }: Sighting, owns: readonly Own[]): void {
  const { found, marks } = reading;
  if (found === undefined) return;
  const byPath = ofNode(marks, holder, key) !== undefined;
  const { text } = leaf;
  const [only] = owns;
  const isWhole =
    only !== undefined && only.notice === undefined && only.value.trim() === text.trim() && only.value !== '';
  if (leaf.kind === 'number' || isWhole || byPath) {
    for (const { set } of owns) mark(marks, holder, key, set);
    const type = only?.type ?? null;
    if (!byPath && type !== null) setNode(found.types, holder, key, type);
  } else setNode(found.owns, holder, key, owns);
}
