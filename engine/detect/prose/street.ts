import { known, PLAIN, ROLE, TITLE } from './name-book.ts';
import { postcodeEnd, standsBehind } from './postcode.ts';
import { after, before, isStreet, links, mayBeStreet, NO_STREET, small, units, weakBefore } from './street-words.ts';
import { foldedWord, type Prose, word } from './text.ts';
import { CAPITAL, COMMA, DOT, ELISION, LINE, LOWER, MIXED, NUMBER, OTHER, SPACE, UPPER } from './words.ts';

/** A street with its house number: words `from` up to `to`. */
export interface Street {
  from: number;
  to: number;
  /** Whether a house number was found. */
  house: boolean;
  /** Whether the street's word says little by itself. */
  weak: boolean;
}

/** The street whose telling word (rue, Bahnhofstrasse, Avenue) is at `index`; nothing before `free` is used. */
export function streetAt(prose: Prose, index: number, free: number): Street | undefined {
  const folded = foldedWord(prose, index);
  if (before.has(folded)) {
    const street = prefixed(prose, index, free, folded);
    if (street !== undefined) return street;
  }
  if (prose.kind[index] === LOWER) return undefined;
  if (after.has(folded) && index > free && prose.before[index] === SPACE) return suffixed(prose, index, free);
  const plain = folded.length < 6 || NO_STREET.has(folded);
  const strong = !plain && isStreet(folded);
  if (!strong && (plain || !mayBeStreet(folded))) return undefined;
  return compound(prose, index, free, !strong);
}

/** `rue de Meunier 12`, `12, rue de Meunier`, `Via Roma, 3`. */
function prefixed(prose: Prose, index: number, free: number, folded: string): Street | undefined {
  let end = index + 1;
  let capitals = 0;
  for (; end < prose.count && end < index + 8; end += 1) {
    const gap = prose.before[end];
    const kind = prose.kind[end];
    if (
      gap !== SPACE &&
      gap !== ELISION &&
      !(gap === DOT && end - 1 <= index + 2 && shortWord(prose, end - 1)) &&
      !isSlash(prose, end)
    )
      break;
    if (kind === CAPITAL || kind === UPPER) {
      if (units.has(foldedWord(prose, end)) && capitals > 0) break;
      if (capitals === 0 && LIKE_WORDS.has(folded) && known(foldedWord(prose, end)) & PLAIN) return undefined;
      capitals += 1;
    } else if (
      kind === NUMBER &&
      capitals === 0 &&
      /^\d{1,2}$/.test(word(prose, end)) &&
      prose.kind[end + 1] !== NUMBER &&
      (isDate(prose, end + 1) || (foldedWord(prose, end + 1) === 'de' && isDate(prose, end + 2)))
    )
      continue;
    else if (kind !== LOWER || !small.has(foldedWord(prose, end))) break;
  }
  if (capitals === 0) return BOXES.has(folded) ? box(prose, index) : undefined;
  while (end > index + 1 && prose.kind[end - 1] === LOWER) end -= 1;
  const house = houseEnd(prose, end);
  const number = numberBefore(prose, index, free);
  const lower = prose.kind[index] === LOWER;
  const comma = number < index || prose.before[end] === COMMA;
  const weak = weakBefore.has(folded) && !(comma && !lower);
  if (number < index)
    return { from: number, to: end, house: true, weak: weakBefore.has(folded) && lower && folded.length < 3 };
  return { from: index, to: house, house: house > end, weak };
}

/** Street words that are words of sentences too: no plain word may follow (`via Outlook 365`). */
const LIKE_WORDS = new Set(['via', 'place', 'route', 'square', 'cours', 'passage']);

const BOXES = new Set(['postfach', 'apartado', 'postbus', 'box', 'bp', 'casella']);

/** `Postfach 10 21 05`. */
function box(prose: Prose, index: number): Street | undefined {
  let end = index + 1;
  while (end < prose.count && end < index + 4 && prose.before[end] === SPACE && /^\d{1,6}$/.test(word(prose, end)))
    end += 1;
  return end === index + 1 ? undefined : { from: index, to: end, house: true, weak: true };
}

function isDate(prose: Prose, index: number): boolean {
  return (
    index < prose.count &&
    /^(?:mai|maggio|mayo|maio|maja|novembre|noviembre|listopada|octobre|outubro|abril|aprile|settembre|setembro|julho|juillet)$/.test(
      foldedWord(prose, index),
    )
  );
}

function shortWord(prose: Prose, index: number): boolean {
  return (prose.end[index] ?? 0) - (prose.start[index] ?? 0) <= 5;
}

/** `C/ Mayor`. */
function isSlash(prose: Prose, index: number): boolean {
  return prose.before[index] === OTHER && /^\/ ?$/.test(prose.text.slice(prose.end[index - 1], prose.start[index]));
}

/**
 * `Oude Delft 42`, `Prešernova ulica 7`: any name with a house number. It is a street if a postcode and a town follow, which the
 * caller looks for.
 */
export function namedStreetAt(prose: Prose, index: number): Street | undefined {
  const kind = prose.kind[index];
  if ((kind !== CAPITAL && kind !== UPPER) || isPlainWord(prose, index)) return undefined;
  let end = index + 1;
  for (; end < prose.count && end < index + 6 && (prose.before[end] === SPACE || isAbbreviated(prose, end)); end += 1) {
    const next = prose.kind[end];
    const isLast = end + 1 < prose.count && prose.kind[end + 1] === NUMBER;
    if (
      next === LOWER
        ? (!isLast && !small.has(foldedWord(prose, end))) || links.has(foldedWord(prose, end))
        : next !== CAPITAL && next !== UPPER
    )
      break;
  }
  if (end >= prose.count || prose.kind[end] !== NUMBER) return undefined;
  const house = houseEnd(prose, end);
  return house === end ? undefined : { from: index, to: house, house: true, weak: true };
}

/** `Jana Pawła II`, `Gedimino pr. 9`: one short word with a dot. */
function isAbbreviated(prose: Prose, index: number): boolean {
  return prose.before[index] === DOT && shortWord(prose, index - 1);
}

function isPlainWord(prose: Prose, index: number): boolean {
  const folded = foldedWord(prose, index);
  return (known(folded) & (PLAIN | ROLE | TITLE)) !== 0 && !before.has(folded) && !after.has(folded);
}

/** `12 Preston Avenue`, `Lange Strasse 12`. */
function suffixed(prose: Prose, index: number, free: number): Street | undefined {
  let from = nameStart(prose, index, free, 4);
  if (from === index) return undefined;
  const number = numberBefore(prose, from, free);
  if (number < from)
    return { from: number, to: index + 1, house: true, weak: ENGLISH_WEAK.has(foldedWord(prose, index)) };
  const house = houseEnd(prose, index + 1);
  if (house === index + 1) return undefined;
  from = Math.max(from, index - 3);
  return {
    from,
    to: house,
    house: true,
    weak: !/^(?:str|strasse|gasse|allee|straat|laan|gatan|gade|vej|katu|vagen)/.test(foldedWord(prose, index)),
  };
}

/** Words that end products and places as well as streets. */
const ENGLISH_WEAK = new Set(
  'close court ct park view place pl way hill green square sq rise walk row circle drive dr st parade gardens'.split(
    ' ',
  ),
);

/** `Bahnhofstrasse 12`, `Alte Bahnhofstrasse 12`, `Hans-Otto-van der Dussen-Strasse 75`. */
function compound(prose: Prose, index: number, free: number, weak: boolean): Street | undefined {
  const house = houseEnd(prose, index + 1);
  if (house === index + 1 && postcodeEnd(prose, house) === house) return undefined;
  return { from: nameStart(prose, index, free, 3), to: house, house: house > index + 1, weak };
}

/** The first word of a street's name: capitals and small words before its telling word, up to `most`. */
function nameStart(prose: Prose, index: number, free: number, most: number): number {
  let from = index;
  for (let at = index - 1; at >= free && at >= index - most; at -= 1) {
    const gap = prose.before[at + 1];
    if (gap === COMMA || (gap !== DOT && gap !== ELISION && !standsBehind(prose, at + 1))) break;
    const kind = prose.kind[at];
    const folded = foldedWord(prose, at);
    if (kind === CAPITAL || kind === UPPER) {
      if (
        known(folded) & (PLAIN | ROLE | TITLE) &&
        !/^(?:alte|neue|lange|am|an|old|new|the|la|le|van|de|high|church|station|st)/.test(folded)
      )
        break;
      if (prose.before[at + 1] === DOT && folded.length > 4) break;
      from = at;
    } else if (kind !== LOWER || !small.has(folded) || links.has(folded)) break;
  }
  return from;
}

/** Index of the house number before a word (`12, rue`), else the word's own index. */
function numberBefore(prose: Prose, index: number, free: number): number {
  const at = index - 1;
  if (at < free || !standsBehind(prose, index)) return index;
  const bis = /^(?:bis|ter|quater)$/.test(foldedWord(prose, at)) && at > free ? at - 1 : at;
  if (prose.kind[bis] !== NUMBER || !/^\d{1,4}[a-zA-Z]?(?:[-/]\d{1,4}[a-zA-Z]?)?$/.test(word(prose, bis))) return index;
  const flat = bis - 1;
  if (
    flat > free &&
    prose.kind[flat] === NUMBER &&
    units.has(foldedWord(prose, flat - 1)) &&
    prose.before[bis] !== OTHER
  )
    return flat - 1;
  return bis;
}

const LABELS = new Set(['n', 'nr', 'no', 'num', 'numero', 'nº', 'º', 'n°', 'nro']);

/** Index after a house number that begins at a word (`12a`, `3/4`, `nº 7`, `S/N`), else the index itself. */
function houseEnd(prose: Prose, index: number): number {
  let at = index;
  if (at >= prose.count || prose.before[at] === LINE) return index;
  const between = prose.text.slice(prose.end[at - 1], prose.start[at]);
  if (!/^\.?,?\s{0,2}$/.test(between)) return index;
  const label = foldedWord(prose, at);
  for (let round = 0; round < 2 && LABELS.has(foldedWord(prose, at)) && at + 1 < prose.count; round += 1) at += 1;
  if (label === 's' && /^\/[nN]/.test(prose.text.slice(prose.end[at], (prose.end[at] ?? 0) + 2))) return at + 2;
  const kind = prose.kind[at];
  if ((kind !== NUMBER && kind !== MIXED) || /^(?:19|20)\d\d-\d\d-\d\d$/.test(word(prose, at))) return index;
  if (!/^\d{1,4}[a-zA-Z]?(?:[-/](?:\d{1,4}[a-zA-Z]?|[a-zA-Z]|[IVX]{1,4})){0,2}$/.test(word(prose, at))) return index;
  if (
    postcodeEnd(prose, at) === at + 1 &&
    at + 1 < prose.count &&
    prose.kind[at + 1] === CAPITAL &&
    prose.before[at] !== SPACE
  )
    return index;
  let end = at + 1;
  if (
    end < prose.count &&
    prose.before[end] === SPACE &&
    /^[a-zA-Z]$/.test(word(prose, end)) &&
    isEnd(prose, end + 1) &&
    !units.has(foldedWord(prose, end))
  ) {
    end += 1;
    // `12 B 4`: the house, the stair, the flat
    if (end < prose.count && prose.before[end] === SPACE && /^\d{1,3}$/.test(word(prose, end))) end += 1;
  } else if (
    end < prose.count &&
    prose.before[end] === SPACE &&
    /^(?:bis|ter|quater|hs|rood|zw)$/.test(word(prose, end))
  ) {
    end += 1;
  }
  return end;
}

function isEnd(prose: Prose, index: number): boolean {
  return index >= prose.count || prose.before[index] !== SPACE || prose.kind[index] === NUMBER;
}
