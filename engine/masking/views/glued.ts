import { matchesOf } from '../../detect/matches.ts';
import { bytesOfHex, values64 } from './octets.ts';
import { Draft, replaced, type View } from './view.ts';

/**
 * Octets in hexadecimal or base64 and lists of codes that begin or end in the middle of a word: `ana@65 78 61mple.org`,
 * `616e6140example.org`. Those that are words by themselves are read as blocks and as codes.
 */
export function gluedBlocks(view: View): View | undefined {
  if (!sign.test(view.text)) return undefined;
  let read: View | undefined;
  for (const [pattern, plain] of [
    [bits, ofBits],
    [prefixed, ofCodes],
    [codes, ofCodes],
    [groups, ofGroups],
  ] as const)
    read = replaced(read ?? view, pattern, plain, 'glued') ?? read;
  read = within(read ?? view, hex, inHex) ?? read;
  return within(read ?? view, digits, inBase64) ?? read;
}

/** A stretch of a run that reads as `plain`. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly plain: string;
}

function within(view: View, pattern: RegExp, find: (run: string, from: number) => Part | undefined): View | undefined {
  let draft: Draft | undefined;
  for (const { 0: run, index } of matchesOf(pattern, view.text)) {
    for (let part = find(run, 0); part !== undefined; part = find(run, part.end)) {
      draft ??= new Draft(view);
      draft.keep(index + part.start);
      draft.put(part.plain, index + part.end);
    }
  }
  return draft?.done('glued');
}

const sign = /[0-9]{2}[ ,:;-]{1,2}[0-9]{2}|[2-7][0-9a-f][ ,:;-]{1,2}[2-7][0-9a-f]|[A-Za-z0-9+/_-]{8}/i;
const codes = /[01]?[0-9a-f]{2}(?:[ ,:;-]{1,2}[01]?[0-9a-f]{2}){4,256}/gi;
const prefixed = /(?:0x|U\+00)[0-9a-f]{2}(?:[ ,:;-]{1,2}(?:0x|U\+00)[0-9a-f]{2}){4,256}/gi;
const bits = /0[01]{7}(?:[ ,:;-]{0,2}0[01]{7}){4,512}/g;
const groups = /(?:[A-Za-z0-9+/]{4} ){3,512}[A-Za-z0-9+/]{2,4}={0,2}/g;
const hex = /(?=[0-9]{0,64}[a-f])[0-9a-f]{10,4096}/gi;
const digits = /[A-Za-z0-9+/_-]{7,4096}={0,3}/g;

function ofCodes([list]: RegExpExecArray): string | undefined {
  const all = list.replace(/0x|U\+00/gi, '').match(/[0-9a-f]+/gi) ?? [];
  const bases = /0x|U\+|[a-f]/i.test(list) ? [16] : /[89]/.test(list) ? [10, 16] : [10, 8, 16];
  return bases.map((base) => ofValues(all, base)).find((text) => text !== undefined);
}

function ofValues(codes: readonly string[], base: number): string | undefined {
  const values = codes.map((digits) => Number.parseInt(digits, base));
  return values.every((value) => value >= 0x20 && value < 0x7f) ? String.fromCharCode(...values) : undefined;
}

function ofGroups([list]: RegExpExecArray): string | undefined {
  const text = Buffer.from(list, 'base64').toString('latin1');
  return /^[ -~]+$/.test(text) ? text : undefined;
}

function ofBits([list]: RegExpExecArray): string {
  return String.fromCharCode(...(list.match(/[01]{8}/g) ?? []).map((each) => Number.parseInt(each, 2)));
}

/** The first stretch of five octets that values have, whichever digit it begins with: digests have five printable ones by chance. */
function inHex(run: string, from: number): Part | undefined {
  for (const first of [from, from + 1]) {
    const match = fiveOfValues.exec(Buffer.from(bytesOfHex(run.slice(first))).toString('latin1'));
    if (match === null) continue;
    const start = first + 2 * match.index;
    return { start, end: start + 2 * match[0].length, plain: match[0] };
  }
  return undefined;
}

const fiveOfValues = /[\w@.,:+'()/ -]{5,4096}/;

/** So many printable octets are in no word by chance; padding tells base64 from words. */
const LEAST = 9;
const LEAST_PADDED = 5;

function inBase64(run: string, from: number): Part | undefined {
  const length = run.replace(/=+$/, '').length;
  for (let start = from; start < length; start++) {
    const octets = printableFrom(run, start, length);
    const toEnd = octets === Math.floor(((length - start) * 3) / 4);
    if (octets < (toEnd && length < run.length ? LEAST_PADDED : LEAST)) continue;
    const end = toEnd ? run.length : start + Math.floor(octets / 3) * 4;
    return { start, end, plain: Buffer.from(run.slice(start, end), 'base64').toString('latin1') };
  }
  return undefined;
}

/** How many octets from there are printable ASCII: words show soon that they are none. */
function printableFrom(run: string, from: number, to: number): number {
  let [rest, bits, octets] = [0, 0, 0];
  for (let at = from; at < to; at++) {
    const value = values64[run.charCodeAt(at)];
    if (value === undefined) return octets;
    rest = ((rest << 6) | value) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    const octet = (rest >> bits) & 0xff;
    if (octet < 0x20 || octet > 0x7e) return octets;
    octets++;
  }
  return octets;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [sign, codes, prefixed, bits, groups, hex, digits, fiveOfValues];
