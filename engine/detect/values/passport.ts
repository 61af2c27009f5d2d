import { matchesOf } from '../matches.ts';
import type { Context, Found } from '../types.ts';
import { closes, opens } from './chars.ts';
import { cue, fieldWords, lastCue } from './cues.ts';

/** A word for a passport; longer words may begin or end with it. */
const NAME =
  /passport|reisepass|passeport|pasaport|passaport|paspoort|paszport|pasport|passnummer|pass[ -]nr|pass[ -]nummer|pasnummer|pasnr|passinumero|passin numero|passnr|passi[ -]?nro|travel doc(?:ument)?|reisedokument|reisdocument|document de voyage|documento de viaje|documento di viaggio|documento de viagem|dokument podróży|cestovn[íý] pas|útlevél|pașaport|putovnica|potni list|паспорт|διαβατ[ήη]ρ/giu;
const WORD = /[\p{L}\d]{1,40}/gu;
/** Words that may stand between it and the number. */
const labels = new Set(
  'no nr num number nummer numero número numer numéro n nº id č číslo szám is ist est es è é är er on to details données daten datos dati gegevens lautet card of de der the and s'.split(
    ' ',
  ),
);
/** How far behind it the number begins at most, in code units. */
const REACH = 40;
const field = cue([
  'passport',
  'reisepass',
  'passeport',
  'pasaporte',
  'passaporto',
  'passaporte',
  'paspoort',
  'paszport',
  'pass nummer',
  'passnummer',
  'pass nr',
  'passinumero',
  'travel document',
  'travel doc',
  'reisedokument',
  'reisdocument',
  'document de voyage',
  'documento de viaje',
  'documento di viaggio',
  'documento de viagem',
  'pasnummer',
  'passin numero',
  'útlevél',
  'pașaport',
  'putovnica',
  'паспорт',
  'διαβατήρι',
]);
const WHOLE = /^[A-Z\d]{6,9}$/;

/** Finds passport numbers behind a word for a passport, or in a field of that name. */
export function findPassports(text: string, context: Context): Found[] {
  const found: Found[] = [];
  if (text.length <= 14 && lastCue(field, fieldWords(context)) >= 0) {
    const start = text.length - text.trimStart().length;
    const value = text.trim();
    if (WHOLE.test(value.replace(/[ -]/g, '').toUpperCase())) {
      found.push({ start, end: start + value.length, type: 'PASSPORT', detector: 'passport.field', confidence: 0.9 });
    }
    return found;
  }
  for (const match of matchesOf(NAME, text)) {
    const hit = numberBehind(text, match.index + match[0].length);
    if (hit === undefined || hit.start < (found.at(-1)?.end ?? 0)) continue;
    found.push({ ...hit, type: 'PASSPORT', detector: 'passport.cue', confidence: 0.9 });
  }
  return found;
}

/** The number behind a word for a passport that ends at `from`: nothing but labels stand between. */
function numberBehind(text: string, from: number): { start: number; end: number } | undefined {
  const behind = text.slice(from, from + REACH);
  const words = matchesOf(WORD, behind);
  for (const [index, word] of words.entries()) {
    const start = from + word.index;
    // The rest of the word itself: `Reisepassnummer`.
    if (word.index === 0 && !/\d/.test(word[0])) continue;
    const end = start + word[0].length;
    if (isNumber(word[0]) && opens(text, start) && closes(text, end)) return { start, end };
    const next = words[index + 1];
    if (next !== undefined && word[0].length <= 3 && text[end] === ' ' && from + next.index === end + 1) {
      const last = from + next.index + next[0].length;
      if (isNumber(word[0] + next[0]) && closes(text, last)) return { start, end: last };
    }
    if (!labels.has(word[0].toLowerCase())) return undefined;
  }
  return undefined;
}

/** Six to nine letters and digits, some of them digits: a word is no number. */
function isNumber(value: string): boolean {
  if (value.length < 6 || value.length > 9 || !WHOLE.test(value.toUpperCase())) return false;
  const digits = value.replace(/\D/g, '').length;
  return digits >= (value === value.toUpperCase() ? 1 : 4);
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [NAME, WORD, WHOLE, /[ -]/g, /\d/, /\D/g];
