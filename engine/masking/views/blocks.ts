import { matchesOf } from '../../detect/matches.ts';
import { bytesOfBase32, bytesOfBase64, bytesOfHex, readable, readableParts, values64 } from './octets.ts';
import { Draft, type View } from './view.ts';

/** A run that may be octets in base64, base64url, base32 or hexadecimal: one word, or words broken over lines or spaces. */
export interface Run {
  readonly start: number;
  readonly end: number;
  /** Without what is between the parts. */
  readonly digits: string;
}

/** Runs that decode to text, read as that text. */
export function decodedBlocks(view: View): View | undefined {
  if (!mixed.test(view.text)) return undefined;
  const draft = new Draft(view);
  const read = (start: number, end: number, digits: string): boolean => {
    const plain = digits.length >= LEAST && mixed.test(digits) ? decodedRun(digits) : undefined;
    if (plain === undefined) return false;
    draft.keep(start);
    draft.put(plain, end);
    return true;
  };
  for (const parts of runsOf(view.text)) {
    const [first] = parts;
    const last = parts.at(-1);
    if (first === undefined || last === undefined) continue;
    // Words of prose are no parts of one run: most have no digits in them.
    let likely = 0;
    for (const { digits } of parts) if (digits.length > 3 && mixed.test(digits)) likely++;
    if (likely === 0 && !mixed.test(first.digits)) continue;
    const whole = parts.length > 1 && likely * 2 > parts.length ? parts.map(({ digits }) => digits).join('') : '';
    if (read(first.start, last.end, whole)) continue;
    const grouped = groups(parts).filter(({ start, end, digits }) => read(start, end, digits));
    for (const { start, end, digits } of parts) {
      if (grouped.some((group) => group.start <= start && end <= group.end)) continue;
      if (read(start, end, digits) || uuid.test(digits)) continue;
      for (const { 0: piece, index } of matchesOf(pieces, digits)) {
        if (piece.length < digits.length) read(start + index, start + index + piece.length, piece);
      }
    }
  }
  return draft.done('base64 or hex');
}

/** Runs of parts of whole groups of four digits: base64 with spaces between, words of prose before and after. */
function groups(parts: readonly Run[]): Run[] {
  const found: Run[] = [];
  for (let from = 0; from < parts.length; from++) {
    const first = parts[from];
    let digits = '';
    let to = from;
    for (; to < parts.length; to++) {
      const part = parts[to]?.digits ?? '';
      if (part.length % 4 > 0 || (digits === '' && !mayBeText(part, 0))) break;
      digits += part;
      if (part.endsWith('=')) {
        to++;
        break;
      }
    }
    const last = parts[to - 1];
    if (first !== undefined && last !== undefined && to - from > 1)
      found.push({ start: first.start, end: last.end, digits });
    from = Math.max(from, to - 1);
  }
  return found;
}

/** Five octets of text are seven digits of base64. */
const LEAST = 7;

/** Runs next to each other, with a line break or a space between. */
export function* runsOf(text: string): Generator<Run[]> {
  let parts: Run[] = [];
  for (const { 0: digits, index } of matchesOf(run, text)) {
    const last = parts.at(-1);
    if (last !== undefined && !isBetween(text, last.end, index)) {
      yield parts;
      parts = [];
    }
    parts.push({ start: index, end: index + digits.length, digits });
  }
  if (parts.length > 0) yield parts;
}

/** A few spaces, and at most one line break. */
function isBetween(text: string, from: number, to: number): boolean {
  if (to - from > 16) return false;
  let breaks = 0;
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a) breaks++;
    else if (code !== 0x20 && code !== 0x09 && code !== 0x0d && code !== 0x3e) return false;
  }
  return breaks < 2;
}

/** Digits as they stand in the middle of base64, base32 and hexadecimal, and in few words. */
const mixed = /[a-z][A-Z0-9]|[0-9][A-Za-z]|[A-Z]{2}|[0-9]{8}/;
const run = /[A-Za-z0-9+/_-]{2,4096}={0,3}/g;
const pieces = /[A-Za-z0-9]{7,4096}={0,3}/g;

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function decodedRun(digits: string): string | undefined {
  const bare = digits.replace(/^0x|[-_]/gi, '');
  const isHex = /^(?:[0-9a-f]{2}){4,}$/i.test(bare);
  if (isHex) {
    const plain = text(bytesOfHex(bare));
    if (plain !== undefined || uuid.test(digits)) return plain;
  }
  // A digit or more in front of base64 shifts it.
  for (let skip = 0; skip < 4 && digits.length - skip >= LEAST; skip++) {
    if (!mayBeText(digits, skip)) continue;
    const plain = text(bytesOfBase64(digits.slice(skip)));
    if (plain !== undefined) return plain;
  }
  if (/^[A-Z2-7]{8,}={0,6}$/i.test(digits)) {
    const plain = text(bytesOfBase32(digits));
    if (plain !== undefined) return plain;
  }
  if (digits.length < 16) return undefined;
  return readableParts((isHex ? bytesOfHex(bare) : bytesOfBase64(digits)) ?? none);
}

/** By the first nine octets: what is no text shows it soon, and most words are no base64 at all. */
function mayBeText(digits: string, from: number): boolean {
  let [rest, zeros, following] = [0, 0, 0];
  const end = Math.min(digits.length, from + 12);
  for (let at = from, bits = 0; at < end; at++) {
    rest = ((rest << 6) | (values64[digits.charCodeAt(at)] ?? 0)) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const octet = (rest >> bits) & 0xff;
    if (octet === 0 || octet >= 0xfe) zeros++;
    else if (octet < 0x20 ? octet !== 9 && octet !== 10 && octet !== 13 : octet === 0x7f) return false;
    else if (zeros > 0) continue;
    else if (octet >= 0x80 && octet < 0xc0 !== following > 0) return false;
    else if (octet < 0x80 && following > 0) return false;
    following = octet >= 0xc0 ? (octet >= 0xf0 ? 3 : octet >= 0xe0 ? 2 : 1) : Math.max(0, following - 1);
  }
  return zeros === 0 || zeros > 1;
}

function text(bytes: Uint8Array | undefined): string | undefined {
  return bytes === undefined || bytes.length < 4 ? undefined : readable(bytes);
}

const none = new Uint8Array();

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [mixed, run, pieces];
