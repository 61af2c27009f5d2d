import { bytesOfBase64, readable } from './octets.ts';
import { Draft, replaced, type View } from './view.ts';

/** Quoted-printable (RFC 2045 section 6.7): octets as `=40`, lines that go on after `=`. */
export function quotedPrintable(view: View): View | undefined {
  if (!signs.test(view.text)) return undefined;
  return replaced(
    view,
    octets,
    ([whole]) => (/[0-9a-f]/i.test(whole[1] ?? '') ? ofOctets(whole) : ''),
    'quoted-printable',
  );
}

/** A sign in place of a letter or digit, a letter of two octets, several in a row: queries of URLs have such numbers, too. */
const signs = /=(?:40|2[b-f]|5f|3d|c[23])|(?:=[0-9a-f]{2}){3}|=[ \t]?\r?\n/i;
/** As many as one character has. */
const octets = /=[ef][0-9a-f](?:=[89ab][0-9a-f]){2,3}|=[cd][0-9a-f]=[89ab][0-9a-f]|=[0-9a-f]{2}|=[ \t]?\r?\n/gi;

function ofOctets(text: string): string {
  const bytes = Uint8Array.from(text.slice(1).split('='), (each) => Number.parseInt(each, 16));
  return readable(bytes, 1) ?? String.fromCharCode(...bytes);
}

/** Encoded words (RFC 2047): `=?utf-8?B?...?=` and `=?utf-8?Q?...?=`, one word where they stand one after the other. */
export function encodedWords(view: View): View | undefined {
  if (!view.text.includes('=?')) return undefined;
  const draft = new Draft(view);
  let last = -1;
  for (const { 0: whole, 1: kind = '', 2: word = '', index } of view.text.matchAll(encodedWord)) {
    const plain = /b/i.test(kind) ? readable(bytesOfBase64(word) ?? new Uint8Array(), 1) : ofQ(word);
    if (plain === undefined) continue;
    if (last >= 0 && /^\s{1,16}$/.test(view.text.slice(last, index))) draft.put('', index);
    else draft.keep(index);
    last = index + whole.length;
    draft.put(plain, last);
  }
  return draft.done('encoded words');
}

/** Encoded words are of 75 characters at most; senders that do not care write longer ones. */
const encodedWord = /=\?[a-z0-9*_-]{1,40}\?([bq])\?([^?\s]{0,2000})\?=/gi;

function ofQ(word: string): string {
  return word.replaceAll('_', ' ').replace(octets, (octet: string) => ofOctets(octet));
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [signs, octets, encodedWord];
