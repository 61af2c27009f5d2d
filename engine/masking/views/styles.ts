import { replaced, type View } from './view.ts';

/** Escapes of CSS: `\40`, `\000040`, with a space that ends them; digits that C would read as octal. */
export function cssEscapes(view: View): View | undefined {
  if (!/\\[0-9a-f]{2}/i.test(view.text)) return undefined;
  return replaced(
    view,
    escapes,
    ([, digits = '']) => {
      const code = Number.parseInt(digits, 16);
      return code >= 0x20 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
    },
    'CSS escapes',
  );
}

const escapes = /\\{1,64}([0-9a-f]{2,6})[ \t\n]?/gi;

/** UTF-7 (RFC 2152): base64 of UTF-16 between `+` and `-`. */
export function utf7(view: View): View | undefined {
  if (!/\+A[A-Za-z0-9+/]{2,}/.test(view.text)) return undefined;
  return replaced(
    view,
    shifted,
    ([, digits = '']) => {
      const bytes = Buffer.from(digits, 'base64');
      let text = '';
      for (let at = 0; at + 1 < bytes.length; at += 2) text += String.fromCharCode(bytes.readUInt16BE(at));
      return text;
    },
    'UTF-7',
  );
}

const shifted = /\+(A[A-Za-z0-9+/]{2,512})-?/g;

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [escapes, shifted];
