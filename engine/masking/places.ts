import { joined } from '../json/joined.ts';
import { redacted } from './strategies/index.ts';
import type { Credit } from './tally.ts';

/** A part of a text that something is shown in place of, and the masks that ask for it. Offsets in UTF-16 code units. */
export interface Place {
  readonly start: number;
  readonly end: number;
  readonly instead: string;
  readonly credits: readonly Credit[];
}

/**
 * The text with each place replaced. Of places that lie within one another the widest is shown, of equal ones the first;
 * what else overlaps goes together, as `[redacted]`, so that no end of a value stays behind. `counted` is told of each.
 */
export function replacePlaces(text: string, places: readonly Place[], counted?: (place: Place) => void): string {
  const [only] = places;
  if (only === undefined) return text;
  if (places.length === 1) {
    counted?.(only);
    return joined(text.slice(0, only.start), only.instead, text.slice(only.end));
  }
  const parts: string[] = [];
  let keptTo = 0;
  for (const place of apart(places)) {
    const { start, end, instead } = place;
    counted?.(place);
    parts.push(text.slice(keptTo, start), instead);
    keptTo = end;
  }
  parts.push(text.slice(keptTo));
  return parts.join('');
}

/** In order and without overlaps. */
function apart(places: readonly Place[]): Place[] {
  const shown: Place[] = [];
  for (const place of places.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = shown.at(-1);
    if (last === undefined || place.start >= last.end) {
      shown.push(place);
      continue;
    }
    const credits = together(last.credits, place.credits);
    shown[shown.length - 1] =
      place.end > last.end ? { start: last.start, end: place.end, instead: redacted, credits } : { ...last, credits };
  }
  return shown;
}

function together(first: readonly Credit[], second: readonly Credit[]): readonly Credit[] {
  const added = second.filter((credit) => !first.some((other) => isSame(other, credit)));
  return added.length === 0 ? first : [...first, ...added];
}

function isSame(one: Credit, other: Credit): boolean {
  return one.rule === other.rule && one.strategy === other.strategy && one.category === other.category;
}
