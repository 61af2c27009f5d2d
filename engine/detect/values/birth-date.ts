import { matchesOf } from '../matches.ts';
import type { Context, Found } from '../types.ts';
import { closes, isWord } from './chars.ts';
import { cue, lastCue, wordsBefore } from './cues.ts';
import { isDay } from './ids/checks.ts';

const NUMERIC = /\b\d{1,4}[-./]\d{1,2}[-./]\d{2,4}(?![\d])|\b\d{1,2}[.] ?\d{1,2}[.] ?\d{4}\b|\b(?:19|20)\d{6}\b/g;
/** `14 April`, `14. April`, `14-Apr-`, `14 de abril de`, `1er mai`, up to the year. */
const DAY_FIRST = /\d{1,2}(?:\. ?| |-|\/|er |st |nd |rd |th |º )(?:de |of )?(\p{L}{3,12})\.?,?(?: del?)?[ /-]$/u;
/** `April 14,`, up to the year. */
const MONTH_FIRST = /(\p{L}{3,12})\.? \d{1,2}(?:st|nd|rd|th)?,? $/u;
const YEAR = /[ /-](?:19|20)\d{2}/g;
/** The longest text before a year that belongs to its date, in code units. */
const DAY_AND_MONTH = 30;

/** Beginnings of the names of the months in the EU's languages, in lower case. */
const MONTH =
  /^(?:jan|jän|ene|gen|sty|led|feb|fév|fev|lut|úno|mar|mär|maa|mrt|mars|břez|kwi|apr|abr|avr|dub|huh|may|mai|maj|mei|mag|květ|tou|mayo|jun|juin|giu|cze|červ|kes|jul|juil|lug|lip|hei|aug|ago|aoû|sie|srp|elo|sep|set|wrz|zář|syy|oct|okt|ott|out|paź|říj|lok|nov|lis|mar|dec|dez|dic|déc|gru|pros|jou|tam|hel|ιαν|φεβ|μαρ|απρ|μαΐ|μαι|ιου|αυγ|σεπ|οκτ|νοε|δεκ|яну|фев|мар|апр|май|юни|юли|авг|сеп|окт|ное|дек)/u;

const bornCue = cue([
  'born',
  'dob$',
  'd.o.b',
  'date of birth',
  'birth date',
  'birthdate',
  'birth day',
  'birthday',
  'birth$',
  'geboren',
  'geb.',
  'geb$',
  'geburt',
  'né$',
  'née$',
  'né(e)',
  'naissance',
  'nacido',
  'nacida',
  'nacimiento',
  'nació',
  'nato$',
  'nata$',
  'nascita',
  'nascido',
  'nascida',
  'nascimento',
  'geboorte',
  'gebdat',
  'född',
  'fødsels',
  'født',
  'födelse',
  'fødedato',
  'syntynyt',
  'syntymä',
  'urodz',
  'ur.',
  '(b.',
  'f.',
  'synt.',
  'fødd',
  'narozen',
  'narodzen',
  'rojen',
  'rođen',
  'született',
  'születés',
  'născut',
  'nașter',
  'gimim',
  'gimė',
  'dzimš',
  'dzim.',
  'sünd',
  'sünniaeg',
  'γενν',
  'роден',
  'рожден',
  'datanasc',
  'fecnac',
  'naissancedate',
]);
/** The star that stands before a birthday in German: `* 12.03.1970`. */
const STAR = /[*✱] ?$/;

/** Finds dates of birth: a date that a word of birth speaks of, with no other number between. */
export function findBirthDates(text: string, context: Context): Found[] {
  const found: Found[] = [];
  for (const match of matchesOf(NUMERIC, text)) {
    if (isDate(match[0])) add(text, match.index, match.index + match[0].length, context, found);
  }
  for (const match of matchesOf(YEAR, text)) {
    const year = match.index + 1;
    const line = text.slice(Math.max(0, year - DAY_AND_MONTH), year);
    const before = DAY_FIRST.exec(line) ?? MONTH_FIRST.exec(line);
    const month = before?.[1];
    if (before === null || month === undefined || !MONTH.test(month.toLowerCase())) continue;
    add(text, year - before[0].length, year + 4, context, found);
  }
  return found;
}

function add(text: string, start: number, end: number, context: Context, found: Found[]): void {
  if (start > 0 && isWord(text.charCodeAt(start - 1))) return;
  // A date may be followed by a time.
  if (!closes(text, end) && !/^T\d\d:/.test(text.slice(end, end + 4))) return;
  const words = wordsBefore(text, start, context);
  const last = lastCue(bornCue, words);
  const between = last < 0 ? '' : words.slice(last);
  if (last >= 0 ? /\d/.test(between) : !STAR.test(words)) return;
  found.push({ start, end, type: 'DATE_OF_BIRTH', detector: 'birth-date', confidence: last >= 0 ? 0.9 : 0.6 });
}

/** Whether day and month exist in one of the orders in use. */
function isDate(written: string): boolean {
  const parts = written.split(/[-./] ?/);
  if (parts.length === 1) return isDay(Number(written.slice(4, 6)), Number(written.slice(6)));
  const [a = '', b = '', c = ''] = parts;
  if (a.length === 4) return isDay(Number(b), Number(c)) && a >= '1880' && a < '2100';
  if (a.length > 2 || c.length === 3 || (c.length === 4 && (c < '1880' || c >= '2100'))) return false;
  return isDay(Number(b), Number(a)) || isDay(Number(a), Number(b));
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [NUMERIC, DAY_FIRST, MONTH_FIRST, YEAR, MONTH, STAR, /^T\d\d:/, /\d/, /[-./] ?/];
