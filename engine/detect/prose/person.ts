import type { Found } from '../types.ts';
import {
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
} from './name-book.ts';
import { isNamesake } from './namesakes.ts';
import { cueAfter, cueBefore, KIN_CUE } from './person-cues.ts';
import { type Candidate, judgeName } from './person-judge.ts';
import { readLowerCase } from './person-lower.ts';
import { foldedWord, type Prose } from './text.ts';
import { CAPITAL, COMMA, DOT, ELISION, LINE, LOWER, SPACE, UPPER } from './words.ts';

/** A name has at most so many words, particles not counted. */
const MOST_WORDS = 5;

/** Names of people in prose. `taken` marks words that are part of an address. */
export function findPersons(prose: Prose, taken: Uint8Array, found: Found[]): void {
  let index = 0;
  while (index < prose.count) {
    const kind = prose.kind[index];
    if (taken[index] || (kind !== CAPITAL && kind !== UPPER)) {
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
    index = Math.max(index + 1, readRun(prose, index, taken, found));
  }
}

/** Reads the capitalised words from `from` up to one that cannot be in a name; gives the index after them. */
function readRun(prose: Prose, from: number, taken: Uint8Array, found: Found[]): number {
  const members: number[] = [];
  const bits: number[] = [];
  let index = from;
  while (index < prose.count && members.length < MOST_WORDS && !taken[index]) {
    if (index > from && !follows(prose, index)) break;
    const kind = prose.kind[index];
    if (kind === LOWER || (kind === CAPITAL && members.length > 0 && isParticle(prose, index))) {
      const end = particlesEnd(prose, index);
      if (members.length === 0 || end === index || taken[end]) break;
      index = end;
      continue;
    }
    if (kind !== CAPITAL && kind !== UPPER) break;
    const folded = foldedWord(prose, index);
    const word = knownName(folded);
    if (stops(word)) {
      // After a title or as the second word a plain word can be a surname (Frau Zimmer, Anna Weber).
      const surname = members.length > 0 && word & SURNAME && !(word & (TITLE | ROLE));
      if (!surname) {
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
    bits.push(word);
    index += 1;
  }
  if (members.length === 0) return index;
  if (surnameFirst(prose, members, bits, index, found)) return index + 1;
  judge(prose, { members, bits, head: from, next: index }, taken, found);
  return index;
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

function judge(prose: Prose, run: Run, taken: Uint8Array, found: Found[]): void {
  const { members, bits, head, next } = run;
  const first = members[0] ?? 0;
  const last = members[members.length - 1] ?? first;
  const candidate: Candidate = {
    folded: members.map((member) => foldedWord(prose, member)),
    bits,
    before: cueBefore(prose, head),
    after: cueAfter(prose, last + 1) || isAddressed(prose, last + 1, taken),
    entity: endsEntity(prose, last + 1),
    alone: first === 0 && last + 1 === prose.count,
    closed: next >= prose.count || prose.before[next] !== SPACE || prose.kind[next] === LOWER,
  };
  const [only = ''] = candidate.folded;
  if (isNamesake(candidate.folded) || (members.length === 1 && isNamesake([foldedWord(prose, head - 1), only]))) return;
  const verdict = judgeName(candidate);
  if (verdict === undefined) return;
  const start = prose.start[verdict.from === 0 ? head : (members[verdict.from] ?? first)] ?? 0;
  let end = prose.end[members[verdict.to] ?? last] ?? start;
  if (/['’]s$/.test(prose.text.slice(end - 2, end))) end -= 2;
  found.push({ start, end, type: 'PERSON', detector: verdict.detector, confidence: verdict.confidence });
}

/** Whether an address follows: `Anna Example, 3 Mill Lane`. */
function isAddressed(prose: Prose, index: number, taken: Uint8Array): boolean {
  const gap = prose.before[index];
  return taken[index] === 1 && (gap === COMMA || gap === LINE || gap === SPACE);
}

/** Whether the word after a run makes it a body, a place or a product: `Anna Freud Institute`, `Ernst Young GmbH`. */
function endsEntity(prose: Prose, index: number): boolean {
  if (index >= prose.count || prose.before[index] !== SPACE) {
    return /^ & [A-ZÀ-Þ]/.test(prose.text.slice(prose.end[index - 1], (prose.end[index - 1] ?? 0) + 4));
  }
  const bits = known(foldedWord(prose, index));
  if (!(bits & ENTITY)) return false;
  return prose.kind[index] !== LOWER || !(bits & (PARTICLE | ALSO_WORD | PLAIN));
}
