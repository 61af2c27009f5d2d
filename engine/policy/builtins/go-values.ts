import { type FloatVerb, formatFloat } from './go-float.ts';
import { isPrintable } from './go-printable.ts';
import { canBackquote, quote, quoteCharacter } from './go-quote.ts';

/** What stands between `%` and the verb. Absent width or precision is null. */
export interface Flags {
  readonly plus: boolean;
  readonly minus: boolean;
  readonly sharp: boolean;
  readonly space: boolean;
  readonly zero: boolean;
  readonly width: number | null;
  readonly precision: number | null;
  /** `%#v` and `%+v`, which are no `#` and `+`. */
  readonly sharpV: boolean;
  readonly plusV: boolean;
}

/** An argument as Go has it: int64, *big.Int, float64 or string. */
export type Argument =
  | { readonly type: 'int64'; readonly value: bigint }
  | { readonly type: '*big.Int'; readonly value: bigint }
  | { readonly type: 'float64'; readonly value: number }
  | { readonly type: 'string'; readonly value: string };

/** What Go's fmt writes of an argument for a verb, or undefined where the verb is not for its type. */
export function formatValue(argument: Argument, verb: string, flags: Flags): string | undefined {
  switch (argument.type) {
    case 'int64':
      return formatInteger(argument.value, verb, flags);
    case '*big.Int':
      return formatBig(argument.value, verb, flags);
    case 'float64':
      return formatReal(argument.value, verb, flags);
    default:
      return formatString(argument.value, verb, flags);
  }
}

/** To the width, in characters; zeros go only to the left. */
export function pad(text: string, { width, minus, zero }: Flags): string {
  if (width === null || width <= text.length / 2) return text;
  const missing = width - characters(text);
  if (missing <= 0) return text;
  return minus ? text + ' '.repeat(missing) : (zero ? '0' : ' ').repeat(missing) + text;
}

function characters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The first so many characters. */
function truncated(text: string, precision: number | null): string {
  if (precision === null || text.length <= precision) return text;
  let [end, count] = [0, 0];
  for (; count < precision && end < text.length; count++) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}

function formatString(value: string, verb: string, flags: Flags): string | undefined {
  const { precision, sharp, plus, sharpV } = flags;
  if (verb === 's' || (verb === 'v' && !sharpV)) return pad(truncated(value, precision), flags);
  if (verb === 'x' || verb === 'X') return hexOfBytes(value, verb, flags);
  if (verb !== 'q' && verb !== 'v') return undefined;
  const text = truncated(value, precision);
  return pad(sharp && canBackquote(text) ? `\`${text}\`` : quote(text, plus), flags);
}

function hexOfBytes(value: string, verb: string, flags: Flags): string {
  const { precision, sharp, space } = flags;
  const bytes = Buffer.from(value, 'utf8');
  const hex = bytes.toString('hex', 0, precision === null ? bytes.length : Math.min(precision, bytes.length));
  if (hex === '') return pad('', flags);
  const mark = sharp ? '0x' : '';
  const text = mark + (space ? hex.replace(/..(?!$)/g, `$& ${mark}`) : hex);
  return pad(verb === 'x' ? text : text.toUpperCase(), flags);
}

const bases: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function formatInteger(value: bigint, verb: string, flags: Flags): string | undefined {
  const base = bases[verb];
  if (base === undefined) return formatCharacter(value, verb, flags);
  const { precision, width, zero, minus, plus, space, sharp } = flags;
  const unpadded = { ...flags, zero: false };
  if (precision === 0 && value === 0n) return pad('', { ...unpadded, minus: false });
  const negative = value < 0n;
  const sign = negative ? '-' : plus ? '+' : space ? ' ' : '';
  const room = zero && !minus && width !== null ? width - sign.length : 0;
  const least = precision ?? room;
  let text = (negative ? -value : value).toString(base).padStart(least, '0');
  if (sharp && base === 2) text = `0b${text}`;
  if (sharp && base === 8 && !text.startsWith('0')) text = `0${text}`;
  if (sharp && base === 16) text = `0x${text}`;
  if (verb === 'O') text = `0o${text}`;
  return pad(sign + (verb === 'X' ? text.toUpperCase() : text), unpadded);
}

function formatCharacter(value: bigint, verb: string, flags: Flags): string | undefined {
  const unsigned = BigInt.asUintN(64, value);
  const code = unsigned > 0x10ffffn ? 0xfffd : Number(unsigned);
  const character = String.fromCodePoint(code >= 0xd800 && code <= 0xdfff ? 0xfffd : code);
  if (verb === 'c') return pad(character, flags);
  if (verb === 'q') return pad(quoteCharacter(character, flags.plus), flags);
  if (verb !== 'U') return undefined;
  const hex = unsigned
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(flags.precision ?? 4, 4), '0');
  const shown = flags.sharp && unsigned <= 0x10ffffn && isPrintable(code) ? ` '${character}'` : '';
  return pad(`U+${hex}${shown}`, { ...flags, zero: false });
}

/** math/big's Int formats itself, a little otherwise than fmt formats an int64. */
function formatBig(value: bigint, verb: string, flags: Flags): string {
  const base = verb === 's' ? 10 : bases[verb];
  if (base === undefined) return `%!${verb}(big.Int=${value})`;
  const { precision, width, zero, minus } = flags;
  const sign = value < 0n ? '-' : flags.plus || flags.plusV ? '+' : flags.space ? ' ' : '';
  const marks: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' };
  const prefix = verb === 'O' ? '0o' : ((flags.sharp || flags.sharpV ? marks[verb] : undefined) ?? '');
  const lower = (value < 0n ? -value : value).toString(base);
  const digits = (verb === 'X' ? lower.toUpperCase() : lower).padStart(precision ?? 0, '0');
  const missing = (width ?? 0) - sign.length - prefix.length - digits.length;
  if (missing <= 0) return sign + prefix + digits;
  if (minus) return sign + prefix + digits + ' '.repeat(missing);
  if (zero && precision === null) return sign + prefix + '0'.repeat(missing) + digits;
  return ' '.repeat(missing) + sign + prefix + digits;
}

const floatVerbs: Readonly<Record<string, readonly [FloatVerb, number]>> = {
  v: ['g', -1],
  b: ['b', -1],
  g: ['g', -1],
  G: ['G', -1],
  x: ['x', -1],
  X: ['X', -1],
  f: ['f', 6],
  F: ['f', 6],
  e: ['e', 6],
  E: ['E', 6],
};

function formatReal(value: number, verb: string, flags: Flags): string | undefined {
  const [float, usual] = floatVerbs[verb] ?? [];
  if (float === undefined || usual === undefined) return undefined;
  const precision = flags.precision ?? usual;
  const text = formatFloat(value, float, precision);
  const negative = text.startsWith('-');
  const unsigned = negative ? text.slice(1) : text;
  const shown = flags.sharp && float !== 'b' ? withPoint(unsigned, float, precision) : unsigned;
  const sign = negative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  if (sign !== '' && flags.zero && !flags.minus && flags.width !== null)
    return sign + pad(shown, { ...flags, width: Math.max(flags.width - 1, 0) });
  return pad(sign + shown, flags);
}

/** `#` keeps a decimal point, and for some verbs the zeros at the end. */
function withPoint(text: string, verb: FloatVerb, precision: number): string {
  const hexadecimal = verb === 'x' || verb === 'X';
  const end = text.search(hexadecimal ? /[pP]/ : /[eE]/);
  const [number, tail] = end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end)];
  const counted = verb === 'g' || verb === 'G' || verb === 'x';
  let missing = counted ? (precision === -1 ? 6 : precision) : 0;
  missing -= number.replace('.', '').replace(/^0+/, '').length;
  const pointed = number.includes('.') ? number : `${number}.`;
  if (pointed !== number && number === '0') missing--;
  return pointed + '0'.repeat(Math.max(missing, 0)) + tail;
}
