/** Characters that tell which values a text can hold, as bits. */
export const MARKS = {
  at: 1,
  colon: 2,
  dot: 4,
  hyphen: 8,
  equals: 16,
  space: 32,
  comma: 64,
  /** A capital, or a letter beyond ASCII. */
  capital: 128,
  /** Any other sign of ASCII. */
  other: 256,
} as const;

/** What one look at a text's characters says of it. */
export interface Signs {
  digits: number;
  marks: number;
}

const classes = new Uint16Array(128);
for (let code = 33; code < 127; code++) classes[code] = MARKS.other;
for (let code = 48; code < 58; code++) classes[code] = 0;
for (let code = 97; code < 123; code++) classes[code] = 0;
for (let code = 65; code < 91; code++) classes[code] = MARKS.capital;
for (const code of [9, 10, 13, 32]) classes[code] = MARKS.space;
for (const [char, bit] of [
  ['@', MARKS.at],
  [':', MARKS.colon],
  ['.', MARKS.dot],
  ['-', MARKS.hyphen],
  ['=', MARKS.equals],
  [',', MARKS.comma],
] as const) {
  classes[char.charCodeAt(0)] = bit;
}

/** A character beyond ASCII may be any sign: a typeset space, a dash, a letter. */
const BEYOND = MARKS.space | MARKS.comma | MARKS.hyphen | MARKS.dot | MARKS.capital | MARKS.other;
/** After so many characters a text holds everything, as far as detectors ask. */
const LOOKED = 4096;

/** Counts the digits of a text (all of a long one count as many) and notes its signs. */
export function signsOf(text: string): Signs {
  if (text.length > LOOKED) return { digits: text.length, marks: 511 };
  let digits = 0;
  let marks = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits++;
    else marks |= code < 128 ? (classes[code] ?? 0) : BEYOND;
  }
  return { digits, marks };
}
