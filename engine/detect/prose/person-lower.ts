import type { Found } from '../types.ts';
import {
  AFTER,
  ALSO_WORD,
  ENTITY,
  GIVEN,
  GREETING,
  knownName,
  looksLikeSurname,
  PARTICLE,
  PLAIN,
  ROLE,
  SURNAME,
  TITLE,
  WEAK,
} from './name-book.ts';
import { cueAfter, cueBefore, GREETING_CUE, INTRODUCTION_CUE, WEAK_CUE } from './person-cues.ts';
import { foldedWord, type Prose } from './text.ts';
import { LOWER, SPACE } from './words.ts';

const NOT_NAME = PLAIN | ENTITY | ROLE | TITLE | AFTER | GREETING | WEAK | PARTICLE;

/**
 * Names as people type them in chats, all in lower case: `my name is anna kowalska`. Only a known given name with a cue
 * counts. Gives the index after the name, or `index` when none begins there.
 */
export function readLowerCase(prose: Prose, index: number, found: Found[]): number {
  const length = (prose.end[index] ?? 0) - (prose.start[index] ?? 0);
  if (length < 3 || length > 20) return index;
  const bits = knownName(foldedWord(prose, index));
  if (!(bits & GIVEN) || bits & NOT_NAME) return index;
  const cue = cueBefore(prose, index);
  const next = index + 1;
  const second =
    next < prose.count && prose.kind[next] === LOWER && prose.before[next] === SPACE ? foldedWord(prose, next) : '';
  const secondBits = second === '' ? 0 : knownName(second);
  const surname = secondBits & SURNAME || (secondBits === 0 && looksLikeSurname(second));
  const unknown = second.length > 3 && secondBits === 0 && ends(prose, next + 1);
  const clear = !(bits & ALSO_WORD) && !(secondBits & (ALSO_WORD | NOT_NAME));
  if (
    surname &&
    !(secondBits & NOT_NAME) &&
    (cue > WEAK_CUE || (clear && (cue === WEAK_CUE || cueAfter(prose, next + 1))))
  ) {
    push(prose, index, next, found, 0.7);
    return next + 1;
  }
  if (unknown && cue === INTRODUCTION_CUE) {
    push(prose, index, next, found, 0.6);
    return next + 1;
  }
  if (bits & ALSO_WORD || (cue !== INTRODUCTION_CUE && cue !== GREETING_CUE)) return index;
  push(prose, index, index, found, 0.6);
  return next;
}

/** Whether nothing that could be part of a name follows. */
function ends(prose: Prose, index: number): boolean {
  return (
    index >= prose.count || prose.before[index] !== SPACE || (knownName(foldedWord(prose, index)) & NOT_NAME) !== 0
  );
}

function push(prose: Prose, first: number, last: number, found: Found[], confidence: number): void {
  found.push({
    start: prose.start[first] ?? 0,
    end: prose.end[last] ?? 0,
    type: 'PERSON',
    detector: 'person.lower-case',
    confidence,
  });
}
