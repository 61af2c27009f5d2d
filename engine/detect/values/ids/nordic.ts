import { digit, isDay, luhn, two, weighted } from './checks.ts';
import { type IdRule, idRule } from './rule.ts';

/** The day of a coordination number is 60 more. */
function personnummer(id: string): boolean {
  if (id.length === 12 && !/^(?:18|19|20)/.test(id)) return false;
  const short = id.slice(-10);
  return isDay(two(short, 2), two(short, 4) % 60) && luhn(short);
}

function fodselsnummer(id: string): boolean {
  const day = two(id, 0) % 40;
  const month = two(id, 2) % 40;
  if (!isDay(month, day)) return false;
  const first = 11 - (weighted(id, [3, 7, 6, 1, 8, 9, 4, 5, 2]) % 11);
  const second = 11 - (weighted(id, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
  return first % 11 === digit(id, 9) && second % 11 === digit(id, 10);
}

const HETU = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** The sign of the century is a separator (`-`, `+`) or a letter; the last character is the check. */
function hetu(id: string): boolean {
  const tail = id.length === 11 ? id.slice(7) : id.slice(6);
  if (id.length === 11 && !'YXWVUABCDEF'.includes(id[6] ?? '-')) return false;
  const serial = Number(tail.slice(0, 3));
  if (!isDay(two(id, 2), two(id, 0)) || serial < 2) return false;
  return HETU[(Number(id.slice(0, 6)) * 1000 + serial) % 31] === tail[3];
}

/** National ids of Denmark, Finland, Norway and Sweden. */
export const nordic: readonly IdRule[] = [
  idRule({
    type: 'SE_PNR',
    name: 'se.pnr',
    country: 'SE',
    layouts: {
      strong: ['999999-9999', '999999+9999', '99999999-9999', '99999999+9999'],
      medium: ['999999999999', '999999 9999', '99999999 9999'],
      weak: ['9999999999'],
    },
    valid: personnummer,
    words: ['personnummer', 'personnr', 'pnr$', 'person nr', 'samordningsnummer', 'svenskt id'],
    rarity: 2.3,
  }),
  idRule({
    type: 'DK_CPR',
    name: 'dk.cpr',
    country: 'DK',
    layouts: { medium: ['999999-9999', '999999 9999'], weak: ['9999999999'] },
    // Numbers given out since 2007 need not pass the old check modulo 11.
    valid: (id) => isDay(two(id, 2), two(id, 0)),
    words: ['cpr', 'personnummer', 'personnr'],
    rarity: 1.5,
  }),
  idRule({
    type: 'NO_FNR',
    name: 'no.fnr',
    country: 'NO',
    layouts: { strong: ['99999999999', '999999 99999', '999999-99999'] },
    valid: fodselsnummer,
    words: ['fødselsnummer', 'fodselsnummer', 'fnr$', 'personnummer', 'd nummer', 'fødselsnr'],
    // Months are counted from 1, 41 and 81, days from 1 and 41: of chance numbers as many pass as of other ids of this length.
    rarity: 2.35,
  }),
  idRule({
    type: 'FI_HETU',
    name: 'fi.hetu',
    country: 'FI',
    layouts: { strong: ['999999-999A', '999999+999A', '999999A999A', '999999-9999', '999999+9999', '999999A9999'] },
    valid: hetu,
    words: ['hetu$', 'henkilötunnus', 'henkilotunnus', 'personbeteckning', 'sotu$'],
    rarity: 3,
  }),
];

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [/^(?:18|19|20)/];
