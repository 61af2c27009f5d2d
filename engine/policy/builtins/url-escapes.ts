import { NoAnswer } from './operands.ts';

/** Characters beside letters and digits that may stand in a part of a URL as they are; those of Go's net/url. */
const unreserved = '-._~';
const inHost = `${unreserved}!"$&'()*+,:;<=>[]`;
export const plain = {
  path: charactersOf(`${unreserved}$&+,/:;=@`),
  query: charactersOf(unreserved),
  user: charactersOf(`${unreserved}$&+,;=`),
  fragment: charactersOf(`${unreserved}!()*$&+,/:;=?@`),
  host: charactersOf(inHost),
  zone: charactersOf(inHost),
} as const;

type Part = keyof typeof plain;

function charactersOf(others: string): RegExp {
  return new RegExp(`[A-Za-z0-9${others.replace(/[\]\\^-]/g, '\\$&')}]`);
}

/** Bytes (see byte-text.ts) with `%41` for those that may not stand there; a space is `+` in a query. */
export function percentEncode(bytes: string, part: Part): string {
  return bytes.replace(/[^A-Za-z0-9]/g, (byte) => {
    if (plain[part].test(byte)) return byte;
    if (byte === ' ' && part === 'query') return '+';
    return `%${byte.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

/** The bytes that escaped ones stand for. Throws NoAnswer where Go refuses them. */
export function percentDecode(bytes: string, part: Part): string {
  if (/%(?![0-9A-Fa-f]{2})/.test(bytes)) throw new NoAnswer();
  if (part === 'host' || part === 'zone') checkHost(bytes, part);
  const spaced = part === 'query' ? bytes.replaceAll('+', ' ') : bytes;
  return spaced.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** RFC 3986, 3.2.2: in a host only bytes beyond ASCII may be escaped; RFC 6874 adds `%25` before a zone. */
function checkHost(bytes: string, part: 'host' | 'zone'): void {
  for (const [written, hex] of bytes.matchAll(/%(..)|./gs)) {
    if (hex === undefined) {
      if (written < '\x80' && !plain[part].test(written)) throw new NoAnswer();
      continue;
    }
    const byte = Number.parseInt(hex, 16);
    if (written === '%25') continue;
    if (part === 'host' && byte < 0x80) throw new NoAnswer();
    if (part === 'zone' && byte !== 0x20 && !plain.host.test(String.fromCharCode(byte))) throw new NoAnswer();
  }
}
