import type { Found } from '../types.ts';
import {
  AFTER,
  ALSO_WORD,
  ENTITY,
  GIVEN,
  GREETING,
  KIN,
  known,
  knownName,
  PARTICLE,
  PLAIN,
  ROLE,
  SURNAME,
  TITLE,
  WEAK,
} from './name-book.ts';
import { isNamesake } from './namesakes.ts';
import { beginsAnother, endsEntity, goesOnWith, isAddressed, isFramed, isMention, type List } from './person-around.ts';
import { cueAfter, cueBefore, isLabel, KIN_CUE, NO_CUE, ROLE_CUE, TITLE_CUE } from './person-cues.ts';
import { type Candidate, judgeName } from './person-judge.ts';
import { readLowerCase } from './person-lower.ts';
import { foldedWord, type Prose, word } from './text.ts';
import { CAPITAL, COMMA, DOT, ELISION, LOWER, OTHER, SPACE, UPPER } from './words.ts';

/** A name has at most so many words, particles not counted. */
const MOST_WORDS = 5;

/** Names of people in prose. `taken` marks words that are part of an address. */
export function findPersons(prose: Prose, taken: Uint8Array, found: Found[]): void {
  let index = 0;
  const list: List = { end: -1 };
  while (index < prose.count) {
    const kind = prose.kind[index];
    if (taken[index] || (kind !== CAPITAL && kind !== UPPER && !isMention(prose, index))) {
      if (kind === LOWER && !taken[index]) {
        const next = readLowerCase(prose, index, found);
        if (next > index) {
          index = next;
          continue;
        }
      }
      index += 1;
      continue;
    }
    index = Math.max(index + 1, readRun(prose, index, taken, list, found));
  }
}

/** Reads the capitalised words from `from` up to one that cannot be in a name; gives the index after them. */
function readRun(prose: Prose, from: number, taken: Uint8Array, list: List, found: Found[]): number {
  const members: number[] = [];
  const bits: number[] = [];
  let index = from;
  while (index < prose.count && members.length < MOST_WORDS && !taken[index]) {
    if (index > from && !follows(prose, index)) break;
    const kind = prose.kind[index];
    if (kind === LOWER || (kind === CAPITAL && members.length > 0 && isParticle(prose, index))) {
      const end = particlesEnd(prose, index);
      if (members.length === 0 || end === index || taken[end] || beginsAnother(prose, index, end, members.length))
        break;
      index = end;
      continue;
    }
    if (kind !== CAPITAL && kind !== UPPER && index > from) break;
    const known = bitsOf(prose, index);
    if (stops(known)) {
      // After a title or as the second word a plain word can be a surname (Frau Zimmer, Anna Weber).
      const surname = members.length > 0 && known & SURNAME && !(known & (TITLE | ROLE));
      // `Frau Lisette Ring`: behind a title a word for a thing is a surname too.
      const titled =
        members.length === 1 && (known & ~(GIVEN | ALSO_WORD)) === ENTITY && cueBefore(prose, from) === TITLE_CUE;
      // `Alexa Bruder, Augustin Voisin`: a word for people ends a name where no other name follows it.
      const ending =
        members.length === 1 &&
        isClearGiven(bits[0] ?? 0) &&
        (known & (KIN | ROLE | TITLE)) !== 0 &&
        endsHere(prose, index + 1);
      if (!surname && !titled && !ending) {
        // `Herr Van Oosterwijk`: a small word with a capital begins the name
        const begins = members.length === 0 && isParticle(prose, index) && cueBefore(prose, from) >= KIN_CUE;
        if (begins && index < from + 2) {
          index += 1;
          continue;
        }
        if (members.length === 0) return index + 1;
        break;
      }
    }
    members.push(index);
    bits.push(known);
    index += 1;
  }
  if (members.length === 0) return index;
  if (surnameFirst(prose, members, bits, index, found)) return index + 1;
  judge(prose, { members, bits, head: from, next: index }, taken, list, found);
  return index;
}

/** Names that are a small word of some language where their accents are left out. */
const accented: ReadonlySet<string> = new Set(['Pär', 'Kåre', 'Áed', 'Dána']);

function bitsOf(prose: Prose, index: number): number {
  const known = knownName(foldedWord(prose, index));
  return known !== 0 && stops(known) && accented.has(word(prose, index)) ? GIVEN : known;
}

function isClearGiven(bits: number): boolean {
  return (bits & (GIVEN | ALSO_WORD)) === GIVEN;
}

function endsHere(prose: Prose, index: number): boolean {
  return index >= prose.count || prose.before[index] !== SPACE;
}

function follows(prose: Prose, index: number): boolean {
  const gap = prose.before[index];
  if (gap === SPACE || gap === ELISION) return true;
  // `J. Smith`, `J.R. Ewing`: one letter, then a dot
  if (gap !== DOT) return false;
  const end = prose.end[index - 1] ?? 0;
  return end === (prose.start[index - 1] ?? 0) + 1 || prose.text.charCodeAt(end - 2) === 0x2d;
}

/** The index after small words (`van der`), when a capital follows within three. */
function particlesEnd(prose: Prose, from: number): number {
  for (let index = from; index < prose.count && index < from + 4; index += 1) {
    const gap = prose.before[index];
    if (gap !== SPACE && (gap !== ELISION || index === from) && !isShortened(prose, index)) return from;
    const kind = prose.kind[index];
    if (kind === CAPITAL && index > from && !isParticle(prose, index)) return index;
    if (isShortened(prose, index)) continue;
    if ((kind !== LOWER && kind !== CAPITAL) || !isParticle(prose, index)) return from;
  }
  return from;
}

/** `Van`, `De`, `Le`, `Ó` as part of a name. */
function isParticle(prose: Prose, index: number): boolean {
  return (known(foldedWord(prose, index)) & PARTICLE) !== 0 || prose.text[prose.start[index] ?? 0] === 'Ó';
}

/** `van 't Hoff`: a word without its beginning. */
function isShortened(prose: Prose, index: number): boolean {
  return (
    /^ ['’]$/.test(prose.text.slice(prose.end[index - 1], prose.start[index])) &&
    /^[ts]$/.test(foldedWord(prose, index))
  );
}

function stops(bits: number): boolean {
  if (bits & (TITLE | ROLE | KIN | GREETING)) return !(bits & GIVEN) || (bits & (TITLE | ROLE)) !== 0;
  return (bits & (PLAIN | ENTITY)) !== 0 && !(bits & GIVEN);
}

/** `Kowalska, Anna`: a surname that is nothing else, a comma, a given name that is nothing else. */
function surnameFirst(
  prose: Prose,
  members: readonly number[],
  bits: readonly number[],
  next: number,
  found: Found[],
): boolean {
  const [member = 0] = members;
  const surname = bits[0] ?? 0;
  if (members.length !== 1 || !(surname & SURNAME) || surname & (ALSO_WORD | GIVEN)) return false;
  if (next >= prose.count || prose.before[next] !== COMMA || prose.kind[next] !== CAPITAL) return false;
  const given = knownName(foldedWord(prose, next));
  if (!(given & GIVEN) || given & (ALSO_WORD | SURNAME)) return false;
  const span = { start: prose.start[member] ?? 0, end: prose.end[next] ?? 0 };
  found.push({ ...span, type: 'PERSON', detector: 'person.names', confidence: 0.7 });
  return true;
}

/** A run as it was read: the words that count, the first word of all, the word after it. */
interface Run {
  members: readonly number[];
  bits: readonly number[];
  head: number;
  next: number;
}

function judge(prose: Prose, run: Run, taken: Uint8Array, list: List, found: Found[]): void {
  const { members, bits, head, next } = run;
  const first = members[0] ?? 0;
  const last = members[members.length - 1] ?? first;
  const cue = cueBefore(prose, head);
  const labelled = cue > NO_CUE && prose.before[head] === OTHER && isLabel(prose, head);
  const listed = goesOnWith(prose, list.end, head);
  const candidate: Candidate = {
    folded: members.map((member) => foldedWord(prose, member)),
    bits,
    before: listed ? Math.max(cue, ROLE_CUE) : cue,
    after: cueAfter(prose, last + 1) || isAddressed(prose, last + 1, taken),
    entity: endsEntity(prose, last + 1),
    alone: first === 0 && last + 1 === prose.count,
    framed: isFramed(prose, head, last),
    closed: next >= prose.count || prose.before[next] !== SPACE || prose.kind[next] === LOWER,
    labelled,
    runsOn:
      last + 1 < prose.count &&
      prose.before[last + 1] === SPACE &&
      prose.kind[last + 1] === LOWER &&
      !(known(foldedWord(prose, last + 1)) & (AFTER | WEAK | PARTICLE | PLAIN)),
  };
  const [only = ''] = candidate.folded;
  // A customer may bear the name of a brand.
  const somebody = candidate.before >= ROLE_CUE && !labelled && members.length > 1;
  if (isNamesake(candidate.folded, somebody)) return;
  if (members.length === 1 && isNamesake([foldedWord(prose, head - 1), only])) return;
  const verdict = judgeName(candidate);
  if (verdict === undefined) return;
  if (listed || (labelled && candidate.before === ROLE_CUE)) list.end = last + 1;
  const start = prose.start[verdict.from === 0 ? head : (members[verdict.from] ?? first)] ?? 0;
  let end = prose.end[members[verdict.to] ?? last] ?? start;
  if (/['’]s$/.test(prose.text.slice(end - 2, end))) end -= 2;
  found.push({ start, end, type: 'PERSON', detector: verdict.detector, confidence: verdict.confidence });
}
