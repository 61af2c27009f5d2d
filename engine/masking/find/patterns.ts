import { RE2JS } from 're2js';
import { WritError } from '../../errors.ts';
import { programSize } from '../../policy/builtins/regex-size.ts';

/** A part of a text. Offsets in UTF-16 code units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Finds what an author's expression matches, without matches that are empty. */
export type Pattern = (text: string) => Span[];

const longest = 2_048;
/** As `programSize` counts them. */
const mostInstructions = 5_000;
const mostKept = 1_000;
const compiled = new Map<string, Pattern>();

/**
 * A regular expression of RE2, which takes time in proportion to expression and text; the last ones are remembered.
 * @throws WritError WRIT_MASK_PATTERN, which repeats nothing of it: it may have been made of arguments
 */
export function compilePattern(source: string): Pattern {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const pattern = compile(source);
  if (compiled.size >= mostKept) compiled.clear();
  compiled.set(source, pattern);
  return pattern;
}

function compile(source: string): Pattern {
  if (source === '' || source.length > longest || programSize(source) > mostInstructions) {
    throw new WritError('WRIT_MASK_PATTERN', 'It is empty or too large.');
  }
  let expression: RE2JS;
  try {
    expression = RE2JS.compile(source);
  } catch {
    throw new WritError('WRIT_MASK_PATTERN');
  }
  return (text) => {
    const spans: Span[] = [];
    const matcher = expression.matcher(text);
    while (matcher.find()) {
      const [start, end] = [matcher.start(), matcher.end()];
      if (end > start) spans.push({ start, end });
    }
    return spans;
  };
}
