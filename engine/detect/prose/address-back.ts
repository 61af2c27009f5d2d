import { known, ROLE, TITLE } from './name-book.ts';
import { after, cues, units } from './street-words.ts';
import { foldedWord, type Prose, word } from './text.ts';
import { CAPITAL, COMMA, DOT, LINE, LOWER, MIXED, NUMBER, SPACE, UPPER } from './words.ts';

const HOUSE = /^\d{1,4}[a-zA-Z]?(?:[-/]\d{1,4}[a-zA-Z]?)?$/;

/** The first word of the address that a postcode at `index` ends, or `index` when no house or street stands before it. */
export function addressBefore(prose: Prose, index: number, free: number): number {
  let best = index;
  let parts = 0;
  let at = index;
  while (at > free && at > index - 20 && parts < 5) {
    // the part before a comma, a new line or a space: words up to the comma before it
    const last = at - 1;
    const gap = prose.before[at];
    if (gap !== SPACE && gap !== COMMA && gap !== LINE) break;
    const first = partStart(prose, last, free);
    if (first === undefined) break;
    parts += 1;
    if (first.house || first.street) best = first.from;
    if (first.house && first.from > free && !unitBefore(prose, first.from)) break;
    if (first.stop) break;
    at = first.from;
  }
  return best;
}

interface Part {
  from: number;
  house: boolean;
  street: boolean;
  stop: boolean;
}

/** One part of an address, read backwards from its last word. */
function partStart(prose: Prose, last: number, free: number): Part | undefined {
  let street = false;
  let from = last + 1;
  for (let at = last; at >= free && at > last - 7; at -= 1) {
    const kind = prose.kind[at];
    const folded = foldedWord(prose, at);
    // `Dublin 6`: a district of a town.
    const district = kind === NUMBER && at === last && prose.before[at] === SPACE && prose.kind[at - 1] === CAPITAL;
    if (district && at > free && !units.has(foldedWord(prose, at - 1)) && /^\d{1,2}[Ww]?$/.test(word(prose, at))) {
      from = at;
      continue;
    }
    if (kind === NUMBER || kind === MIXED) {
      if (!HOUSE.test(word(prose, at)) && !(kind === MIXED && /^[A-Z]\d{1,3}$/.test(word(prose, at)))) return undefined;
      const unit = at > free && units.has(foldedWord(prose, at - 1)) && prose.before[at] === SPACE;
      return { from: unit ? at - 1 : at, house: true, street, stop: false };
    }
    if (kind === LOWER) {
      if (cues.has(folded) || !/^(?:the|of|on|upon|le|la|de|in|under|by|and)$/.test(folded)) {
        return from > last ? undefined : { from, house: false, street, stop: true };
      }
    } else if (kind === CAPITAL || kind === UPPER) {
      if (known(folded) & (ROLE | TITLE) || cues.has(folded))
        return from > last ? undefined : { from, house: false, street, stop: true };
      if (after.has(folded) && at > free) street = true;
      from = at;
    }
    if (at > free && prose.before[at] !== SPACE && !(prose.before[at] === DOT && foldedWord(prose, at - 1) === 'co'))
      break;
  }
  return from > last ? undefined : { from, house: false, street, stop: false };
}

/** Whether a flat stands before the house: `Flat 9, 12 High Street`. */
function unitBefore(prose: Prose, from: number): boolean {
  return prose.kind[from - 1] === NUMBER && from > 1 && units.has(foldedWord(prose, from - 2));
}
