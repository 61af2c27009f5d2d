import { WritError } from '../../errors.ts';
import type { Literals } from '../literals.ts';
import type { Place } from '../places.ts';
import { addToNode } from '../read.ts';
import { redacted } from '../strategies/index.ts';
import { lettersIn, lettersOf, original } from '../views/index.ts';
import { across, type Runs } from './borders.ts';
import type { Look, Sighting, Sightings } from './sightings.ts';

/**
 * Notes in the readings where values that are masked elsewhere stand in other readings of a text, between its letters, or
 * across the borders of texts. Where they stand as they are, is found when a text is written.
 */
export function findKnown(
  { looks }: Sightings,
  runs: Runs,
  literals: Literals,
  letters: Literals,
): Map<string, Place[]> {
  const names = new Map<string, Place[]>();
  const add = (sighting: Sighting, place: Place) => {
    const { leaf, reading, holder, key } = sighting;
    if (leaf.kind === 'key') {
      const places = names.get(leaf.text);
      if (places === undefined) names.set(leaf.text, [place]);
      else places.push(place);
    } else if (reading.found !== undefined) addToNode(reading.found.places, holder, key, place);
  };
  if (!literals.isEmpty) {
    const findLetters = inLettersOf(letters);
    for (const look of looks) for (const place of inLook(look, literals, findLetters)) add(look.of, place);
  }
  for (const run of [...runs.arrays, ...runs.contents]) {
    for (const [{ credits }, pieces] of across(run, (text) => literals.find(text))) {
      for (const { sighting, start, end } of pieces) add(sighting, { start, end, instead: redacted, credits });
    }
  }
  return names;
}

/** Where values stand in the letters of a text. What a tool says is mostly there twice, as text and structured. */
function inLettersOf(letters: Literals): (text: string) => readonly Place[] {
  const read = new Map<string, readonly Place[]>();
  return (text) => {
    if (letters.isEmpty) return none;
    const known = read.get(text);
    if (known !== undefined) return known;
    const places = letters.find(lettersIn(text));
    read.set(text, places);
    return places;
  };
}

const none: readonly Place[] = [];

function* inLook(
  { leaf, place }: Look,
  literals: Literals,
  findLetters: (text: string) => readonly Place[],
): Generator<Place> {
  if (leaf.kind === 'number') return;
  if (place !== undefined) {
    for (const found of literals.find(leaf.text)) {
      const [start, end] = place(found.start, found.end);
      yield { ...found, start, end };
    }
  }
  const inLetters = findLetters(leaf.text);
  if (inLetters.length === 0) return;
  const view = lettersOf({ ...original(leaf.text), ...(place === undefined ? {} : { place }) });
  for (const found of inLetters) {
    const [start, end] = view.place(found.start, found.end);
    if (end < start) throw new WritError('WRIT_MASK_FAILED');
    yield { ...found, start, end };
  }
}
