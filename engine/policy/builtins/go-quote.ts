import { isPrintable } from './go-printable.ts';

/** Go's strconv.Quote of a text; with `ascii`, QuoteToASCII. */
export function quote(text: string, ascii = false): string {
  if (/^[ !#-[\]-~]*$/.test(text)) return `"${text}"`;
  let quoted = '';
  for (const character of text) quoted += escapeCharacter(character, '"', ascii);
  return `"${quoted}"`;
}

/** Go's strconv.QuoteRune; with `ascii`, QuoteRuneToASCII. */
export function quoteCharacter(character: string, ascii: boolean): string {
  return `'${escapeCharacter(character, "'", ascii)}'`;
}

/** Whether a raw string literal of Go can hold the text: one line, without a backquote. */
export function canBackquote(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones it is about
  return !/[\0-\x08\n-\x1f`\x7f\ufeff]/.test(text);
}

const short: Readonly<Record<string, string>> = {
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

function escapeCharacter(character: string, mark: string, ascii: boolean): string {
  if (character === mark || character === '\\') return `\\${character}`;
  const code = character.codePointAt(0) ?? 0;
  if (isPrintable(code) && (!ascii || code < 0x80)) return character;
  const hex = code.toString(16);
  if (code < 0x20 || code === 0x7f) return short[character] ?? `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}
