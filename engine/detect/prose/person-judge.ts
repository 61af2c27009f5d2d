import { ALSO_WORD, GIVEN, looksLikeSurname, PLAIN, SURNAME } from './name-book.ts';
import {
  COLON_CUE,
  GREETING_CUE,
  INTRODUCTION_CUE,
  KIN_CUE,
  ROLE_CUE,
  SIGNATURE_CUE,
  TITLE_CUE,
  WEAK_CUE,
} from './person-cues.ts';

/** A run of words that may be a name, with what stands around it. */
export interface Candidate {
  folded: readonly string[];
  /** What the name lists know of each word. */
  bits: readonly number[];
  /** One of the cues of person-cues. */
  before: number;
  after: boolean;
  /** The word after it makes it a body, a place or a product. */
  entity: boolean;
  /** It is the whole text. */
  alone: boolean;
  /** It stands alone between quotes or in a cell of a table. */
  framed: boolean;
  /** No further capitalised word follows it directly. */
  closed: boolean;
  /** It stands behind a label and a colon. */
  labelled: boolean;
  /** A word in small letters follows that is none of those that follow names. */
  runsOn: boolean;
}

/** Which members are the name, and how sure that is. */
export interface Verdict {
  from: number;
  to: number;
  confidence: number;
  detector: string;
}

/** Decides whether a run of words is a name: by the lists, the shape of its words and the cues around it. */
export function judgeName(run: Candidate): Verdict | undefined {
  if (run.entity && run.before !== TITLE_CUE && run.before !== INTRODUCTION_CUE) return undefined;
  if (run.folded.length === 1) return judgeSingle(run);
  return byGiven(run) ?? bySurname(run) ?? byCue(run);
}

function verdict(from: number, to: number, confidence: number, detector: string): Verdict {
  return { from, to, confidence, detector };
}

function judgeSingle(run: Candidate): Verdict | undefined {
  const bits = run.bits[0] ?? 0;
  if ((run.folded[0] ?? '').length < 2) return undefined;
  const clear = !(bits & ALSO_WORD);
  switch (run.before) {
    case TITLE_CUE:
      return run.closed ? verdict(0, 0, 0.8, 'person.title') : undefined;
    case INTRODUCTION_CUE:
    case SIGNATURE_CUE:
      return bits & GIVEN ? verdict(0, 0, 0.7, 'person.cue') : undefined;
    case KIN_CUE:
    case GREETING_CUE:
      return bits & GIVEN && clear ? verdict(0, 0, 0.7, 'person.cue') : undefined;
    case ROLE_CUE:
      // `name: Charlotte mould`: a thing that bears a name
      if (run.labelled && run.runsOn) return undefined;
      return bits & (GIVEN | SURNAME) && clear ? verdict(0, 0, 0.6, 'person.cue') : undefined;
    default:
      return undefined;
  }
}

/** A known given name with a word after it. */
function byGiven(run: Candidate): Verdict | undefined {
  const last = run.folded.length - 1;
  for (let at = 0; at < last; at += 1) {
    const bits = run.bits[at] ?? 0;
    if (!(bits & GIVEN)) continue;
    const next = run.bits[at + 1] ?? 0;
    const strong = run.before >= ROLE_CUE;
    const from = strong || (at > 0 && surnameBits(run, 0) === 2 && last === at) ? 0 : at;
    const surname = surnameBits(run, last);
    if (!(bits & ALSO_WORD)) return verdict(from, last, surname > 0 || next & GIVEN ? 0.9 : 0.75, 'person.names');
    if (surname > 0 || strong || run.after) return verdict(from, last, 0.7, 'person.names');
  }
  // `Kowalska Anna`: both known, the surname first
  if (last === 1 && surnameBits(run, 0) === 2 && (run.bits[1] ?? 0) & GIVEN && !((run.bits[1] ?? 0) & ALSO_WORD)) {
    return verdict(0, 1, 0.7, 'person.names');
  }
  return undefined;
}

/** 2 for a word that is a surname and nothing else, 1 for one that may be, 0 for others. */
function surnameBits(run: Candidate, index: number): number {
  const bits = run.bits[index] ?? 0;
  if (bits & SURNAME) return bits & ALSO_WORD ? 1 : 2;
  return looksLikeSurname(run.folded[index] ?? '') ? 1 : 0;
}

/** An initial, or an unknown word beside other signs, before a surname. */
function bySurname(run: Candidate): Verdict | undefined {
  const last = run.folded.length - 1;
  const surname = surnameBits(run, last);
  const first = run.folded[0] ?? '';
  if (last > 3) return undefined;
  if (first.length === 1 && run.bits[last] === 0 && run.closed && (run.before >= WEAK_CUE || run.after)) {
    return (run.folded[last] ?? '').length > 2 ? verdict(0, last, 0.6, 'person.names') : undefined;
  }
  // `D. Anna Example`: a title or an initial, and two words that are nothing else.
  if (first.length === 1 && last === 2 && run.closed && run.bits.every((bits) => !(bits & PLAIN)))
    return verdict(0, last, 0.6, 'person.names');
  if (surname === 0) return undefined;
  if (first.length === 1 && (surname === 2 || run.before >= WEAK_CUE || run.after))
    return verdict(0, last, 0.7, 'person.names');
  // `Frankfurt West`, `Landing Page`: a place before it, or nothing that speaks of somebody.
  const isWord = Boolean((run.bits[last] ?? 0) & ALSO_WORD);
  const placed = run.bits.some((bits, at) => at < last && bits & ALSO_WORD && !(bits & GIVEN));
  if (run.before >= ROLE_CUE || run.after) return verdict(0, last, 0.65, 'person.names');
  if (run.before === WEAK_CUE && !placed) return verdict(0, last, 0.65, 'person.names');
  if (run.alone && !isWord) return verdict(0, last, 0.65, 'person.names');
  if ((run.before === COLON_CUE || run.framed) && surname === 2 && run.closed && !run.runsOn)
    return verdict(0, last, 0.6, 'person.names');
  return undefined;
}

/** Unknown words that a cue calls a name. */
function byCue(run: Candidate): Verdict | undefined {
  const last = run.folded.length - 1;
  if (last > 3 || run.bits.some((bits) => bits & PLAIN && !(bits & (GIVEN | SURNAME)))) return undefined;
  if (run.before === TITLE_CUE || run.before === INTRODUCTION_CUE) return verdict(0, last, 0.75, 'person.cue');
  if (run.before === SIGNATURE_CUE || run.before === KIN_CUE) return verdict(0, last, 0.6, 'person.cue');
  if (run.before === GREETING_CUE && last === 1 && run.closed && !run.runsOn)
    return verdict(0, last, 0.6, 'person.cue');
  if (run.before === ROLE_CUE && (run.closed || run.after)) return verdict(0, last, 0.6, 'person.cue');
  if (run.after && run.closed && last === 1 && run.folded.every((word) => word.length > 2)) {
    return verdict(0, last, 0.55, 'person.cue');
  }
  return undefined;
}
