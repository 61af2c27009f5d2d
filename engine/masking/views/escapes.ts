import { entities } from './entities.ts';
import { Draft, type View } from './view.ts';

/**
 * Percent-encoding (RFC 3986), HTML's character references and backslash escapes of JSON, JavaScript, C, Python and SQL, however
 * often one kind was applied to itself: `%2540`, `&amp;#64;`, `\\\\u0040`.
 */
export function withoutEscapes(view: View): View | undefined {
  const { text } = view;
  if (!signs.test(text)) return undefined;
  const draft = new Draft(view);
  for (let at = nextSign(text, 0); at < text.length; at = nextSign(text, Math.max(at + 1, draft.read))) {
    const sign = text[at];
    const read = sign === '%' ? percent(text, at) : sign === '&' ? reference(text, at) : backslash(text, at);
    if (read === undefined) continue;
    draft.keep(at);
    draft.put(read.plain, read.end);
  }
  return draft.done('escapes');
}

interface Read {
  readonly plain: string;
  readonly end: number;
}

/** What may begin an escape. A backslash before a letter that is no escape is taken away too: readers do. */
const signs = /%[0-9a-f]{2}|%u[0-9a-f]{4}|&#|&[a-z]{2}|\\/i;
/** Escapes within escapes are read so deep; no text is written so by accident. */
const NESTED = 64;

function nextSign(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x25 || code === 0x26 || code === 0x5c) return at;
  }
  return text.length;
}

/** One character, of as many octets as its first one says (RFC 3629); an octet alone is Latin-1. */
function percent(text: string, at: number): Read | undefined {
  const first = octet(text, at);
  if (first === undefined) return undefined;
  const bytes = [first.value];
  let { end } = first;
  if (first.value >= 0xc0) {
    const count = first.value >= 0xf0 ? 4 : first.value >= 0xe0 ? 3 : 2;
    while (bytes.length < count) {
      const next = octet(text, end);
      if (next === undefined || next.value >> 6 !== 2) break;
      bytes.push(next.value);
      end = next.end;
    }
    if (bytes.length === count) {
      // An overlong form is that of a character that is written shorter: readers that take it are tricked by it.
      const lead = first.value & (0xff >> (count + 1));
      const code = bytes.slice(1).reduce((value, byte) => (value << 6) | (byte & 0x3f), lead);
      return { plain: character(code), end };
    }
  }
  return { plain: character(first.value), end: first.end };
}

function octet(text: string, at: number): { value: number; end: number } | undefined {
  if (text[at] !== '%') return undefined;
  let end = at + 1;
  for (let depth = 0; depth < NESTED && text.startsWith('25', end) && hex(text, end + 2, 2, 2) !== undefined; depth++)
    end += 2;
  const code = text[end] === 'u' || text[end] === 'U' ? hex(text, end + 1, 4, 4) : hex(text, end, 2, 2);
  return code === undefined ? undefined : { value: code.value, end: code.end };
}

function reference(text: string, at: number): Read | undefined {
  let end = at + 1;
  for (let depth = 0; depth < NESTED && text.startsWith('amp;', end); depth++) end += 4;
  const again = end > at + 1;
  if (text[end] === '#') {
    const isHex = text[end + 1] === 'x' || text[end + 1] === 'X';
    const digits = isHex ? hex(text, end + 2, 1, 8) : decimal(text, end + 1);
    if (digits !== undefined) {
      return { plain: character(digits.value), end: text[digits.end] === ';' ? digits.end + 1 : digits.end };
    }
  }
  name.lastIndex = end;
  const [whole = '', word = '', closing] = name.exec(text) ?? [];
  const plain = entities[word] ?? entities[word.toLowerCase()];
  // Without the semicolon browsers know a few; with `&amp;` in front nothing else is meant.
  if (plain !== undefined && (closing === ';' || again)) return { plain, end: end + whole.length };
  return again ? { plain: '&', end } : undefined;
}

const name = /([a-z]{2,24}[0-9]?)(;?)/iy;

function backslash(text: string, at: number): Read | undefined {
  let end = at;
  while (text[end] === '\\') end++;
  const letter = text[end] ?? '';
  if (letter === 'u' || letter === 'U') {
    const braced = text[end + 1] === '{' ? hex(text, end + 2, 1, 8) : undefined;
    if (braced !== undefined && text[braced.end] === '}')
      return { plain: character(braced.value), end: braced.end + 1 };
    const code = (letter === 'U' ? hex(text, end + 1, 8, 8) : undefined) ?? hex(text, end + 1, 4, 4);
    if (code !== undefined) return { plain: unit(code.value), end: code.end };
  } else if (letter === 'x' || letter === 'X') {
    const code = text[end + 1] === '{' ? hex(text, end + 2, 1, 8) : hex(text, end + 1, 2, 2);
    if (code !== undefined)
      return { plain: character(code.value), end: text[code.end] === '}' ? code.end + 1 : code.end };
  } else if (letter >= '0' && letter <= '7') {
    octal.lastIndex = end;
    const [digits = '0'] = octal.exec(text) ?? [];
    return { plain: character(Number.parseInt(digits, 8)), end: end + digits.length };
  } else if (letter === '\n' || letter === '\r') {
    return { plain: '', end: text.startsWith('\r\n', end) ? end + 2 : end + 1 };
  }
  const control = controls[letter];
  return control === undefined ? { plain: '', end } : { plain: control, end: end + 1 };
}

const octal = /[0-3]?[0-7]{1,2}/y;
const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function hex(text: string, from: number, least: number, most: number): { value: number; end: number } | undefined {
  let end = from;
  while (end < from + most && /[0-9a-f]/i.test(text[end] ?? '')) end++;
  return end - from < least ? undefined : { value: Number.parseInt(text.slice(from, end), 16), end };
}

function decimal(text: string, from: number): { value: number; end: number } | undefined {
  let end = from;
  while (end < from + 8 && /[0-9]/.test(text[end] ?? '')) end++;
  return end === from ? undefined : { value: Number.parseInt(text.slice(from, end), 10), end };
}

function character(code: number): string {
  return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
}

/** Pairs of surrogates are written one after the other. */
function unit(code: number): string {
  return code > 0xffff ? character(code) : String.fromCharCode(code);
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [signs, name, octal];
