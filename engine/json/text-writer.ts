import { Buffer } from 'node:buffer';
import { WritError } from '../errors.ts';

/** One large text must not hold its memory for ever. */
const keptBytes = 1 << 20;
/** Up to here a string is written faster unit by unit than by a call into native code. */
const shortString = 32;
/** Beyond this, escaping a string here would take memory many times its size. */
const longString = 16_384;

/** UTF-8 text of JSON, put together in place: as a string it would leave several times its size to collect. */
export class TextWriter {
  #bytes = Buffer.allocUnsafeSlow(65_536);
  #at = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#at;
  }

  /** What was written, lent until the next `begin`. */
  view(): Buffer {
    return this.#bytes.subarray(0, this.#at);
  }

  begin(): void {
    this.#at = 0;
    if (this.#bytes.length > keptBytes) this.#bytes = Buffer.allocUnsafeSlow(keptBytes);
  }

  byte(byte: number): void {
    this.#room(1)[this.#at++] = byte;
  }

  /** Puts another byte in the place of one that was written. */
  replace(at: number, byte: number): void {
    this.#bytes[at] = byte;
  }

  /** Few bytes: a call of `set` would take longer. */
  bytes(part: Uint8Array): void {
    const bytes = this.#room(part.length);
    let at = this.#at;
    for (let index = 0; index < part.length; index++) bytes[at++] = part[index] as number;
    this.#at = at;
  }

  /** A word or number of JSON. */
  ascii(text: string): void {
    const bytes = this.#room(text.length);
    let at = this.#at;
    for (let index = 0; index < text.length; index++) bytes[at++] = text.charCodeAt(index);
    this.#at = at;
  }

  /** A string as RFC 8785, 3.2.2.2 writes it. Throws WRIT_JSON_ENCODING for lone surrogates. */
  string(text: string): void {
    if (text.length > shortString && plain.test(text)) this.#plain(text);
    else if (text.length > longString || !this.#escaped(text)) this.#any(text);
  }

  #plain(text: string): void {
    const bytes = this.#room(text.length + 2);
    bytes[this.#at++] = QUOTE;
    this.#at += bytes.write(text, this.#at, 'latin1');
    bytes[this.#at++] = QUOTE;
  }

  /** False, and nothing is written, where the text is not ASCII alone. */
  #escaped(text: string): boolean {
    const bytes = this.#room(6 * text.length + 2);
    let at = this.#at;
    bytes[at++] = QUOTE;
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit > 0x7f) return false;
      const letter = letters[unit] as number;
      if (letter === 0) {
        bytes[at++] = unit;
        continue;
      }
      bytes[at++] = BACKSLASH;
      bytes[at++] = letter;
      if (letter === LOWER_U) at += bytes.write(unit.toString(16).padStart(4, '0'), at, 'latin1');
    }
    bytes[at++] = QUOTE;
    this.#at = at;
    return true;
  }

  /** JSON.stringify escapes exactly as the scheme says but for lone surrogates, which are an error. */
  #any(text: string): void {
    if (!text.isWellFormed()) throw new WritError('WRIT_JSON_ENCODING');
    const quoted = JSON.stringify(text);
    this.#at += this.#room(Buffer.byteLength(quoted)).write(quoted, this.#at, 'utf8');
  }

  #room(count: number): Buffer {
    const needed = this.#at + count;
    if (needed > this.#bytes.length) {
      const grown = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#bytes.length));
      this.#bytes.copy(grown, 0, 0, this.#at);
      this.#bytes = grown;
    }
    return this.#bytes;
  }
}

/** Printable ASCII that a JSON string holds as it is. */
const plain = /^[ !#-[\]-~]*$/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;

/** What stands behind the backslash for each character of ASCII; 0 where there is no backslash. */
const letters = Uint8Array.from({ length: 0x80 }, (_, unit) => {
  const quoted = JSON.stringify(String.fromCharCode(unit));
  return quoted.length === 3 ? 0 : quoted.charCodeAt(2);
});
