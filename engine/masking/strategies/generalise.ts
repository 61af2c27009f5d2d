import ipaddr from 'ipaddr.js';
import type { Json } from '../../json/types.ts';
import { generalisedDate } from './generalise-date.ts';
import { isIPv6, type Kind, kindOf, mayBeDate, textOf } from './kind.ts';
import { type Generalisation, generalisation } from './options.ts';
import type { Mask, Replaceable } from './types.ts';

/**
 * What a value says roughly, in the forms that it can be shown in, the clearest first; none where it cannot be
 * said, which is not shown then.
 */
export function generalised(of: Replaceable, mask: Mask): Json[] {
  if (typeof of.value === 'boolean') return [];
  const { to } = mask.options;
  const text = textOf(of);
  const asked = typeof to === 'string' ? generalisation(to) : usual(kindOf(of, mask), text);
  if (asked === undefined) return [];
  switch (asked.to) {
    case 'year':
    case 'month':
    case 'decade':
      return mayBeDate(of.type) ? generalisedDate(text, asked.to) : [];
    case 'age-band':
      return ageBand(text, asked.size);
    case 'bucket':
      return bucket(text, asked.size);
    case 'prefix':
      return prefix(text, asked.size);
    case 'network':
      return network(text, asked.size);
    case 'domain':
      return domain(text);
  }
}

/** Where a mask does not say how. Of names, addresses, ids there is nothing to be said roughly. */
function usual(kind: Kind, text: string): Generalisation | undefined {
  switch (kind) {
    case 'date':
    case 'birthdate':
      return { to: 'year', size: 0 };
    case 'email':
      return { to: 'domain', size: 0 };
    case 'ip':
      return { to: 'network', size: isIPv6(text) ? 48 : 24 };
    case 'postcode':
      return { to: 'prefix', size: 2 };
    case 'age':
      return { to: 'age-band', size: 10 };
    case 'number':
      // How large it is, and its first digit.
      return { to: 'bucket', size: 10 ** Math.max(1, text.search(/[^\d]|$/) - 1) };
    default:
      return undefined;
  }
}

function ageBand(text: string, years: number): Json[] {
  const age = /^\d{1,3}(?:\.\d{1,9})?$/.test(text) ? Number(text) : Number.NaN;
  if (!(age <= 130)) return [];
  const from = Math.floor(age / years) * years;
  return [`${from}-${from + years - 1}`, from];
}

function bucket(text: string, width: number): Json[] {
  const number = /^-?\d{1,15}(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  const from = Math.floor(number / width) * width;
  return Number.isSafeInteger(from) && Number.isSafeInteger(from + width) ? [`${from}..${from + width - 1}`, from] : [];
}

/** The first characters of a text of at least two more. The form after it has as many as the value, for a schema that asks for them. */
function prefix(text: string, length: number): Json[] {
  if (text.length > 64) return [];
  const characters = Array.from(text);
  if (characters.length < length + 2) return [];
  const kept = characters.slice(0, length).join('');
  const rest = characters.slice(length).join('');
  const filled = rest
    .replaceAll(/\d/g, '0')
    .replaceAll(/\p{Lu}/gu, 'X')
    .replaceAll(/\p{L}/gu, 'x');
  if (/^\d+$/.test(text)) return [`${kept}***`, `${kept}${filled}`, Number(`${kept}${filled}`)];
  return [`${kept}***`, `${kept}${filled.replaceAll(/[^\sXx0-]/g, 'x')}`];
}

function network(text: string, bits: number): Json[] {
  const is4 = ipaddr.IPv4.isValidFourPartDecimal(text);
  // Of the addresses of IPv4, 256 at least are one.
  if (is4 ? bits > 24 : !isIPv6(text)) return [];
  const address = ipaddr.parse(text);
  const bytes = address
    .toByteArray()
    .map((byte, index) => byte & (0xff00 >> Math.min(8, Math.max(0, bits - 8 * index))));
  const first = ipaddr.fromByteArray(bytes.map((byte) => byte & 0xff)).toString();
  return [`${first}/${bits}`, first];
}

/** The domain of an e-mail address, unless the name before it is in it as well. */
function domain(text: string): Json[] {
  const [, local = '', host] = /^([^\s@]{1,64})@([\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,8})$/u.exec(text) ?? [];
  if (host === undefined) return [];
  const words = local.toLowerCase().split(/[^\p{L}\p{N}]+/u);
  if (words.some((word) => word.length >= 3 && host.toLowerCase().includes(word))) return [];
  return [`masked@${host}`];
}
