import type { NumberTexts } from './types.ts';

/**
 * The number texts of every document that has none. Writers know by this one object that JSON.stringify will do; nothing
 * is ever put into it.
 */
export const plainNumbers: NumberTexts = new WeakMap();

/**
 * Whether the decimal value of a JSON number is the one a reader of doubles will show again: `1.0` and `1e2` are, as
 * `1` and `100`; `9007199254740993`, `0.1000000000000000055511` and `1e400` are not. `-0` is zero.
 */
export function isExact(text: string): boolean {
  const double = Number(text);
  const shortest = String(double);
  return shortest === text || (Number.isFinite(double) && magnitude(shortest) === magnitude(text));
}

const numberForm = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Significant digits of a JSON number and the power of ten they stand at; equal exactly for equal magnitudes. */
export function magnitude(text: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = numberForm.exec(text) ?? [];
  const digits = whole + fraction;
  let start = 0;
  let end = digits.length;
  while (start < end && digits.charCodeAt(start) === 48) start++;
  while (end > start && digits.charCodeAt(end - 1) === 48) end--;
  if (start === end) return '0';
  return `${digits.slice(start, end)}e${Number(exponent) - fraction.length + (digits.length - end)}`;
}
