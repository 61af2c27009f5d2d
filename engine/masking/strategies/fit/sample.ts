import type { Draw } from '../draw.ts';

/**
 * A text of the form that a regular expression asks for, undefined for what is not read here (looking around, references
 * back, classes of Unicode). Whoever uses it asks the expression itself whether it holds.
 */
export function sample(pattern: string, draw: Draw): string | undefined {
  const reader: Reader = { pattern, at: 0, draw, budget: 2_000 };
  try {
    const text = alternatives(reader, 0);
    return reader.at === pattern.length && text.length <= 256 ? text : undefined;
  } catch (error) {
    if (error === unread) return undefined;
    throw error;
  }
}

interface Reader {
  readonly pattern: string;
  at: number;
  readonly draw: Draw;
  budget: number;
}

const unread = new Error('A part of a regular expression that is not read here.');

/** All are read, the first is taken: it is the same one for every value. */
function alternatives(reader: Reader, depth: number): string {
  if (depth > 20) throw unread;
  const first = sequence(reader, depth);
  while (reader.pattern[reader.at] === '|') {
    reader.at++;
    sequence(reader, depth);
  }
  return first;
}

function sequence(reader: Reader, depth: number): string {
  let text = '';
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern.charAt(reader.at))) {
    const start = reader.at;
    let part = atom(reader, depth);
    const end = reader.at;
    const count = repetitions(reader);
    const after = reader.at;
    const parts = count === 0 ? [] : [part];
    for (let index = 1; index < count; index++) {
      // Read again, so that each repetition is drawn for itself.
      reader.at = start;
      part = atom(reader, depth);
      if (reader.at !== end) throw unread;
      parts.push(part);
    }
    reader.at = after;
    text += parts.join('');
    if (text.length > 256) throw unread;
  }
  return text;
}

/** As few as are asked for, but eight where as many may be: of fewer there are too few different ones. */
function repetitions(reader: Reader): number {
  const [all = '', sign, low = '', comma, high = ''] = quantifier(reader) ?? [];
  reader.at += all.length;
  if (all === '') return 1;
  const least = sign === '+' ? 1 : low === '' ? 0 : Number(low);
  const most = sign === '?' ? 1 : sign !== undefined || (comma === ',' && high === '') ? 256 : Number(high || low);
  return Math.max(least, Math.min(most, sign === '?' || least === 0 ? 0 : 8));
}

function quantifier({ pattern, at }: Reader): RegExpExecArray | null {
  const form = /(?:([*+?])|\{(\d{1,3})(?:(,)(\d{0,3}))?\})\??/y;
  form.lastIndex = at;
  return form.exec(pattern);
}

function atom(reader: Reader, depth: number): string {
  if (--reader.budget < 0) throw unread;
  const sign = reader.pattern.charAt(reader.at++);
  switch (sign) {
    case '^':
    case '$':
      return '';
    case '(':
      return group(reader, depth);
    case '[':
      return choose(reader, classOf(reader));
    case '.':
      return choose(reader, lettersAndDigits);
    case '\\':
      return choose(reader, escaped(reader));
    case '*':
    case '+':
    case '?':
      throw unread;
    default:
      return sign;
  }
}

function group(reader: Reader, depth: number): string {
  const opened = /\?(?::|<[A-Za-z]\w{0,31}>)|(?!\?)/y;
  opened.lastIndex = reader.at;
  const [mark] = opened.exec(reader.pattern) ?? [];
  if (mark === undefined) throw unread;
  reader.at += mark.length;
  const text = alternatives(reader, depth + 1);
  if (reader.pattern[reader.at++] !== ')') throw unread;
  return text;
}

function choose({ draw }: Reader, characters: string): string {
  if (characters === '') throw unread;
  return characters.charAt(draw.below(characters.length));
}

function escaped(reader: Reader): string {
  const sign = reader.pattern.charAt(reader.at++);
  if (sign === 'd') return digits;
  if (sign === 'w') return lettersAndDigits;
  if (sign === 's') return ' ';
  if (sign === 'D' || sign === 'S') return letters;
  if (sign === 'W') return '-';
  if (sign === 't') return '\t';
  if (sign === 'n') return '\n';
  if (sign === '' || /[\w]/.test(sign)) throw unread;
  return sign;
}

/** The characters of a class, those of ASCII alone; the reader is behind its `[`. */
function classOf(reader: Reader): string {
  const negated = reader.pattern[reader.at] === '^';
  if (negated) reader.at++;
  let held = '';
  for (;;) {
    const sign = reader.pattern.charAt(reader.at++);
    if (sign === '') throw unread;
    if (sign === ']') break;
    const from = sign === '\\' ? escaped(reader) : sign;
    const range = from.length === 1 && reader.pattern[reader.at] === '-' && reader.pattern[reader.at + 1] !== ']';
    if (!range) {
      held += from;
      continue;
    }
    reader.at++;
    const last = reader.pattern.charAt(reader.at++);
    const to = last === '\\' ? escaped(reader) : last;
    if (to.length !== 1) throw unread;
    held += Array.from(printable)
      .filter((character) => character >= from && character <= to)
      .join('');
  }
  if (!negated) return held;
  // Letters and digits first: what is to be no comma need not be a quotation mark.
  return Array.from(lettersAndDigits + printable)
    .filter((character) => !held.includes(character))
    .join('');
}

const digits = '0123456789';
const letters = 'xyzabcdefghijklmnopqrstuvwABCDEFGHIJKLMNOPQRSTUVWXYZ';
const lettersAndDigits = letters + digits;
const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('');
