import { digit, isDay, mod11_10, two, weighted } from './checks.ts';
import { type IdRule, idRule } from './rule.ts';

/** Of the first ten digits one stands two or three times, every other at most once. */
function taxId(id: string): boolean {
  if (id[0] === '0' || !mod11_10(id)) return false;
  const counts = new Uint8Array(10);
  for (let i = 0; i < 10; i++) counts[digit(id, i)] = (counts[digit(id, i)] ?? 0) + 1;
  let repeated = 0;
  for (const count of counts) {
    if (count > 3) return false;
    if (count > 1) repeated++;
  }
  return repeated === 1;
}

/** National ids of Germany, Austria and Switzerland. */
export const germanSpeaking: readonly IdRule[] = [
  idRule({
    type: 'DE_STEUERID',
    name: 'de.steuerid',
    country: 'DE',
    layouts: { strong: ['99 999 999 999'], medium: ['99-999-999-999', '99/999/999/999'], weak: ['99999999999'] },
    valid: taxId,
    words: [
      'steuer id',
      'steuerid',
      'steuer ident',
      'steueridentifikation',
      'idnr$',
      'id nr$',
      'identifikationsnummer',
      'tin$',
      'steuernummer',
      'german tax',
    ],
    // One in ten passes the check, one in twenty-six repeats digits so.
    rarity: 2.4,
  }),
  idRule({
    type: 'AT_SVNR',
    name: 'at.svnr',
    country: 'AT',
    layouts: { medium: ['9999 999999', '9999-999999', '9999 99 99 99', '9999/999999'], weak: ['9999999999'] },
    valid: (id) => {
      const month = two(id, 6);
      if (id[0] === '0' || !(isDay(month, two(id, 4)) || (month > 12 && month < 16))) return false;
      return weighted(id, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === digit(id, 3);
    },
    words: ['svnr$', 'sv nr', 'sv nummer', 'sozialversicherung', 'versicherungsnummer', 'vsnr$'],
    rarity: 2.4,
  }),
  idRule({
    type: 'CH_AHV',
    name: 'ch.ahv',
    country: 'CH',
    layouts: { strong: ['999.9999.9999.99', '999 9999 9999 99', '999-9999-9999-99', '9999999999999'] },
    valid: (id) =>
      id.startsWith('756') && (10 - (weighted(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]) % 10)) % 10 === digit(id, 12),
    words: ['ahv', 'avs$', 'oasi', 'nss$', 'navs'],
    rarity: 4,
  }),
];
