import {
  countryWords,
  dictionary,
  negativeWords,
  neutralWords,
  type Phrase,
  peopleWords,
  squash,
  thingWords,
} from './dictionary.ts';
import { nameTokens } from './tokens.ts';

/** What the name of a field says, by itself. */
export interface FieldMeaning {
  readonly phrase: Phrase | undefined;
  /** Whether what it names is a person or a thing, as far as it is known. */
  readonly about: 'person' | 'thing' | undefined;
  /** Its numbers and codes are of the system: what looks like somebody's id is chance. */
  readonly negative: boolean;
  readonly isCountry: boolean;
}

const nothing: FieldMeaning = { phrase: undefined, about: undefined, negative: false, isCountry: false };

/** Longer names are no names. */
const longest = 80;
const cached = 4096;
/** By the name above, then by the name: no key is made of both. */
const cache = new Map<string | undefined, Map<string, FieldMeaning>>();
let size = 0;

/**
 * What a field's name says, in any of the languages of the dictionary and any spelling. `parent` is the name above it, which
 * counts where both are one phrase: `email.address`, `name.first`.
 */
export function fieldMeaning(name: string, parent?: string): FieldMeaning {
  if (name.length > longest) return nothing;
  const above = parent === undefined || parent.length > longest ? undefined : parent;
  const known = cache.get(above)?.get(name);
  if (known !== undefined) return known;
  const meaning = read(name, parent);
  // Names come from outside: what is kept of them is bounded.
  if (size >= cached) {
    cache.clear();
    size = 0;
  }
  const below = cache.get(above) ?? new Map<string, FieldMeaning>();
  cache.set(above, below.set(name, meaning));
  size++;
  return meaning;
}

function read(name: string, parent: string | undefined): FieldMeaning {
  const tokens = nameTokens(name);
  if (tokens.length === 0 || tokens.length > 8) return nothing;
  const last = tokens.at(-1) ?? '';
  const own = exact(tokens.join(''));
  const joint = parent === undefined ? undefined : exact(squash(parent) + tokens.join(''));
  // `user.name` is the name of a user, though `username` is none.
  const jointly = joint?.kind === 'other' && own?.kind === 'name' ? undefined : joint;
  const phrase = jointly ?? own ?? partOfName(tokens, parent) ?? partly(tokens) ?? compound(last);
  // `customerNo` is no customer.
  const isNone = phrase?.kind === 'other' || (phrase?.kind === 'role' && isNumber(tokens));
  const taken = isNone ? undefined : phrase;
  return {
    phrase: taken,
    about: aboutOf(tokens),
    negative: (taken === undefined || taken.kind === 'name') && endsNegative(tokens),
    isCountry: has(countryWords, tokens.join('')) || has(countryWords, last),
  };
}

/** `person: { first, last }`. */
function partOfName(tokens: readonly string[], parent: string | undefined): Phrase | undefined {
  if (tokens.length !== 1 || parent === undefined || !partsOfNames.has(tokens[0] ?? '')) return undefined;
  return aboutOf(nameTokens(parent)) === 'person' ? { kind: 'value', types: ['PERSON'] } : undefined;
}

const partsOfNames: ReadonlySet<string> = new Set(['first', 'last', 'middle', 'given', 'family']);

/** As the dictionary has it, or in the plural of the larger languages. */
function exact(squashed: string): Phrase | undefined {
  const found = dictionary.get(squashed);
  if (found !== undefined || squashed.length < 4) return found;
  for (const ending of plurals) {
    if (!squashed.endsWith(ending)) continue;
    const one = dictionary.get(squashed.slice(0, -ending.length));
    if (one !== undefined) return one;
  }
  return squashed.endsWith('ies') ? dictionary.get(`${squashed.slice(0, -3)}y`) : undefined;
}

const plurals = ['s', 'es', 'n', 'en', 'er', 'r', 'e'] as const;

function has(words: ReadonlySet<string>, word: string): boolean {
  return words.has(word) || plurals.some((ending) => word.endsWith(ending) && words.has(word.slice(0, -ending.length)));
}

/** `telefono_cliente` begins with what it is and ends with whose it is; most names have it the other way. */
function partly(tokens: readonly string[]): Phrase | undefined {
  const last = ending(tokens);
  if (last?.kind === 'value' || last?.kind === 'other') return last;
  return beginning(tokens) ?? last;
}

/** `workEmail`, `customer_phone_number`: the last words say what it is, if those before are no reason against it. */
function ending(tokens: readonly string[]): Phrase | undefined {
  for (let from = Math.max(1, tokens.length - 4); from < tokens.length; from++) {
    const found = exact(tokens.slice(from).join(''));
    if (found === undefined) continue;
    const before = tokens.slice(0, from);
    if (asks.has(before[0] ?? '')) return undefined;
    if (found.kind !== 'name') return short(tokens, from) && !before.some(isKnown) ? undefined : found;
    if (before.some((word) => has(peopleWords, word))) return { kind: 'value', types: found.types };
    return before.every((word) => has(neutralWords, word)) ? found : undefined;
  }
  return undefined;
}

/** Words that ask whether: `hasPhone`, `is_email`. */
const asks: ReadonlySet<string> = new Set([
  'has',
  'is',
  'allow',
  'allows',
  'enable',
  'enabled',
  'disable',
  'use',
  'uses',
  'requires',
  'max',
  'min',
  'total',
  'num',
  'count',
  'avg',
]);

/** One last word of three letters or fewer is as often the end of something else. */
function short(tokens: readonly string[], from: number): boolean {
  return from === tokens.length - 1 && (tokens[from] ?? '').length < 3;
}

function isKnown(word: string): boolean {
  return has(peopleWords, word) || has(neutralWords, word);
}

/** `email_primary`, `telefono cliente`: the first words say what it is, if the rest only tells one from another. */
function beginning(tokens: readonly string[]): Phrase | undefined {
  for (let to = tokens.length - 1; to > 0; to--) {
    if (!tokens.slice(to).every(isKnown)) return undefined;
    const found = exact(tokens.slice(0, to).join(''));
    if (found === undefined || found.kind === 'other') continue;
    if (found.kind !== 'name') return found;
    return tokens.slice(to).some((word) => has(peopleWords, word)) ? { kind: 'value', types: found.types } : found;
  }
  return undefined;
}

/** Ends of words that German, Dutch and the Nordic languages write as one: `Kundenadresse`, `asiakasosoite`. */
const heads =
  /^\p{L}{3,30}?(?:telefonnummer|telefoonnummer|mobilnummer|puhelinnumero|rufnummer|emailadresse|mailadresse|emailadres|mailadres|epostadress|sahkoposti|passnummer|paspoortnummer|geburtsdatum|geboortedatum|fodelsedatum|fodselsdato|kontonummer|rekeningnummer|tilinumero|kartennummer|kaartnummer|kortnummer|vorname|nachname|voornaam|achternaam|fornamn|efternamn|fornavn|efternavn|anschrift|adresse|adress|adres|osoite)$/u;
const headOf =
  /(?:telefonnummer|telefoonnummer|mobilnummer|puhelinnumero|rufnummer|emailadresse|mailadresse|emailadres|mailadres|epostadress|sahkoposti|passnummer|paspoortnummer|geburtsdatum|geboortedatum|fodelsedatum|fodselsdato|kontonummer|rekeningnummer|tilinumero|kartennummer|kaartnummer|kortnummer|vorname|nachname|voornaam|achternaam|fornamn|efternamn|fornavn|efternavn|anschrift|adresse|adress|adres|osoite)$/;

function compound(word: string): Phrase | undefined {
  if (!heads.test(word) || /(?:ip|mac|web|internet|url)-?(?:adresse?|adres|osoite)$/.test(word)) return undefined;
  const head = headOf.exec(word)?.[0];
  return head === undefined ? undefined : dictionary.get(head);
}

function aboutOf(tokens: readonly string[]): FieldMeaning['about'] {
  const last = tokens.at(-1) ?? '';
  if (has(peopleWords, tokens.join('')) || has(peopleWords, last)) return 'person';
  if (has(thingWords, last)) return 'thing';
  // `customer_id`, `employeeNo`: the id of a person says that the record is a person's.
  return tokens.length > 1 && has(peopleWords, tokens[0] ?? '') ? 'person' : undefined;
}

/** Words for a number, and the ends of words that are one: `Kundennummer`, `numero_cliente`. */
const numbers: ReadonlySet<string> = new Set([
  'number',
  'no',
  'nr',
  'num',
  'nummer',
  'numero',
  'numer',
  'numeri',
  'cislo',
  'broj',
  'stevilka',
  'szam',
  'codigo',
  'codice',
]);
const endsInNumber =
  /^(?:kund|klant|klient|client|asiakas|order|ordre|bestel|fakt|rechn|artik|tilaus|lasku|sak|zaak|auftrag|liefer|seri|vertrag|mitglied|medlem|buchung|boeking|vorgang)\p{L}{0,20}(?:number|nummer|numero|numer|nro)$/u;
/** Numbers at which somebody is reached. */
const reached = /^(?:k?ontak|contac|contat|emergency|notfall|urgence|call|ruck|zuruck|sms|hot|ring)/;

/** Whether a field holds the number of something, at which nobody is reached. */
function isNumber(tokens: readonly string[]): boolean {
  const [first = ''] = tokens;
  const last = tokens.at(-1) ?? '';
  if (tokens.length === 1) return endsInNumber.test(first);
  if (tokens.some((word) => reached.test(word))) return false;
  if (numbers.has(first)) return tokens.slice(1).every(isOfThings);
  return numbers.has(last) && tokens.slice(0, -1).every(isOfThings);
}

/** `reference` and `client` in the name of a number say whose it is in the system. */
function isOfThings(word: string): boolean {
  return isKnown(word) || has(thingWords, word) || has(negativeWords, word);
}

function endsNegative(tokens: readonly string[]): boolean {
  if (isNumber(tokens)) return true;
  for (let from = Math.max(0, tokens.length - 2); from < tokens.length; from++) {
    if (has(negativeWords, tokens.slice(from).join(''))) return true;
  }
  return false;
}
