import type { KeyedHash, Scope } from '../types.ts';
import { readDate } from './dates.ts';
import { mayBeDate, textOf } from './kind.ts';
import { daysOf, scopeOf } from './options.ts';
import type { Mask, Replaceable } from './types.ts';

/**
 * A date some days before or after, in the same form; undefined for what is none. All dates of a scope are moved by as
 * many days, so that what lies between two of them stays as long.
 */
export function shifted(of: Replaceable, { options }: Mask, hash: KeyedHash): string | number | undefined {
  if (typeof of.value === 'boolean' || !mayBeDate(of.type)) return undefined;
  const text = textOf(of);
  const by = distance(hash, daysOf(options), scopeOf(options));
  const date = readDate(text);
  const shown = date === undefined ? epoch(text, by) : date.write(date.days + by, 'kept');
  return shown !== undefined && typeof of.value === 'number' ? Number(shown) : shown;
}

/** Days from -most to most, and never none. */
function distance(hash: KeyedHash, most: number, scope: Scope): number {
  const drawn = Number.parseInt(hash(`shift:${most}`, scope).slice(0, 12), 16) % (2 * most);
  return drawn < most ? drawn - most : drawn - most + 1;
}

/** Seconds, milliseconds or microseconds since 1970: of today's dates each has its own number of digits. */
function epoch(text: string, days: number): string | undefined {
  const unit = unitOf(text);
  // Before 1970 a fraction would count the other way.
  const [, whole, fraction = ''] = /^(-?\d+)(\.\d+)?$/.exec(text) ?? [];
  if (unit === undefined || whole === undefined || (fraction !== '' && text.startsWith('-'))) return undefined;
  return `${Number(whole) + days * 86_400 * unit}${fraction}`;
}

/** How many to the second; undefined for what is not about 1973 to 2286 (or as long before 1970). */
export function unitOf(text: string): number | undefined {
  const [, digits] = /^-?([1-9]\d*)(?:\.\d+)?$/.exec(text) ?? [];
  switch (digits?.length) {
    case 9:
    case 10:
      return 1;
    case 12:
    case 13:
      return 1000;
    case 15:
    case 16:
      return Number.isSafeInteger(Number(digits)) ? 1_000_000 : undefined;
    default:
      return undefined;
  }
}
