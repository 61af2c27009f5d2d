import type { DetectedType } from '../types.ts';
import { nameTokens } from './tokens.ts';
import { countries, negatives, neutrals, people, things } from './words-around.ts';
import { addresses, emails, phones, places } from './words-contact.ts';
import { births, nationalIds, passports } from './words-identity.ts';
import { bareNames, personNames, roles } from './words-person.ts';
import { accounts, cards, ips, macs, others, secrets, vats } from './words-technical.ts';

/**
 * What a phrase says of the field it names. `value`: its values are of these types. `name`: a name of anybody or anything.
 * `role`: a person, where the value reads like one. `place`: part of an address, beside one. `national`: the id of a person in
 * a country that is not said. `other`: none of these, whatever its last word.
 */
export interface Phrase {
  readonly kind: 'value' | 'name' | 'role' | 'place' | 'national' | 'other';
  readonly types: readonly DetectedType[];
}

/** The words of a name as the dictionary has them: without what stands between. */
export function squash(name: string): string {
  return nameTokens(name).join('');
}

function* phrasesOf(list: string): Generator<string> {
  for (const phrase of list.split(/[,\n]/)) {
    const folded = squash(phrase);
    if (folded !== '') yield folded;
  }
}

const digraphs: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

/** Phrases as they are written where only letters of ASCII may stand: `foedselsdato` for `fødselsdato`. */
function* spelledOut(list: string): Generator<string> {
  if (!/[äöüøå]/.test(list)) return;
  for (const phrase of list.split(/[,\n]/)) {
    const written = phrase.replace(/[äöüøå]/g, (letter) => digraphs[letter] ?? letter);
    if (written !== phrase) yield* phrasesOf(written);
  }
}

function build(): Map<string, Phrase> {
  const entries = new Map<string, Phrase>();
  const later: (() => void)[] = [];
  const add = (list: string, kind: Phrase['kind'], ...types: DetectedType[]) => {
    for (const phrase of phrasesOf(list)) if (!entries.has(phrase)) entries.set(phrase, { kind, types });
    later.push(() => {
      for (const phrase of spelledOut(list)) if (!entries.has(phrase)) entries.set(phrase, { kind, types });
    });
  };
  // A phrase of two meanings has the one that is added first.
  add(others, 'other');
  add(emails, 'value', 'EMAIL');
  add(births, 'value', 'DATE_OF_BIRTH');
  for (const [types, list] of Object.entries(nationalIds)) {
    if (types === 'NATIONAL') add(list, 'national');
    else add(list, 'value', ...nationalTypes(types));
  }
  add(passports, 'value', 'PASSPORT');
  add(ips, 'value', 'IP_ADDRESS');
  add(macs, 'value', 'MAC');
  add(secrets, 'value', 'SECRET');
  add(accounts, 'value', 'IBAN');
  add(cards, 'value', 'CREDIT_CARD');
  add(vats, 'value', 'VAT_EU');
  add(addresses, 'value', 'ADDRESS');
  add(phones, 'value', 'PHONE');
  add(personNames, 'value', 'PERSON');
  add(bareNames, 'name', 'PERSON');
  add(roles, 'role', 'PERSON');
  add(places, 'place', 'ADDRESS');
  for (const each of later) each();
  return entries;
}

/** Types that are the id of a person in one country. */
export const idTypes: ReadonlySet<DetectedType> = new Set(Object.keys(nationalIds).flatMap(nationalTypes));

function nationalTypes(types: string): DetectedType[] {
  // The keys of nationalIds are these types: the one cast, where a list of words becomes them.
  return types.split(' ').filter((type): type is DetectedType => type !== 'NATIONAL');
}

export const dictionary: ReadonlyMap<string, Phrase> = build();
export const peopleWords: ReadonlySet<string> = new Set(phrasesOf(people));
export const thingWords: ReadonlySet<string> = new Set(phrasesOf(things));
export const neutralWords: ReadonlySet<string> = new Set(phrasesOf(neutrals));
export const negativeWords: ReadonlySet<string> = new Set(phrasesOf(negatives));
export const countryWords: ReadonlySet<string> = new Set(phrasesOf(countries));
