/** Kinds of word: lower case, capitalised, all capitals, begun by a digit, or a mix no name has (camelCase, user_id, parts of addresses). */
export const LOWER = 0;
export const CAPITAL = 1;
export const UPPER = 2;
export const NUMBER = 3;
export const MIXED = 4;

/** What stands before a word. */
export const SPACE = 1;
export const DOT = 2;
export const COMMA = 3;
export const LINE = 4;
export const BLANK_LINE = 5;
export const OTHER = 6;
/** An elision: `d'` before a capital (`d'Aubigné`). */
export const ELISION = 7;

/** The words of a text, one entry each: offsets in UTF-16 code units, the kind, and what stands before it. */
export interface Words {
  count: number;
  start: Int32Array;
  end: Int32Array;
  kind: Uint8Array;
  before: Uint8Array;
}

const SMALL = 1;
const LARGE = 2;
const DIGIT = 3;
const GLUE = 4;
const TABLE_SIZE = 0x530;
const classes = new Uint8Array(TABLE_SIZE);
for (let code = 0; code < TABLE_SIZE; code += 1) {
  const char = String.fromCharCode(code);
  if (code >= 0x30 && code <= 0x39) classes[code] = DIGIT;
  else if (/\p{Lu}|\p{Lt}/u.test(char)) classes[code] = LARGE;
  else if (/\p{L}|\p{M}/u.test(char)) classes[code] = SMALL;
  else if (char === '_' || char === '@' || char === '=' || char === '\\') classes[code] = GLUE;
}

function classOf(code: number): number {
  if (code < TABLE_SIZE) return classes[code] ?? 0;
  // Latin Extended Additional alternates capital and small; other scripts have no cue words here.
  if (code >= 0x1e00 && code <= 0x1eff) return code % 2 === 0 ? LARGE : SMALL;
  return 0;
}

/** Prefixes after which a capital inside a word is ordinary in a name. */
const INNER_CAPITAL = /^(?:Mc|Mac|Fitz|De|Di|Du|La|Le|Lo|Van|Von|Da|Del|Ni|Ui|St)\p{Lu}/u;

/** Splits a text into words in one pass. */
export function splitWords(text: string): Words {
  let capacity = Math.max(16, text.length >> 2);
  let start = new Int32Array(capacity);
  let end = new Int32Array(capacity);
  let kind = new Uint8Array(capacity);
  let before = new Uint8Array(capacity);
  let count = 0;
  let at = 0;
  let gap = OTHER;
  const length = text.length;
  while (at < length) {
    const first = classOf(text.charCodeAt(at));
    if (first === 0 || first === GLUE) {
      gap = widen(gap, text.charCodeAt(at));
      at += 1;
      continue;
    }
    const from = at;
    let small = 0;
    let large = 0;
    let digit = 0;
    let inner = false;
    let joined = true;
    while (at < length) {
      const code = text.charCodeAt(at);
      const kindOf = classOf(code);
      if (kindOf === LARGE) {
        if (!joined && small > 0) inner = true;
        large += 1;
        joined = false;
      } else if (kindOf === SMALL) {
        small += 1;
        joined = false;
      } else if (kindOf === DIGIT) {
        digit += 1;
        joined = false;
      } else if (isJoiner(code, first === DIGIT) && at + 1 < length && joins(classOf(text.charCodeAt(at + 1)))) {
        joined = true;
        if (large === 0 && small < 5 && isElision(text, at, first)) break;
      } else break;
      at += 1;
    }
    if (count === capacity) {
      capacity *= 2;
      start = grown(start, capacity);
      end = grown(end, capacity);
      kind = grownBytes(kind, capacity);
      before = grownBytes(before, capacity);
    }
    start[count] = from;
    end[count] = at;
    before[count] = gap;
    const glued = (from > 0 && classOf(text.charCodeAt(from - 1)) === GLUE) || (at < length && isGlueAfter(text, at));
    if (first === DIGIT) kind[count] = NUMBER;
    else if (digit > 0 || glued) kind[count] = MIXED;
    else if (first === SMALL) kind[count] = large > 0 && inner && !small ? MIXED : LOWER;
    else if (small === 0) kind[count] = large > 1 ? UPPER : CAPITAL;
    else kind[count] = inner && !INNER_CAPITAL.test(text.slice(from, from + 5)) ? MIXED : CAPITAL;
    count += 1;
    gap = 0;
  }
  return { count, start, end, kind, before };
}

function isJoiner(code: number, numeric: boolean): boolean {
  if (code === 0x2d || code === 0x27 || code === 0x2019) return true;
  return numeric && code === 0x2f;
}

/** An apostrophe after small letters and before a capital. */
function isElision(text: string, at: number, first: number): boolean {
  return first === SMALL && text.charCodeAt(at) !== 0x2d && classOf(text.charCodeAt(at + 1)) === LARGE;
}

function joins(kind: number): boolean {
  return kind === SMALL || kind === LARGE || kind === DIGIT;
}

function isGlueAfter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (classOf(code) === GLUE) return code !== 0x5c;
  // a dot with a letter on its other side: a host, a file, a member path
  return code === 0x2e && at + 1 < text.length && classOf(text.charCodeAt(at + 1)) === SMALL;
}

function widen(gap: number, code: number): number {
  if (code === 0x20 || code === 0xa0 || code === 0x09) return gap === 0 ? SPACE : gap === ELISION ? OTHER : gap;
  if (code === 0x27 || code === 0x2019) return gap === 0 ? ELISION : OTHER;
  if (code === 0x2e) return gap === 0 ? DOT : OTHER;
  if (code === 0x2c) return gap <= SPACE ? COMMA : OTHER;
  if (code === 0x0a) {
    if (gap === LINE || gap === BLANK_LINE) return BLANK_LINE;
    return gap <= COMMA ? LINE : OTHER;
  }
  return code === 0x0d ? gap : OTHER;
}

function grown(from: Int32Array<ArrayBuffer>, capacity: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(capacity);
  to.set(from);
  return to;
}

function grownBytes(from: Uint8Array<ArrayBuffer>, capacity: number): Uint8Array<ArrayBuffer> {
  const to = new Uint8Array(capacity);
  to.set(from);
  return to;
}
