import { fieldMeaning } from '../fields/field-meaning.ts';
import { matchesOf } from '../matches.ts';
import type { Member, TextLeaf } from './leaves.ts';

/** Countries by calling code: E.164, those of the EU, EEA, UK and Switzerland. */
const callingCodes: Readonly<Record<string, string>> = {
  '30': 'GR',
  '31': 'NL',
  '32': 'BE',
  '33': 'FR',
  '34': 'ES',
  '36': 'HU',
  '39': 'IT',
  '40': 'RO',
  '41': 'CH',
  '43': 'AT',
  '44': 'GB',
  '45': 'DK',
  '46': 'SE',
  '47': 'NO',
  '48': 'PL',
  '49': 'DE',
  '351': 'PT',
  '352': 'LU',
  '353': 'IE',
  '354': 'IS',
  '356': 'MT',
  '357': 'CY',
  '358': 'FI',
  '359': 'BG',
  '370': 'LT',
  '371': 'LV',
  '372': 'EE',
  '385': 'HR',
  '386': 'SI',
  '420': 'CZ',
  '421': 'SK',
  '423': 'LI',
};
const codes = new Set(Object.values(callingCodes));
/** Languages whose code is not that of the country where most speak it. */
const languages: Readonly<Record<string, string>> = {
  en: 'GB',
  da: 'DK',
  sv: 'SE',
  el: 'GR',
  cs: 'CZ',
  et: 'EE',
  sl: 'SI',
  ga: 'IE',
  nb: 'NO',
  nn: 'NO',
  uk: 'GB',
};
const names: Readonly<Record<string, string>> = {
  germany: 'DE',
  deutschland: 'DE',
  allemagne: 'DE',
  deu: 'DE',
  france: 'FR',
  frankreich: 'FR',
  fra: 'FR',
  spain: 'ES',
  españa: 'ES',
  esp: 'ES',
  italy: 'IT',
  italia: 'IT',
  ita: 'IT',
  poland: 'PL',
  polska: 'PL',
  pol: 'PL',
  netherlands: 'NL',
  nederland: 'NL',
  nld: 'NL',
  belgium: 'BE',
  belgië: 'BE',
  belgique: 'BE',
  bel: 'BE',
  portugal: 'PT',
  prt: 'PT',
  sweden: 'SE',
  sverige: 'SE',
  swe: 'SE',
  denmark: 'DK',
  danmark: 'DK',
  dnk: 'DK',
  finland: 'FI',
  suomi: 'FI',
  fin: 'FI',
  norway: 'NO',
  norge: 'NO',
  nor: 'NO',
  austria: 'AT',
  österreich: 'AT',
  aut: 'AT',
  ireland: 'IE',
  éire: 'IE',
  irl: 'IE',
  'united kingdom': 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  gbr: 'GB',
  switzerland: 'CH',
  schweiz: 'CH',
  suisse: 'CH',
  che: 'CH',
  'czech republic': 'CZ',
  czechia: 'CZ',
  česko: 'CZ',
  cze: 'CZ',
  slovakia: 'SK',
  slovensko: 'SK',
  svk: 'SK',
  hungary: 'HU',
  magyarország: 'HU',
  hun: 'HU',
  romania: 'RO',
  românia: 'RO',
  rou: 'RO',
  bulgaria: 'BG',
  българия: 'BG',
  bgr: 'BG',
  greece: 'GR',
  ελλάδα: 'GR',
  grc: 'GR',
  croatia: 'HR',
  hrvatska: 'HR',
  hrv: 'HR',
  slovenia: 'SI',
  slovenija: 'SI',
  svn: 'SI',
  estonia: 'EE',
  eesti: 'EE',
  est: 'EE',
  latvia: 'LV',
  latvija: 'LV',
  lva: 'LV',
  lithuania: 'LT',
  lietuva: 'LT',
  ltu: 'LT',
  malta: 'MT',
  mlt: 'MT',
  cyprus: 'CY',
  cyp: 'CY',
  luxembourg: 'LU',
  luxemburg: 'LU',
  lux: 'LU',
};
const currencies: Readonly<Record<string, string>> = {
  GBP: 'GB',
  PLN: 'PL',
  SEK: 'SE',
  DKK: 'DK',
  NOK: 'NO',
  CHF: 'CH',
  CZK: 'CZ',
  HUF: 'HU',
  RON: 'RO',
  BGN: 'BG',
};

const international = /(?:^|[\s:(,;"'=])(?:\+|00)(\d{1,3})[\s().-]?\(?\d/g;
/** Words and postcodes of addresses that are of one country. */
const addressHints: readonly (readonly [string, RegExp])[] = [
  ['DE', /\p{L}(?:straße|strasse|str\.|gasse|allee|platz|weg|ring|damm|ufer)\b/u],
  ['FR', /\b(?:rue|boulevard|avenue|chemin|impasse|allée|place)\b.{1,60}\b\d{5}\b/iu],
  [
    'ES',
    /\b(?:calle|c\/|avenida|avda|plaza|paseo|glorieta|ronda|rambla|cuesta|acceso|pasaje|vial|urbanización|callejón)\b/iu,
  ],
  [
    'IT',
    /\b(?:via|viale|piazza|corso|vicolo|strada|contrada|borgo|largo|stretto|incrocio|rotonda|canale)\b.{1,80}\([A-Z]{2}\)/iu,
  ],
  ['PL', /(?:^|\s)(?:ul\.|al\.|pl\.|ulica|aleja|plac)\s|\b\d{2}-\d{3} \p{L}/u],
  ['NL', /\b\d{4} ?[A-Z]{2}\b/],
  ['PT', /\b\d{4}-\d{3}\b/],
  ['GB', /\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b/],
  ['IE', /\b(?:Co\.|County) \p{Lu}|\b[A-Z]\d[\dW] ?[A-Z\d]{4}\b/u],
  ['SE', /\p{L}(?:vägen|gatan|gränden|stigen|torget)\b/u],
  ['DK', /\p{L}(?:vej|gade|stræde|allé)\b/u],
  ['NO', /\p{L}(?:veien|gata|vegen|gaten)\b/u],
  ['FI', /\p{L}(?:katu|tie|kuja|polku|kaari)\b/u],
  ['BE', /\p{L}(?:laan|straat|steenweg|baan|dreef|steeg|weg) \d{1,4}\w?, \d{4}\b/u],
];
/** Texts are looked at so far: a hint is near the beginning, or it is not about all. */
const looked = 512;

/** Counts what tells which countries a document's people live in. */
export class Regions {
  readonly #counts = new Map<string, number>();

  add({ text, field, kind }: TextLeaf): void {
    if (kind === 'number') return;
    const meaning = field === undefined ? undefined : fieldMeaning(field);
    if (meaning?.isCountry) this.#count(countryOf(text), 5);
    const head = text.length > looked ? text.slice(0, looked) : text;
    if (head.includes('+') || head.includes('00')) {
      for (const [, digits = ''] of matchesOf(international, head)) {
        this.#count(callingCodes[digits] ?? callingCodes[digits.slice(0, 2)], 2);
      }
    }
    if (meaning?.phrase?.types.includes('ADDRESS')) this.address(head);
  }

  address(text: string): void {
    for (const [country, hint] of addressHints) if (hint.test(text)) this.#count(country, 1);
  }

  /** The likeliest first, then those that are configured. */
  inOrder(configured: readonly string[]): string[] {
    const found = [...this.#counts].sort(([, a], [, b]) => b - a).map(([country]) => country);
    return [...new Set([...found.slice(0, 4), ...configured])];
  }

  #count(country: string | undefined, weight: number): void {
    if (country !== undefined) this.#counts.set(country, (this.#counts.get(country) ?? 0) + weight);
  }
}

/** The country that the members of a record name, if they do. */
export function countryOfMembers(members: readonly Member[]): string | undefined {
  for (const { name, text } of members) {
    if (text === undefined || text.length > 40 || !fieldMeaning(name).isCountry) continue;
    const country = countryOf(text);
    if (country !== undefined) return country;
  }
  return undefined;
}

/** `SE`, `sv-SE`, `sv`, `Sverige`, `SEK`: SE. */
function countryOf(text: string): string | undefined {
  if (text.length > 40) return undefined;
  const tag = /^([a-z]{2})[-_](?:[A-Z][a-z]{3}[-_])?([A-Z]{2})(?:\.|@|$)/.exec(text);
  const code = tag?.[2] ?? (/^[A-Z]{2}$/.test(text) ? text : undefined);
  if (code !== undefined) return code === 'UK' ? 'GB' : code === 'EL' ? 'GR' : codes.has(code) ? code : undefined;
  const lower = text.trim().toLowerCase();
  const own = lower.length === 2 ? (languages[lower] ?? lower.toUpperCase()) : names[lower];
  const country = own ?? currencies[text];
  return country !== undefined && codes.has(country) ? country : undefined;
}
