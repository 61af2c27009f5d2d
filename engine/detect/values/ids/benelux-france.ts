import { isDay, luhn, two, verhoeff, weighted } from './checks.ts';
import { type IdRule, idRule } from './rule.ts';

function nationalRegister(id: string): boolean {
  const month = two(id, 2) % 20;
  if (two(id, 2) > 52 || month > 12 || two(id, 4) > 31) return false;
  const check = Number(id.slice(9));
  const number = Number(id.slice(0, 9));
  if (97 - (number % 97) === check) return true;
  // Those born since 2000 have a 2 in front for the check.
  return two(id, 0) < BORN_SINCE_2000 && 97 - ((2_000_000_000 + number) % 97) === check;
}

/** Years of birth below this are of this century. */
const BORN_SINCE_2000 = 40;

/** Corsica's departments are 2A and 2B; for the check they count as 19 and 18. */
function socialSecurity(id: string): boolean {
  const digits = id.slice(0, 13).replace('2A', '19').replace('2B', '18');
  if (!/^[1-478]\d{12}$/.test(digits)) return false;
  const month = two(digits, 3);
  const known = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  return known && 97 - (Number(digits) % 97) === Number(id.slice(13));
}

/** National ids of Belgium, the Netherlands, Luxembourg and France. */
export const beneluxFrance: readonly IdRule[] = [
  idRule({
    type: 'NL_BSN',
    name: 'nl.bsn',
    country: 'NL',
    layouts: { weak: ['999999999', '999 999 999', '9999 99 999', '9999.99.999', '999.999.999', '9999-99-999'] },
    valid: (id) => {
      const sum = weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]);
      return sum % 11 === 0 && Number(id) > 0;
    },
    words: ['bsn$', 'burgerservice', 'sofinummer', 'sofi nummer', 'citizen service'],
    rarity: 1,
  }),
  idRule({
    type: 'BE_NRN',
    name: 'be.nrn',
    country: 'BE',
    layouts: {
      strong: [
        '99.99.99-999.99',
        '99.99.99-999-99',
        '99.99.99 999.99',
        '99.99.99 999 99',
        '99 99 99 999 99',
        '999999-999-99',
        '999999-999.99',
        '999999 999 99',
        '99999999999',
      ],
    },
    valid: nationalRegister,
    words: [
      'rijksregister',
      'registre national',
      'nrn$',
      'niss$',
      'insz$',
      'national register',
      'numéro national',
      'nn$',
      'bis nummer',
    ],
    rarity: 2.8,
  }),
  idRule({
    type: 'LU_NIN',
    name: 'lu.nin',
    country: 'LU',
    layouts: { strong: ['9999999999999', '9999 9999 99999', '99999999 99999', '9999 99 99 99999'] },
    valid: (id) =>
      /^(?:18|19|20)/.test(id) &&
      isDay(two(id, 4), two(id, 6)) &&
      luhn(id.slice(0, 12)) &&
      verhoeff(id.slice(0, 11) + id.slice(12)),
    words: ['matricule', 'nin$', 'identification national', 'sozialversicherungsnummer'],
    rarity: 4,
  }),
  idRule({
    type: 'FR_NIR',
    name: 'fr.nir',
    country: 'FR',
    layouts: {
      strong: [
        '999999999999999',
        '9 99 99 99 999 999 99',
        '9 99 99 99 999 999-99',
        '9999999999999 99',
        '9-99-99-99-999-999-99',
        '9.99.99.99.999.999.99',
        '9 99 99 99 999 999/99',
        '999999A99999999',
        '9 99 99 9A 999 999 99',
        '999999A999999 99',
      ],
    },
    valid: socialSecurity,
    words: [
      'nir$',
      'sécurité sociale',
      'securite sociale',
      'insee',
      'numéro de sécu',
      'n° sécu',
      'nss$',
      'carte vitale',
    ],
    rarity: 2.3,
  }),
];

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [/^[1-478]\d{12}$/, /^(?:18|19|20)/];
