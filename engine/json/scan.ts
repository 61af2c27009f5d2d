import { Buffer } from 'node:buffer';
import { WritError } from '../errors.ts';

/** What JSON.parse does not tell of a text it accepts. Meaningful only once JSON.parse has accepted it. */
export interface Scan {
  /** Members of all objects, repeated keys counted each time. */
  members: number;
  /** Numbers in order that JSON.stringify would write otherwise. */
  numbers: string[];
  /** Some string names a surrogate by escape, so strings may be ill-formed although the bytes are valid UTF-8. */
  surrogates: boolean;
}

/**
 * One pass over the bytes. Every structural character of JSON is ASCII and no byte of a longer UTF-8 sequence is, so
 * bytes serve as well as characters and read faster. Throws WRIT_JSON_DEPTH.
 */
export function scan(bytes: Uint8Array, maxDepth: number): Scan {
  const length = bytes.length;
  const found: Scan = { members: 0, numbers: [], surrogates: false };
  let depth = 0;
  let members = 0;
  for (let at = 0; at < length; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) {
      for (at++; at < length; at++) {
        const inside = bytes[at];
        if (inside === QUOTE) break;
        if (inside === BACKSLASH) {
          at++;
          if (bytes[at] === LOWER_U && ((bytes[at + 1] as number) | 32) === LOWER_D) found.surrogates = true;
        }
      }
    } else if (byte > DIGIT_9) {
      if (byte === COLON) members++;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
        if (++depth > maxDepth) throw new WritError('WRIT_JSON_DEPTH');
      } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--;
    } else if (byte >= DIGIT_0 || byte === MINUS) {
      const start = at;
      let plain = true;
      for (at++; at < length; at++) {
        const inside = bytes[at] as number;
        if (inside >= DIGIT_0 && inside <= DIGIT_9) continue;
        // The rest of a number's alphabet: + - . E e
        if (inside !== DOT && inside !== LOWER_E && inside !== UPPER_E && inside !== PLUS && inside !== MINUS) break;
        plain = false;
      }
      // Fifteen digits and a sign always are an exact integer; only -0 is written otherwise.
      if (!plain || at - start > 15 || (byte === MINUS && bytes[start + 1] === DIGIT_0)) {
        const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, at - start).toString('latin1');
        if (String(Number(text)) !== text) found.numbers.push(text);
      }
      at--;
    }
  }
  found.members = members;
  return found;
}

const QUOTE = 0x22;
const PLUS = 0x2b;
const MINUS = 0x2d;
const DOT = 0x2e;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const LOWER_D = 0x64;
const LOWER_E = 0x65;
const LOWER_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
