import { detectLeaves } from '../../detect/document/detect-leaves.ts';
import type { Recurring } from '../../detect/document/recurring.ts';
import type { Found } from '../../detect/types.ts';
import { mark, ofNode, setNode } from '../read.ts';
import type { Rules } from '../rules.ts';
import { tokenShape } from '../token.ts';
import { ownsAcross, type Runs } from './borders.ts';
import { merged, type Own } from './owns.ts';
import type { Look, Sighting, Sightings } from './sightings.ts';

/** What is looked for, and where people are likely to live. */
export interface Wanted {
  readonly rules: Rules;
  readonly known: Recurring;
  readonly regions: readonly string[];
}

/**
 * Notes in the readings what detectors and patterns find in them. Returns what they find in names of members.
 * @throws WritError WRIT_MASK_FAILED
 */
export function findOwn({ looks }: Sightings, runs: Runs, { rules, known, regions }: Wanted): Map<string, Own[]> {
  const found = new Map<Sighting, Own[]>();
  const add = (sighting: Sighting, own: Own) => {
    const owns = found.get(sighting);
    if (owns === undefined) found.set(sighting, [own]);
    else owns.push(own);
  };
  const leaves = looks.map(({ leaf }) => leaf);
  const detected = rules.detect ? detectLeaves(leaves, { regions, known }) : [];
  looks.forEach((look, index) => {
    for (const own of ownsOf(look, detected[index] ?? [], rules)) add(look.of, own);
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

function ownsOf({ leaf, place }: Look, detected: readonly Found[], rules: Rules): Own[] {
  const { text } = leaf;
  const owns: Own[] = [];
  const tokens = text.includes('tok_') ? [...text.matchAll(tokenShape)] : [];
  const isToken = (at: number, to: number) =>
    tokens.some(({ 0: token, index }) => index <= at && to <= index + token.length);
  const push = (from: number, to: number, own: Omit<Own, 'start' | 'end' | 'value'>) => {
    // What stands for a value says nothing of it.
    if (isToken(from, to)) return;
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
