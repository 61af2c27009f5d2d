import { digit, isDay, mod11_10, two, weighted } from './checks.ts';
import { type IdRule, idRule } from './rule.ts';

/** Women's months are 50 more; where the numbers of a day ran out, 20 more again. */
function rodneCislo(id: string): boolean {
  const month = two(id, 2) % 50;
  if (!isDay(month > 20 ? month - 20 : month, two(id, 4))) return false;
  if (id.length === 9) return two(id, 0) < 54;
  const rest = Number(id.slice(0, 9)) % 11;
  return (rest === 10 ? 0 : rest) === digit(id, 9);
}

const rodneLayouts = { strong: ['999999/9999'], medium: ['999999/999'], weak: ['9999999999'] };
const rodneWords = ['rodné číslo', 'rodne cislo', 'rodné č', 'rodne c', 'rč$', 'r.č.', 'birth number'];

/** National ids of Poland, Czechia, Slovakia, Hungary, Slovenia and Croatia. */
export const central: readonly IdRule[] = [
  idRule({
    type: 'PL_PESEL',
    name: 'pl.pesel',
    country: 'PL',
    layouts: { weak: ['99999999999', '999999 99999', '999999-99999'] },
    // The century is added to the month in twenties.
    valid: (id) =>
      isDay(two(id, 2) % 20, two(id, 4)) &&
      (10 - (weighted(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3]) % 10)) % 10 === digit(id, 10),
    words: ['pesel'],
    rarity: 1.8,
  }),
  idRule({
    type: 'CZ_RC',
    name: 'cz.rc',
    country: 'CZ',
    layouts: rodneLayouts,
    valid: rodneCislo,
    words: rodneWords,
    rarity: 2.2,
  }),
  idRule({
    type: 'SK_RC',
    name: 'sk.rc',
    country: 'SK',
    layouts: rodneLayouts,
    valid: rodneCislo,
    words: ['slovak', 'slovensk'],
    rarity: 2.3,
    named: true,
  }),
  idRule({
    type: 'HU_TAJ',
    name: 'hu.taj',
    country: 'HU',
    layouts: { weak: ['999999999', '999 999 999', '999-999-999'] },
    valid: (id) => weighted(id, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === digit(id, 8),
    words: ['taj$', 'taj szám', 'társadalombiztosítás'],
    rarity: 1,
    named: true,
  }),
  idRule({
    type: 'HU_SZEMELYI',
    name: 'hu.szemelyi',
    country: 'HU',
    layouts: { strong: ['9-999999-9999', '9 999999 9999'], weak: ['99999999999'] },
    // Those born since 1997 have the weights turned round.
    valid: (id) => {
      if (!/^[1-8]/.test(id) || !isDay(two(id, 3), two(id, 5))) return false;
      const since = digit(id, 0) > 2 || two(id, 1) >= 97;
      const weights = since ? [10, 9, 8, 7, 6, 5, 4, 3, 2, 1] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
      return weighted(id, weights) % 11 === digit(id, 10);
    },
    words: ['személyi', 'szemelyi', 'személyazonosító'],
    rarity: 2.3,
    named: true,
  }),
  idRule({
    type: 'SI_EMSO',
    name: 'si.emso',
    country: 'SI',
    layouts: { strong: ['9999999999999'] },
    valid: (id) => {
      if (!isDay(two(id, 2), two(id, 0)) || id[7] !== '5') return false;
      const rest = (11 - (weighted(id, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
      return rest % 10 === digit(id, 12);
    },
    words: ['emšo', 'emso', 'matična številka'],
    rarity: 3.5,
  }),
  idRule({
    type: 'HR_OIB',
    name: 'hr.oib',
    country: 'HR',
    layouts: { weak: ['99999999999'] },
    valid: mod11_10,
    words: ['oib$', 'osobni identifikacijski'],
    rarity: 1,
    named: true,
  }),
];

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [/^[1-8]/];
