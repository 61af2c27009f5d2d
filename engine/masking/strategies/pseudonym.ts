import type { KeyedHash } from '../types.ts';
import { dayOf, readDate } from './dates.ts';
import { type Draw, drawn } from './draw.ts';
import { isIPv6, type Kind, kindOf, textOf } from './kind.ts';
import { scopeOf } from './options.ts';
import { shares } from './shares.ts';
import type { Mask, Replaceable } from './types.ts';

/**
 * A stand-in that looks like what it stands for and cannot be taken for anybody's: the same one for the same value,
 * however it is spelled, within the scope, so that what belongs together is still found together. Undefined for booleans:
 * two stand-ins for two values hide nothing.
 */
export function pseudonym(of: Replaceable, mask: Mask, hash: KeyedHash): string | number | undefined {
  if (typeof of.value === 'boolean') return undefined;
  const kind = typeof of.value === 'number' ? 'number' : kindOf(of, mask);
  const text = textOf(of);
  const seed = `pseudonym:${kind}:${spelled(kind, text)}`;
  let shown = make(kind, text, drawn(hash, seed, scopeOf(mask.options)));
  // Digits drawn may be those of the value; then others are.
  for (let round = 1; round < 32 && shares(text, String(shown)); round++) {
    shown = make(kind, text, drawn(hash, `${round}:${seed}`, scopeOf(mask.options)));
  }
  return shown;
}

/** One spelling for all of the same value. */
function spelled(kind: Kind, text: string): string {
  switch (kind) {
    case 'email':
      return text.trim().toLowerCase();
    case 'person':
    case 'address':
      return text.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ');
    case 'phone':
      return text.replace(/^\s*00/, '+').replaceAll(/[^\d+]/g, '') || text;
    case 'iban':
    case 'card':
    case 'id':
    case 'passport':
    case 'mac':
      return text.toUpperCase().replaceAll(/[\s.:/-]/g, '') || text;
    case 'uuid':
    case 'ip':
      return text.toLowerCase();
    default:
      return text;
  }
}

function make(kind: Kind, text: string, draw: Draw): string | number {
  switch (kind) {
    case 'email':
      return `user-${draw.text(10)}@masked.invalid`;
    case 'person':
      return `Person ${draw.text(6).toUpperCase()}`;
    case 'phone':
      // +999 is kept by the ITU and given to nobody (E.164 country codes), with as many digits as numbers have.
      return `+999${digits(draw, 10)}`;
    case 'iban':
    case 'card':
    case 'id':
    case 'passport':
      return `${kind}-${draw.text(12)}`;
    case 'ip':
      // 2001:db8::/32 is for documentation (RFC 3849). The ranges of IPv4 for it hold 768 addresses, too few to tell
      // apart; those of 240.0.0.0/4 are given to nobody (RFC 1112, 4).
      if (isIPv6(text)) return `2001:db8:${Array.from({ length: 6 }, () => hextet(draw)).join(':')}`;
      return `${240 + draw.below(15)}.${draw.below(256)}.${draw.below(256)}.${draw.below(256)}`;
    case 'mac':
      // Locally administered (IEEE 802, 8.4): of no maker.
      return `02${Array.from({ length: 5 }, () => `:${draw.hex(2)}`).join('')}`;
    case 'birthdate':
    case 'date':
      return readDate(text)?.write(earliest + draw.below(span), 'midnight') ?? `masked-${draw.text(10)}`;
    case 'uuid':
      return uuid(draw);
    case 'url':
      return `https://masked.invalid/${draw.text(16)}`;
    case 'number':
      return numberLike(text, draw);
    default:
      return `masked-${draw.text(10)}`;
  }
}

/** UUID version 8 (RFC 9562), which is made of whatever its maker likes. */
export function uuid(draw: Draw): string {
  const [a, b, c, d] = [draw.hex(8), draw.hex(4), draw.hex(3), draw.hex(3)];
  return `${a}-${b}-8${c}-8${d}-${draw.hex(12)}`;
}

function hextet(draw: Draw): string {
  return (4096 + draw.below(61_440)).toString(16);
}

const earliest = dayOf(1900, 1, 1) ?? 0;
const span = (dayOf(2100, 1, 1) ?? 0) - earliest;

/** As many digits before and behind the point, fifteen in all at most: those a double keeps. No sign. */
function numberLike(text: string, draw: Draw): number {
  const [, before = '0', behind = ''] = /^-?(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  const whole = Math.min(before.length, 15);
  const rest = Math.min(behind.length, 15 - whole);
  const drawnDigits = digits(draw, whole);
  const first = whole > 1 && drawnDigits.startsWith('0') ? `${1 + draw.below(9)}${drawnDigits.slice(1)}` : drawnDigits;
  return Number(rest === 0 ? first : `${first}.${digits(draw, rest - 1)}${1 + draw.below(9)}`);
}

function digits(draw: Draw, length: number): string {
  let text = '';
  for (let index = 0; index < length; index++) text += draw.below(10);
  return text;
}
