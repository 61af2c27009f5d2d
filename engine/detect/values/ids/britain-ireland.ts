import { digit, weighted } from './checks.ts';
import { type IdRule, idRule } from './rule.ts';

const NINO = /^(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]\d{6}[A-D]$/;

/** National ids of the United Kingdom and Ireland. */
export const britainIreland: readonly IdRule[] = [
  idRule({
    type: 'UK_NINO',
    name: 'uk.nino',
    country: 'GB',
    layouts: {
      strong: [
        'AA999999A',
        'AA 99 99 99 A',
        'AA-99-99-99-A',
        'AA 999999 A',
        'AA999999 A',
        'AA.99.99.99.A',
        'AA 99 99 99A',
      ],
    },
    valid: (id) => NINO.test(id),
    words: ['nino$', 'national insurance', 'ni number', 'ni no', 'nin$', 'n.i.'],
    rarity: 1,
  }),
  idRule({
    type: 'UK_NHS',
    name: 'uk.nhs',
    country: 'GB',
    layouts: { weak: ['999 999 9999', '999-999-9999', '9999999999'] },
    valid: (id) => (11 - (weighted(id, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === digit(id, 9),
    words: ['nhs', 'health service'],
    rarity: 1,
    named: true,
  }),
  idRule({
    type: 'IE_PPS',
    name: 'ie.pps',
    country: 'IE',
    layouts: { strong: ['9999999A', '9999999AA', '9999999 A', '9999999-A'] },
    valid: (id) => {
      const second = id[8];
      if (second !== undefined && !'ABCDEFGHIW'.includes(second)) return false;
      const extra = second === undefined || second === 'W' ? 0 : (second.charCodeAt(0) - 64) * 9;
      return 'WABCDEFGHIJKLMNOPQRSTUV'[(weighted(id, [8, 7, 6, 5, 4, 3, 2]) + extra) % 23] === id[7];
    },
    words: ['pps', 'personal public service', 'upsp', 'irish'],
    rarity: 1.4,
  }),
];

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [NINO];
