import { isUtf8 } from 'node:buffer';

const utf8 = new TextDecoder();
const utf16 = { le: new TextDecoder('utf-16le', { fatal: true }), be: new TextDecoder('utf-16be', { fatal: true }) };
// biome-ignore lint/suspicious/noControlCharactersInRegex: they tell other data from text
const control = /[\x00-\x08\x0b\x0e-\x1f\x7f]/;

/** Octets as the text they are: UTF-8 or UTF-16; undefined where they are none, or shorter than `least` characters. */
export function readable(bytes: Uint8Array, least = 4): string | undefined {
  if (bytes.length === 0) return undefined;
  const text = ofWide(bytes) ?? (isUtf8(bytes) ? utf8.decode(bytes) : undefined);
  if (text === undefined || text.length < least || control.test(text)) return undefined;
  return text;
}

/** UTF-16 is known by its mark or by every other octet being the same, which is zero in Latin script. */
function ofWide(bytes: Uint8Array): string | undefined {
  if (bytes.length < 4 || bytes.length % 2 > 0) return undefined;
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return decoded(utf16.le, bytes);
  if (first === 0xfe && second === 0xff) return decoded(utf16.be, bytes);
  const zeros = [0, 0];
  const counted = Math.min(bytes.length, 512);
  for (let index = 0; index < counted; index++) if (bytes[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [high = 0, low = 0] = zeros;
  if (low > counted / 3 && high === 0) return decoded(utf16.le, bytes);
  if (high > counted / 3 && low === 0) return decoded(utf16.be, bytes);
  return undefined;
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** What is readable among other octets, as `strings` shows it: stretches of at least six printable characters. */
export function readableParts(bytes: Uint8Array): string | undefined {
  const parts: string[] = [];
  let part = '';
  for (const byte of bytes) {
    if (byte >= 0x20 && byte < 0x7f) part += String.fromCharCode(byte);
    else {
      if (part.length >= 6) parts.push(part);
      part = '';
    }
  }
  if (part.length >= 6) parts.push(part);
  return parts.length === 0 ? undefined : parts.join('\n');
}

/** Octets of base64 or base64url, with or without padding; undefined where it is neither. */
export function bytesOfBase64(text: string): Uint8Array | undefined {
  return /^[A-Za-z0-9+/_-]{2,}={0,3}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}

export function bytesOfHex(text: string): Uint8Array {
  return Buffer.from(text, 'hex');
}

/** What digits of base64 and base64url stand for, by their codes. */
export const values64: Readonly<Record<number, number>> = Object.fromEntries(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_'].map((digit, index) => [
    digit.charCodeAt(0),
    index < 64 ? index : index - 2,
  ]),
);

const digits32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Octets of base32 (RFC 4648 section 6), in either letter case. */
export function bytesOfBase32(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  let [bits, value] = [0, 0];
  for (const digit of text.toUpperCase().replace(/={1,6}$/, '')) {
    const index = digits32.indexOf(digit);
    if (index < 0) return undefined;
    value = ((value << 5) | index) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((value >> bits) & 0xff);
    }
  }
  return Uint8Array.from(bytes);
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [control];
