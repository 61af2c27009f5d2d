import { stdnum, type Validator } from 'stdnum';

/** Numbers of a fixed seed: the same in every run. */
export function generator(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

type Random = ReturnType<typeof generator>;

const pad = (value: number, length: number): string => String(value).padStart(length, '0');
const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => String(random(10))).join('');
const letter = (random: Random, from: string): string => from[random(from.length)] ?? '';
const year = (random: Random): string => pad(40 + random(60), 2);
const month = (random: Random): string => pad(1 + random(12), 2);
const day = (random: Random): string => pad(1 + random(28), 2);
const ymd = (random: Random): string => year(random) + month(random) + day(random);
const dmy = (random: Random): string => day(random) + month(random) + year(random);

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const DIGITS = [...'0123456789'];
const PAIRS = Array.from({ length: 100 }, (_, index) => pad(index, 2));

/** How to make candidates for an id: a beginning at random, and every ending its check may have. */
export interface Candidates {
  /** The name of the rule. */
  rule: string;
  oracle: Validator | undefined;
  begin: (random: Random) => string;
  ends: readonly string[];
  /** The id as the oracle takes it, and as it is written. */
  written?: (id: string) => string;
}

function of(
  rule: string,
  oracle: Validator | undefined,
  begin: (random: Random) => string,
  ends: readonly string[],
  written?: (id: string) => string,
): Candidates {
  return written === undefined ? { rule, oracle, begin, ends } : { rule, oracle, begin, ends, written };
}

/** Every national id the oracle knows. */
export const candidates: readonly Candidates[] = [
  of('es.dni', stdnum.ES?.dni, (r) => digits(r, 8), LETTERS),
  of('es.nie', stdnum.ES?.nie, (r) => letter(r, 'XYZ') + digits(r, 7), LETTERS),
  of('pt.nif', stdnum.PT?.nif, (r) => letter(r, '123') + digits(r, 7), DIGITS),
  of('pt.nif-entity', stdnum.PT?.nif, (r) => letter(r, '569') + digits(r, 7), DIGITS),
  of(
    'it.cf',
    stdnum.IT?.codicefiscale,
    (r) => `RSSMRA${year(r)}${letter(r, 'ABCDEHLMPRST')}${day(r)}H${pad(1 + r(999), 3)}`,
    LETTERS,
  ),
  of('nl.bsn', stdnum.NL?.bsn, (r) => `1${digits(r, 7)}`, DIGITS),
  of('be.nrn', stdnum.BE?.nn, (r) => ymd(r) + pad(1 + r(997), 3), PAIRS),
  of('fr.nir', stdnum.FR?.nir, (r) => `${1 + r(2)}${year(r)}${month(r)}${pad(1 + r(95), 2)}${digits(r, 6)}`, PAIRS),
  of('de.steuerid', stdnum.DE?.idnr, (r) => shuffledTaxDigits(r), DIGITS),
  of('at.svnr', stdnum.AT?.vnr, (r) => String(1 + r(9)) + digits(r, 2) + letter(r, '0123456789'), [dmy(generator(7))]),
  of('ch.ahv', stdnum.CH?.ssn, (r) => `756${digits(r, 9)}`, DIGITS),
  of(
    'se.pnr',
    stdnum.SE?.personnummer,
    (r) => `${ymd(r)}${digits(r, 3)}`,
    DIGITS,
    (id) => `${id.slice(0, 6)}-${id.slice(6)}`,
  ),
  of('no.fnr', stdnum.NO?.fodselsnummer, (r) => dmy(r) + pad(r(500), 3), PAIRS),
  of('fi.hetu', stdnum.FI?.hetu, (r) => `${dmy(r)}-${pad(2 + r(890), 3)}`, [...DIGITS, ...LETTERS]),
  of('pl.pesel', stdnum.PL?.pesel, (r) => ymd(r) + digits(r, 4), DIGITS),
  of('cz.rc', stdnum.CZ?.rc, (r) => `${pad(60 + r(30), 2)}${month(r)}${day(r)}${digits(r, 3)}`, DIGITS),
  of('sk.rc', stdnum.SK?.rc, (r) => `${pad(60 + r(30), 2)}${month(r)}${day(r)}${digits(r, 3)}`, DIGITS),
  of('si.emso', stdnum.SI?.emso, (r) => `${day(r)}${month(r)}9${pad(40 + r(59), 2)}50${digits(r, 3)}`, DIGITS),
  of('hr.oib', stdnum.HR?.oib, (r) => `1${digits(r, 9)}`, DIGITS),
  of('ee.ik', stdnum.EE?.ik, (r) => `${3 + r(2)}${ymd(r)}${digits(r, 3)}`, DIGITS),
  of('lt.ak', stdnum.LT?.asmens, (r) => `${3 + r(2)}${ymd(r)}${digits(r, 3)}`, DIGITS),
  of('ro.cnp', stdnum.RO?.cnp, (r) => `${1 + r(2)}${ymd(r)}${pad(1 + r(46), 2)}${pad(1 + r(998), 3)}`, DIGITS),
  of('bg.egn', stdnum.BG?.egn, (r) => ymd(r) + digits(r, 3), DIGITS),
  of('gr.amka', stdnum.GR?.amka, (r) => dmy(r) + digits(r, 4), DIGITS),
  of('uk.nino', stdnum.GB?.nino, (r) => letter(r, 'ACEHJLMPRSTWXY') + letter(r, 'ABCEHJLMPRSTWXZ') + digits(r, 6), [
    ...'ABCD',
  ]),
  of('ie.pps', stdnum.IE?.pps, (r) => digits(r, 7), LETTERS),
];

/** Ten digits of which one stands twice, the first not zero. */
function shuffledTaxDigits(random: Random): string {
  const pool = DIGITS.filter((_, index) => index !== random(10));
  const taken = pool.slice(0, 9);
  taken.push(taken[random(9)] ?? '1');
  for (let i = taken.length - 1; i > 0; i--) {
    const other = random(i + 1);
    [taken[i], taken[other]] = [taken[other] ?? '', taken[i] ?? ''];
  }
  const text = taken.join('');
  return text.startsWith('0') ? text.slice(1) + text.slice(0, 1) : text;
}
