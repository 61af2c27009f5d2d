import type { Found } from '../types.ts';
import { addressBefore } from './address-back.ts';
import { known, PLAIN } from './name-book.ts';
import { britishEnd, goesOn, postcodeEnd, townEnd } from './postcode.ts';
import { namedStreetAt, streetAt } from './street.ts';
import { cues, units } from './street-words.ts';
import { foldedWord, type Prose, word } from './text.ts';
import { COMMA, DOT, LINE, MIXED, NUMBER, OTHER, SPACE } from './words.ts';

/** Postal addresses in prose; marks their words in `taken`. Each word is looked at a bounded number of times. */
export function findAddresses(prose: Prose, taken: Uint8Array, found: Found[]): void {
  let free = 0;
  for (let index = 0; index < prose.count; index += 1) {
    const kind = prose.kind[index];
    if (index < free || kind === NUMBER) continue;
    const span = kind === MIXED ? british(prose, index, free) : undefined;
    const street = span ?? byStreet(prose, index, free);
    if (street === undefined) continue;
    taken.fill(1, street.from, street.to);
    found.push({
      start: prose.start[street.from] ?? 0,
      end: endOf(prose, street.to),
      type: 'ADDRESS',
      detector: street.detector,
      confidence: street.confidence,
    });
    free = street.to;
  }
}

interface Address {
  from: number;
  to: number;
  confidence: number;
  detector: string;
}

/** An address that a British or Irish postcode ends: its parts stand before it. */
function british(prose: Prose, index: number, free: number): Address | undefined {
  const text = word(prose, index);
  if (text.length > 7) return undefined;
  const end = britishEnd(prose, index, text);
  if (end === index) return undefined;
  const from = addressBefore(prose, index, free);
  if (from === index) return undefined;
  // `Main Street D02 X285 Dublin`: the town can follow
  const town = prose.before[end] === SPACE || prose.before[end] === COMMA ? townEnd(prose, end) : end;
  return { from, to: town, confidence: 0.9, detector: 'address.postcode' };
}

/** An address by its street, then the house, the postcode and the town as they come. */
function byStreet(prose: Prose, index: number, free: number): Address | undefined {
  const street = streetAt(prose, index, free);
  if (street === undefined) return byPlace(prose, index);
  const house = unitsEnd(prose, street.to);
  const end = placeEnd(prose, house);
  const placed = end > house;
  if (!placed && (street.weak || street.house === false) && !(street.house && cued(prose, street.from)))
    return byPlace(prose, index);
  return { from: street.from, to: end, confidence: placed ? 0.9 : 0.7, detector: 'address.street' };
}

/** An address whose street is no word for one: its house, postcode and town say what it is. */
function byPlace(prose: Prose, index: number): Address | undefined {
  const street = namedStreetAt(prose, index);
  if (street === undefined) return undefined;
  const code = unitsEnd(prose, street.to);
  if (!goesOn(prose, code)) return undefined;
  const town = postcodeEnd(prose, code);
  // A year is no postcode.
  if (town === code || (town === code + 1 && /^(?:19|20)\d\d$/.test(word(prose, code)))) return undefined;
  const end = townEnd(prose, town);
  if (end === town || !(prose.before[town] === SPACE || prose.before[town] === COMMA)) return undefined;
  if (known(foldedWord(prose, town)) & PLAIN && end === town + 1) return undefined;
  return { from: street.from, to: provinceEnd(prose, end), confidence: 0.85, detector: 'address.place' };
}

/** Index after a flat, a floor, a door (`Piso 7`, `Apt. 88`, `3. th`, `2 B`). */
function unitsEnd(prose: Prose, from: number): number {
  let end = from;
  for (let round = 0; round < 3 && end < prose.count && (goesOn(prose, end) || prose.before[end] === DOT); round += 1) {
    const unit = units.has(foldedWord(prose, end));
    // `2.º Esq.`: the sign of the ordinal is a word of its own
    const next = /^[ºª]$/.test(foldedWord(prose, end + 1)) ? end + 2 : end + 1;
    if (unit && next < prose.count && prose.kind[next] === NUMBER && next + 1 - end < 3 && short(prose, next))
      end = next + 1;
    else if (
      unit &&
      prose.before[end] !== LINE &&
      prose.kind[end - 1] === NUMBER &&
      (prose.end[end] ?? 0) - (prose.start[end] ?? 0) > 1
    )
      end = next;
    else if (/^\d{1,2}[ºª°]?$/.test(word(prose, end)) && units.has(foldedWord(prose, next)) && next < prose.count)
      end = next + 1;
    else if (/^\d{1,2}[ºª]$/.test(word(prose, end)))
      end = /^[A-Z]$/.test(next < prose.count ? word(prose, next) : '') ? next + 1 : next;
    else break;
  }
  return end;
}

function short(prose: Prose, index: number): boolean {
  return (prose.end[index] ?? 0) - (prose.start[index] ?? 0) <= 4;
}

/** Index after postcode and town, in either order, or `from` when neither follows. */
function placeEnd(prose: Prose, from: number): number {
  if (!goesOn(prose, from)) return from;
  const code = postcodeEnd(prose, from);
  if (code > from) {
    if (!goesOn(prose, code)) return isLong(prose, from) ? code : from;
    const town = townEnd(prose, code);
    if (town === code) return isLong(prose, from) ? code : from;
    return provinceEnd(prose, town);
  }
  // town first: `Tarragona, 36318`, `Springfield, IL 62704`; a district may stand between
  let town = townEnd(prose, from);
  for (let round = 0; round < 3 && town > from && goesOn(prose, town); round += 1) {
    // `Dublin 6`: a district of the town
    if (prose.before[town] === SPACE && /^\d{1,2}W?$/.test(word(prose, town)) && goesOn(prose, town + 1)) town += 1;
    const after = postcodeEnd(prose, town);
    if (after > town) return after;
    const next = townEnd(prose, town);
    if (next === town) break;
    town = next;
  }
  return from;
}

/** A bare postcode is one only when it is not a year or a count. */
function isLong(prose: Prose, index: number): boolean {
  return (prose.end[index] ?? 0) - (prose.start[index] ?? 0) > 4;
}

/** `Casorzo (AT)`. */
function provinceEnd(prose: Prose, from: number): number {
  if (from >= prose.count || prose.before[from] !== OTHER || !/^[A-Z]{2}$/.test(word(prose, from))) return from;
  return /^ ?\($/.test(prose.text.slice(prose.end[from - 1], prose.start[from])) ? from + 1 : from;
}

/** The end of an address, with the bracket that closes a province. */
function endOf(prose: Prose, to: number): number {
  const end = prose.end[to - 1] ?? 0;
  const opened = prose.text.charCodeAt((prose.start[to - 1] ?? 0) - 1) === 0x28;
  return opened && prose.text.charCodeAt(end) === 0x29 ? end + 1 : end;
}

/** Whether a word within three before a street says that an address follows. */
function cued(prose: Prose, from: number): boolean {
  for (let index = from - 1; index >= 0 && index >= from - 4; index -= 1)
    if (cues.has(foldedWord(prose, index))) return true;
  return false;
}
