import { matchesOf } from '../../detect/matches.ts';
import { Draft, type View } from './view.ts';

/** Lists of character codes: `97 110 97`, `[0x61, 0x6e]`, `141 156`, `01100001 01101110`, `U+0061 U+006E`, `chr(97)+chr(110)`. */
export function characterCodes(view: View): View | undefined {
  const { text } = view;
  if (!signs.test(text)) return undefined;
  const draft = new Draft(view);
  let list: RegExpExecArray[] = [];
  const close = () => {
    const [first] = list;
    const last = list.at(-1);
    const plain = list.length < 4 ? undefined : ofCodes(list);
    list = [];
    if (first === undefined || last === undefined || plain === undefined) return;
    draft.keep(first.index);
    draft.put(plain, last.index + last[0].length);
  };
  for (const match of matchesOf(code, text)) {
    const last = list.at(-1);
    const end = last === undefined ? match.index : last.index + last[0].length;
    if (
      last !== undefined &&
      (match.index === end || match.index - end > 4 || /[^\W]/.test(text.slice(end, match.index)))
    )
      close();
    list.push(match);
  }
  close();
  return draft.done('character codes');
}

/** Four codes, one after the other. */
const signs = /(?:(?:0x|U\+|&H|chr\()?[0-9a-f]{2,8}\W{1,4}){3}(?:0x|U\+|&H|chr\()?[0-9a-f]{2}/i;
const code = /(?:chr\(|char\(|fromCharCode\()?(0x|U\+|&H)?([0-9a-f]{2,8})\b/gi;

/** ASCII first, then letters of Europe: dates, amounts and addresses of the net have other numbers between. */
const bases: readonly (readonly [base: number, last: number])[] = [
  [10, 0x7e],
  [16, 0x7e],
  [8, 0x7e],
  [2, 0x7e],
  [10, 0x24f],
  [16, 0x24f],
];

function ofCodes(codes: readonly RegExpExecArray[]): string | undefined {
  for (const [base, last] of bases) {
    let text = '';
    for (const [, prefix, digits = ''] of codes) {
      const value = number(digits, prefix === undefined ? base : 16);
      if (value === undefined || value < 0x20 || value === 0x7f || value > last) {
        text = '';
        break;
      }
      text += String.fromCharCode(value);
    }
    if (text.length >= 4) return text;
  }
  return undefined;
}

function number(digits: string, base: number): number | undefined {
  const allowed = base === 16 ? /^[0-9a-f]+$/i : base === 10 ? /^\d+$/ : base === 8 ? /^[0-7]+$/ : /^[01]{7,8}$/;
  return allowed.test(digits) ? Number.parseInt(digits, base) : undefined;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [signs, code];
