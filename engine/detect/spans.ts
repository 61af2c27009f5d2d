import type { DetectedType, Found } from './types.ts';

/** A value found in a text: offsets in Unicode code points of the text, as programs in other languages count. */
export interface Span {
  start: number;
  end: number;
  type: DetectedType;
}

/** The places of values in code points instead of UTF-16 code units. `found` is in order of `start` and does not overlap. */
export function toCodePoints(text: string, found: readonly Found[]): Span[] {
  let [unit, points] = [0, 0];
  const upTo = (end: number) => {
    for (; unit < end; unit++) {
      // The second half of a pair is no code point of its own; a lone one is.
      const isSecond = isLow(text.charCodeAt(unit)) && unit > 0 && isHigh(text.charCodeAt(unit - 1));
      if (!isSecond) points++;
    }
    return points;
  };
  return found.map(({ start, end, type }) => ({ start: upTo(start), end: upTo(end), type }));
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
