import type { Context } from '../types.ts';
import { isWord } from './chars.ts';

/** How far before a value a word still speaks of it, in code units. */
const REACH = 44;
/** A field's name speaks of its whole value, not of every number in a page of prose. */
const FIELD_VALUE = 120;

const names = new WeakMap<Context, string>();

/**
 * The words that speak of the value at `start`: the names of its field and of the one above, and what stands before it
 * on its line, in lower case. What stands nearest is last.
 */
export function wordsBefore(text: string, start: number, context: Context): string {
  const from = Math.max(0, start - REACH);
  let before = text.slice(from, start);
  const line = before.lastIndexOf('\n');
  if (line >= 0 && before.slice(line).trim() !== '') before = before.slice(line + 1);
  before = before
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .replace(/[_-]/g, ' ');
  return text.length <= FIELD_VALUE ? `${fieldWords(context)} ${before}` : before;
}

/** The words of the field's name and of the one above it: `dateOfBirth` below `patient` gives `patient date of birth`. */
export function fieldWords(context: Context): string {
  const known = names.get(context);
  if (known !== undefined) return known;
  const words = ` ${words_(context.path?.at(-1))} ${words_(context.field)}`.trimEnd();
  names.set(context, words);
  return words;
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

function words_(name: string | undefined): string {
  if (name === undefined || carriers.has(name.toLowerCase())) return '';
  return name
    .slice(0, 100)
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/[_\-./:]/g, ' ')
    .toLowerCase();
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

/** Where the last of a cue's words in `words` ends, -1 if there is none. */
export function lastCue(of: Cue, words: string): number {
  for (let at = words.length - 1; at >= 0; at--) {
    const candidates = of.get(words.charCodeAt(at));
    if (candidates === undefined || (at > 0 && isWord(words.charCodeAt(at - 1)))) continue;
    let end = -1;
    for (const { text, whole } of candidates) {
      const after = at + text.length;
      if (!words.startsWith(text, at) || (whole && isWord(words.charCodeAt(after)))) continue;
      end = Math.max(end, after);
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
export const PATTERNS = [/([\p{Ll}\d])(\p{Lu})/gu, /[_\-./:]/g, /[_-]/g];
