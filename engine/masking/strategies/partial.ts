import { joined } from '../../json/joined.ts';

/**
 * Keeps the last `keep` characters of twice as many or more; shorter texts vanish behind four stars, as their length would
 * say much. An e-mail address keeps the first letter of a local part of four or more, and nothing of its domain, but stays
 * an address (RFC 2606 reserves .invalid) so that an output schema with `format: email` still holds. What this returns,
 * it returns unchanged when asked again.
 */
export function partial(text: string, keep = 4): string {
  const at = text.indexOf('@');
  if (at > 0 && at < text.length - 1 && text.lastIndexOf('@') === at && !/\s/.test(text)) {
    return joined(at >= 4 && /^[a-z0-9]/i.test(text) ? text.charAt(0) : '*', '***@masked.invalid');
  }
  // Counted in code points, so that no half of a surrogate pair is left alone.
  const characters = surrogate.test(text) ? Array.from(text) : undefined;
  const length = characters?.length ?? text.length;
  if (length < 2 * keep) return '****';
  return joined('*'.repeat(length - keep), characters?.slice(-keep).join('') ?? text.slice(-keep));
}

const surrogate = /[\ud800-\udfff]/;
