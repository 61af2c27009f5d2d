import { digit, isDay, luhn, two, weighted } from './checks.ts';
import { type IdRule, idRule } from './rule.ts';

/** Estonia and Lithuania share the form: sex and century, birthday, serial, a check in two rounds. */
function balticCode(id: string): boolean {
  if (!/^[1-8]/.test(id) || !isDay(two(id, 3), two(id, 5))) return false;
  let rest = weighted(id, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  if (rest === 10) rest = weighted(id, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
  return (rest === 10 ? 0 : rest) === digit(id, 10);
}

function latvianCode(id: string): boolean {
  if (!isDay(two(id, 2), two(id, 0)) || digit(id, 6) > 2) return false;
  return ((1101 - weighted(id, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11) % 10 === digit(id, 10);
}

const latvianWords = ['personas kod', 'p.k.', 'latvian'];

const ODD_VALUES = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];

function cypriotCode(id: string): boolean {
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += i % 2 === 0 ? (ODD_VALUES[digit(id, i)] ?? 0) : digit(id, i);
  return String.fromCharCode(65 + (sum % 26)) === id[8];
}

/** National ids of the Baltic countries, Romania, Bulgaria, Greece, Cyprus and Malta. */
export const balticBalkan: readonly IdRule[] = [
  idRule({
    type: 'EE_IK',
    name: 'ee.ik',
    country: 'EE',
    layouts: { weak: ['99999999999'] },
    valid: balticCode,
    words: ['isikukood', 'estonian'],
    rarity: 2,
  }),
  idRule({
    type: 'LT_AK',
    name: 'lt.ak',
    country: 'LT',
    layouts: { weak: ['99999999999'] },
    valid: (id) => /^[3-6]/.test(id) && balticCode(id),
    words: ['asmens kod', 'a.k.', 'lithuanian'],
    rarity: 1.9,
  }),
  idRule({
    type: 'LV_PK',
    name: 'lv.pk',
    country: 'LV',
    layouts: { medium: ['999999-99999'], weak: ['99999999999'] },
    valid: latvianCode,
    words: latvianWords,
    rarity: 2.3,
  }),
  // Codes since 2017 begin with 32 to 39 and say nothing else: no date, no check.
  idRule({
    type: 'LV_PK',
    name: 'lv.pk-2017',
    country: 'LV',
    layouts: { weak: ['999999-99999', '99999999999'] },
    valid: (id) => /^3[2-9]/.test(id),
    words: latvianWords,
    rarity: 1,
    named: true,
  }),
  idRule({
    type: 'RO_CNP',
    name: 'ro.cnp',
    country: 'RO',
    layouts: { weak: ['9999999999999'] },
    valid: (id) => {
      if (!/^[1-9]/.test(id) || !isDay(two(id, 3), two(id, 5)) || two(id, 7) < 1) return false;
      const rest = weighted(id, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
      return (rest === 10 ? 1 : rest) === digit(id, 12);
    },
    words: ['cnp$', 'cod numeric personal'],
    rarity: 2.6,
  }),
  idRule({
    type: 'BG_EGN',
    name: 'bg.egn',
    country: 'BG',
    layouts: { weak: ['9999999999'] },
    // Those born before 1900 have 20 on the month, those since 2000 have 40.
    valid: (id) =>
      two(id, 2) <= 52 &&
      isDay(two(id, 2) % 20, two(id, 4)) &&
      (weighted(id, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === digit(id, 9),
    words: ['егн', 'egn$', 'единен граждански', 'bulgarian'],
    rarity: 1.9,
  }),
  idRule({
    type: 'GR_AMKA',
    name: 'gr.amka',
    country: 'GR',
    layouts: { weak: ['99999999999'] },
    valid: (id) => isDay(two(id, 2), two(id, 0)) && luhn(id),
    words: ['αμκα', 'amka$', 'μητρώο κοινωνικής'],
    rarity: 2.4,
  }),
  idRule({
    type: 'CY_TIC',
    name: 'cy.tic',
    country: 'CY',
    layouts: { weak: ['99999999A'] },
    valid: cypriotCode,
    words: ['αφτ', 'tic$', 'φορολογικής ταυτότητας', 'cyprus tax', 'cypriot'],
    rarity: 1.4,
    named: true,
  }),
  idRule({
    type: 'MT_ID',
    name: 'mt.id',
    country: 'MT',
    layouts: { weak: ['9999999A', '999999A', '99999A'] },
    valid: (id) => /[MGAPLHBZ]$/.test(id),
    words: ['karta tal identit', 'malta id', 'maltese', "karta ta' l-identit"],
    rarity: 0.5,
    named: true,
  }),
];

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [/^[1-8]/, /^3[2-9]/, /^[3-6]/, /^[1-9]/, /[MGAPLHBZ]$/];
