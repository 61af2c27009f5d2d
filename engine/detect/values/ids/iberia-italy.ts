import { digit, isDay, two, weighted } from './checks.ts';
import { type IdRule, idRule } from './rule.ts';

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';
const person = ['documento', 'identidad', 'nif$', 'd.n.i'];

/** Letters that stand for a digit where two people would have one code. */
const OMOCODE = 'LMNPQRSTUV';
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
const MONTHS = 'ABCDEHLMPRST';

function fiscalCode(code: string): boolean {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const unit = code.charCodeAt(i);
    const value = unit <= 57 ? unit - 48 : unit - 65;
    sum += i % 2 === 0 ? (ODD[value] ?? 0) : value;
  }
  if (String.fromCharCode(65 + (sum % 26)) !== code[15]) return false;
  const plain = code.replace(/[L-V]/g, (letter) =>
    OMOCODE.includes(letter) ? String(OMOCODE.indexOf(letter)) : letter,
  );
  const month = MONTHS.indexOf(code[8] ?? '') + 1;
  return month > 0 && isDay(month, two(plain, 9) % 40);
}

function nif(number: string): boolean {
  const rest = 11 - (weighted(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
  return digit(number, 8) === (rest > 9 ? 0 : rest);
}

const nifLayouts = { weak: ['999999999', '999 999 999', '999.999.999'] };
const nifWords = [
  'nif$',
  'contribuinte',
  'n.i.f',
  'número fiscal',
  'numero fiscal',
  'identificação fiscal',
  'cartão de cidadão',
];

/** National ids of Spain, Portugal and Italy. */
export const iberiaItaly: readonly IdRule[] = [
  idRule({
    type: 'ES_DNI',
    name: 'es.dni',
    country: 'ES',
    layouts: { strong: ['99999999A', '99999999-A', '99999999 A', '99.999.999-A', '99.999.999A', '99.999.999 A'] },
    valid: (id) => LETTERS[Number(id.slice(0, 8)) % 23] === id[8],
    words: ['dni$', ...person],
    rarity: 1.3,
  }),
  idRule({
    type: 'ES_NIE',
    name: 'es.nie',
    country: 'ES',
    layouts: { strong: ['A9999999A', 'A-9999999-A', 'A9999999-A', 'A 9999999 A', 'A-9999999A'] },
    valid: (id) => {
      const lead = 'XYZ'.indexOf(id[0] ?? '-');
      return lead >= 0 && LETTERS[Number(`${lead}${id.slice(1, 8)}`) % 23] === id[8];
    },
    words: ['nie$', 'n.i.e', 'extranjero', ...person],
    rarity: 2.2,
  }),
  idRule({
    type: 'PT_NIF',
    name: 'pt.nif',
    country: 'PT',
    layouts: nifLayouts,
    valid: (id) => /^(?:[123]|45)/.test(id) && nif(id),
    words: nifWords,
    rarity: 1.5,
  }),
  idRule({
    type: 'PT_NIF',
    name: 'pt.nif-entity',
    country: 'PT',
    layouts: nifLayouts,
    valid: (id) => /^(?:[5689]|7[0124579])/.test(id) && nif(id),
    words: nifWords,
    rarity: 1,
    named: true,
  }),
  idRule({
    type: 'IT_CF',
    name: 'it.cf',
    country: 'IT',
    layouts: {
      strong: [
        'AAAAAA99A99A999A',
        'AAAAAA99A99A99AA',
        'AAAAAA99A99A9AAA',
        'AAAAAA99A99AAAAA',
        'AAAAAA99A9AAAAAA',
        'AAAAAA99AAAAAAAA',
        'AAA AAA 99A99 A999A',
      ],
    },
    valid: fiscalCode,
    words: ['codice fiscale', 'cod. fiscale', 'cf$', 'c.f.'],
    rarity: 4,
  }),
];

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [/[L-V]/g, /^(?:[123]|45)/, /^(?:[5689]|7[0124579])/];
