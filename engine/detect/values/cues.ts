import type { Context } from '../types.ts';
import { isWord } from './chars.ts';

/** How far before a value a word still speaks of it, in code units. */
const REACH = 44;
/** A field's name speaks of its whole value, not of every number in a page of prose. */
const FIELD_VALUE = 120;

/** What was read around values: detectors ask for the same words again and again. */
interface Around {
  readonly field: string;
  text: string;
  before: Map<number, string> | undefined;
}

/** So many places of a text are remembered at a time. */
const mostPlaces = 1024;

const read = new WeakMap<Context, Around>();

function around(context: Context): Around {
  const known = read.get(context);
  if (known !== undefined) return known;
  const field = ` ${wordsOf(context.path?.at(-1))} ${wordsOf(context.field)}`.trimEnd();
  const made: Around = { field, text: '', before: undefined };
  read.set(context, made);
  return made;
}

/**
 * The words that speak of the value at `start`: the names of its field and of the one above, and what stands before it
 * on its line, in lower case. What stands nearest is last.
 */
export function wordsBefore(text: string, start: number, context: Context): string {
  const known = around(context);
  if (known.text !== text) {
    known.text = text;
    known.before = undefined;
  }
  const same = known.before?.get(start);
  if (same !== undefined) return same;
  const line = lineBefore(text, start);
  const words = text.length <= FIELD_VALUE ? `${known.field} ${line}` : line;
  if (known.before === undefined || known.before.size >= mostPlaces) known.before = new Map();
  known.before.set(start, words);
  return words;
}

function lineBefore(text: string, start: number): string {
  let before = text.slice(Math.max(0, start - REACH), start);
  const line = before.lastIndexOf('\n');
  if (line >= 0 && before.slice(line).trim() !== '') before = before.slice(line + 1);
  if (mayBeCamel.test(before)) before = before.replace(camel, '$1 $2');
  return before.toLowerCase().replace(joints, ' ');
}

const camel = /([\p{Ll}\d])(\p{Lu})/gu;
/** Asked first, as it is much faster: every letter beyond ASCII may be either. */
const mayBeCamel = /[a-z\d\u0080-\uffff][A-Z\u0080-\uffff]/;
const joints = /[_-]/g;

/** The words of the field's name and of the one above it: `dateOfBirth` below `patient` gives `patient date of birth`. */
export function fieldWords(context: Context): string {
  return around(context).field;
}

/** Names that say where a text is carried, not what it is: those of MCP and of bodies of messages. */
const carriers: ReadonlySet<string> = new Set([
  'text',
  'content',
  'contents',
  'structuredcontent',
  'body',
  'data',
  'value',
  'result',
]);

const signs = /[_\-./:]/g;
/** Names come from outside: what is kept of them is bounded. */
const mostNames = 4096;
const named = new Map<string, string>();

function wordsOf(name: string | undefined): string {
  if (name === undefined) return '';
  const known = named.get(name);
  if (known !== undefined) return known;
  const words = carriers.has(name.toLowerCase())
    ? ''
    : name.slice(0, 100).replace(camel, '$1 $2').replace(signs, ' ').toLowerCase();
  if (named.size >= mostNames) named.clear();
  if (name.length <= 100) named.set(name, words);
  return words;
}

/** Words that speak of a value, by their first letter. */
export type Cue = ReadonlyMap<number, readonly Word[]>;

interface Word {
  text: string;
  /** Whether the word ends where the text of the cue does. */
  whole: boolean;
}

/**
 * Words, in lower case, that are looked for at the starts of words; one that ends in `$` must end there too. A space in
 * a cue may be a space, a hyphen, an underscore or nothing.
 */
export function cue(words: readonly string[]): Cue {
  const byFirst = new Map<number, Word[]>();
  for (const word of words) {
    const whole = word.endsWith('$');
    const text = (whole ? word.slice(0, -1) : word).replace(/[_-]/g, ' ');
    for (const written of new Set([text, text.replaceAll(' ', '')])) {
      const first = written.charCodeAt(0);
      const same = byFirst.get(first) ?? [];
      same.push({ text: written, whole });
      byFirst.set(first, same);
    }
  }
  return byFirst;
}

/** Where words start in the text that was looked at last: it is mostly asked for several cues. */
const starts = { of: '', at: new Int32Array(512), count: 0 };

function readStarts(words: string): void {
  starts.of = words;
  starts.count = 0;
  let inWord = false;
  for (let at = 0; at < words.length; at++) {
    const code = words.charCodeAt(at);
    // A cue may begin with a sign.
    if (!inWord && code !== 32 && starts.count < starts.at.length) starts.at[starts.count++] = at;
    inWord = isWord(code);
  }
}

/** Where the last of a cue's words in `words` ends, -1 if there is none. */
export function lastCue(of: Cue, words: string): number {
  if (starts.of !== words) readStarts(words);
  for (let index = starts.count - 1; index >= 0; index--) {
    const at = starts.at[index] ?? 0;
    const candidates = of.get(words.charCodeAt(at));
    if (candidates === undefined) continue;
    let end = -1;
    for (const { text, whole } of candidates) {
      const after = at + text.length;
      if (after <= end || !words.startsWith(text, at) || (whole && isWord(words.charCodeAt(after)))) continue;
      end = after;
    }
    if (end >= 0) return end;
  }
  return -1;
}

/** Words that say a number is no one's: the number of a thing. */
export const thingCue = cue([
  'order',
  'invoice',
  'ref$',
  'reference',
  'batch',
  'sku$',
  'ean$',
  'isbn',
  'issn',
  'gtin',
  'upc$',
  'serial',
  'tracking',
  'build',
  'version',
  'release',
  'firmware',
  'kernel',
  'epoch',
  'timestamp',
  'unix',
  'sha',
  'commit',
  'rev$',
  'revision',
  'hash',
  'etag',
  'trace',
  'span$',
  'uuid',
  'ticket',
  'case$',
  'checksum',
  'parcel',
  'shipment',
  'article',
  'product',
  'part no',
  'auth$',
  'transaction',
  'bestell',
  'auftrag',
  'rechnung',
  'commande',
  'facture',
  'pedido',
  'factura',
  'ordine',
  'fattura',
  'bestelling',
  'factuur',
  'encomenda',
  'fatura',
  'zamówien',
  'faktur',
  'ordrenummer',
  'tilaus',
  'lasku',
  'sendung',
  'price',
  'total$',
  'amount',
]);

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [camel, mayBeCamel, joints, signs];
