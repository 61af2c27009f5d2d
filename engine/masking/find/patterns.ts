import { MatcherInput, RE2JS } from 're2js';
import { WritError } from '../../errors.ts';
import { programSize } from '../../policy/builtins/regex-size.ts';

/** A part of a text. Offsets in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds what an author's expression matches, without matches that are empty.
 * @throws WritError WRIT_MASK_FAILED where it has read too much
 */
export type Pattern = (text: string) => Span[];

const longest = 2_048;
/** As `programSize` counts them. */
const mostInstructions = 5_000;
const mostKept = 1_000;
/** Characters that one expression may read of one message: what is behind a match may be read again for the next. */
const mostRead = 16_777_216;
const compiled = new Map<string, RE2JS>();

/**
 * A regular expression of RE2, for one message: the work of all its texts together is bounded. The last ones are kept compiled.
 * @throws WritError WRIT_MASK_PATTERN, which repeats nothing of it: it may have been made of arguments
 */
export function patternOf(source: string): Pattern {
  const expression = compiled.get(source) ?? compile(source);
  const work = { left: mostRead };
  return (text) => {
    const spans: Span[] = [];
    const matcher = expression.matcher(MatcherInput.utf16(new Metered(text, work)));
    while (matcher.find()) {
      const [start, end] = [matcher.start(), matcher.end()];
      if (end > start) spans.push({ start, end });
    }
    return spans;
  };
}

function compile(source: string): RE2JS {
  if (source === '' || source.length > longest || programSize(source) > mostInstructions) {
    throw new WritError('WRIT_MASK_PATTERN', 'It is empty or too large.');
  }
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(source);
  } catch {
    throw new WritError('WRIT_MASK_PATTERN');
  }
  if (compiled.size >= mostKept) compiled.clear();
  compiled.set(source, expression);
  return expression;
}

/**
 * A text that counts how much of it is read: how often a part is read again, nobody but the expression knows. It is no subclass of
 * String: with one, V8 gives up what it assumes of all strings, and everything takes half as long again.
 */
class Metered {
  readonly length: number;
  readonly #text: string;
  readonly #work: { left: number };

  constructor(text: string, work: { left: number }) {
    this.length = text.length;
    this.#text = text;
    this.#work = work;
  }

  charCodeAt(index: number): number {
    this.#read(1);
    return this.#text.charCodeAt(index);
  }

  codePointAt(index: number): number | undefined {
    this.#read(1);
    return this.#text.codePointAt(index);
  }

  indexOf(part: string, from = 0): number {
    const found = this.#text.indexOf(part, from);
    this.#read((found < 0 ? this.length : found) - from + part.length);
    return found;
  }

  substring(start: number, end?: number): string {
    return this.#text.substring(start, end);
  }

  toString(): string {
    return this.#text;
  }

  /** RE2JS asks by it whether it was given a string. */
  get [Symbol.toStringTag](): string {
    return 'String';
  }

  #read(characters: number): void {
    this.#work.left -= characters;
    if (this.#work.left < 0) throw new WritError('WRIT_MASK_FAILED', 'A pattern reads too much of a message.');
  }
}
