import { alsoWords, entityHeads, plainWords } from './common-words.ts';
import { after, closings, greetings, kin, labels, particles, roles, titles, weak } from './cue-words.ts';
import { endsInOneOf } from './endings.ts';
import { fold } from './fold.ts';
import * as de from './names/de.ts';
import * as east from './names/east.ts';
import * as en from './names/en.ts';
import * as es from './names/es.ts';
import * as fi from './names/fi.ts';
import * as fr from './names/fr.ts';
import * as it from './names/it.ts';
import * as nl from './names/nl.ts';
import * as nordic from './names/nordic.ts';
import * as pl from './names/pl.ts';
import * as pt from './names/pt.ts';

/** What is known of a word, as bits. */
export const GIVEN = 1;
export const SURNAME = 2;
/** A name that is a common word, a place or a product too. */
export const ALSO_WORD = 4;
export const PLAIN = 8;
export const ENTITY = 16;
export const TITLE = 32;
export const ROLE = 64;
export const KIN = 128;
export const GREETING = 256;
export const WEAK = 512;
export const AFTER = 1024;
export const CLOSING = 2048;
export const PARTICLE = 4096;
export const LABEL = 8192;

const book = new Map<string, number>();
for (const list of [en, de, fr, es, it, pt, nl, pl, nordic, fi, east]) {
  add(list.given, GIVEN);
  add(list.surnames, SURNAME);
}
add(alsoWords, ALSO_WORD);
add(plainWords, PLAIN);
add(entityHeads, ENTITY);
add(titles, TITLE);
add(roles, ROLE);
add(kin, KIN);
add(greetings, GREETING);
add(weak, WEAK);
add(after, AFTER);
add(closings, CLOSING);
add(particles, PARTICLE);
add(labels, LABEL);
// A surname that is a plain word (Street signs, months, trades) says little by itself.
for (const [word, bits] of book) {
  if (bits & (GIVEN | SURNAME) && bits & (PLAIN | ENTITY | ROLE)) book.set(word, bits | ALSO_WORD);
}

function add(list: string, bit: number): void {
  for (const word of list.split(/\s+/)) if (word) book.set(fold(word), (book.get(fold(word)) ?? 0) | bit);
}

/** The bits of a folded word, 0 when nothing is known of it. */
export function known(folded: string): number {
  return book.get(folded) ?? 0;
}

/** Bits of a word as it could be part of a name: hyphenated names by their parts, Mac- and O'-names by their shape. */
export function knownName(folded: string): number {
  const whole = book.get(folded);
  if (whole !== undefined) return whole;
  const hyphen = folded.indexOf('-');
  if (hyphen > 0) {
    const first = book.get(folded.slice(0, hyphen)) ?? 0;
    const last = book.get(folded.slice(folded.lastIndexOf('-') + 1)) ?? 0;
    return (first & GIVEN) | ((first | last) & SURNAME);
  }
  return 0;
}

/** Endings that surnames have and other words rarely do. */
const hasSurnameEnd = endsInOneOf(`
ski ska cki cka dzki dzka czyk czak wicz sson ssen nsen rsen ksen tsen lsen dsen csen gsen nen ova ovic
evic idis opoulos escu eanu qvist kvist strom gren gaard mann huber bauer maier meyer hauser inger stra sma ink aerts ucci acci etti ini ello elli one ez eiro eira
`);
const CELTIC = /^(?:o'|mc|mac|fitz|d')[a-z]{3}/;

/** Whether a folded word has the shape of a surname. */
export function looksLikeSurname(folded: string): boolean {
  return folded.length > 4 && (hasSurnameEnd(folded) || CELTIC.test(folded));
}
