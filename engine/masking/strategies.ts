import { canonical } from '../json/canonical.ts';
import { joined } from '../json/joined.ts';
import type { Json } from '../json/types.ts';
import type { Strategy } from '../policy/types.ts';
import type { KeyedHash } from './types.ts';

export const redacted = '[redacted]';

/**
 * The one strategy for a node on which several masks lie. Drop, null, redact in this order beat all. What is left are
 * two ways to keep something, a token of the whole (hash) and a part (partial); both at once would give away more than
 * either rule allows, so the node is redacted.
 */
export function strongest(strategies: readonly Strategy[]): Strategy {
  for (const absolute of ['drop', 'null', 'redact'] as const) if (strategies.includes(absolute)) return absolute;
  if (!strategies.includes('hash')) return 'partial';
  return strategies.includes('partial') ? 'redact' : 'hash';
}

/**
 * `hmac_` and 16 hex digits of the keyed hash of the canonical form: equal values of one type get equal tokens within
 * the reach of the key. `text` is the source text of a number that is not exactly a double.
 */
export function hashed(value: Json, text: string | undefined, hash: KeyedHash): string {
  return joined('hmac_', hash(canonical(text === undefined ? value : `\0${text}`)).slice(0, 16));
}

/**
 * Keeps the last four characters of eight or more; shorter texts vanish behind four stars, as their length would say
 * much. An e-mail address keeps the first letter of a local part of four or more, and nothing of its domain, but stays
 * an address (RFC 2606 reserves .invalid) so that an output schema with `format: email` still holds. What this returns,
 * it returns unchanged when asked again.
 */
export function partial(text: string): string {
  const at = text.indexOf('@');
  if (at > 0 && at < text.length - 1 && text.lastIndexOf('@') === at && !/\s/.test(text)) {
    return joined(at >= 4 && /^[a-z0-9]/i.test(text) ? text.charAt(0) : '*', '***@masked.invalid');
  }
  // Counted in code points, so that no half of a surrogate pair is left alone.
  const characters = surrogate.test(text) ? Array.from(text) : undefined;
  const length = characters?.length ?? text.length;
  if (length < 8) return '****';
  return joined('*'.repeat(length - 4), characters?.slice(-4).join('') ?? text.slice(-4));
}

const surrogate = /[\ud800-\udfff]/;
