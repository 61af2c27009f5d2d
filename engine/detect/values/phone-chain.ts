import { isDigit, separator } from './chars.ts';

/** Digits that stand together, with the sign or bracket that belongs to them. */
export interface Group {
  start: number;
  end: number;
  digits: number;
}

/** Groups of digits with nothing but separators between them. */
export interface Chain {
  groups: Group[];
  end: number;
}

/** The next chain at or after `from` with at least one group. Reads each code unit a bounded number of times. */
export function nextChain(text: string, from: number): Chain | undefined {
  let at = from;
  while (at < text.length && !isDigit(text.charCodeAt(at))) at++;
  if (at >= text.length) return undefined;
  const groups: Group[] = [];
  let start = leading(text, at, from);
  while (at < text.length) {
    const first = at;
    while (at < text.length && isDigit(text.charCodeAt(at))) at++;
    const end = text[at] === ')' && text.charCodeAt(start) === 40 ? at + 1 : at;
    groups.push({ start, end, digits: at - first });
    at = end;
    const gap = gapAfter(text, at);
    if (gap < 0) break;
    // A second plus begins another number.
    start = leading(text, gap, at);
    at = gap;
  }
  return { groups, end: Math.max(at, from + 1) };
}

/** Where the next digit stands after at most three separators or brackets, -1 if there is none. */
function gapAfter(text: string, at: number): number {
  for (let i = at; i < at + 4; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code)) return i === at && text[i - 1] !== ')' ? -1 : i;
    if (code !== 40 && code !== 41 && separator(code) === '') return -1;
  }
  return -1;
}

/** Where a number begins whose first digit is at `at`: its plus or its opening bracket belongs to it. */
function leading(text: string, at: number, from: number): number {
  const before = text.charCodeAt(at - 1);
  if (at - 1 < from) return at;
  if (before === 43) return at - 1;
  if (before === 40) return at - 2 >= from && text.charCodeAt(at - 2) === 43 ? at - 2 : at - 1;
  return at;
}
