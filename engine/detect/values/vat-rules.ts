import { digit, luhn, mod11_10, weighted } from './ids/checks.ts';

/** The form of a number behind its prefix, without separators, and its check. */
interface VatRule {
  form: RegExp;
  check?: (body: string) => boolean;
}

const numberOf = (text: string, from: number, to?: number): number => Number(text.slice(from, to));

function austrian(body: string): boolean {
  let sum = 0;
  for (let i = 1; i < 8; i++) {
    const value = digit(body, i) * (i % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return (106 - sum) % 10 === digit(body, 8);
}

/** A company's number has a digit or a letter as its check; a person's is a national id with the prefix. */
function spanish(body: string): boolean {
  const first = body[0] ?? '';
  if (/[\dKLMXYZ]/.test(first)) {
    const digits = body
      .slice(0, 8)
      .replace(/^[XKLM]/, '0')
      .replace(/^Y/, '1')
      .replace(/^Z/, '2');
    return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === body[8];
  }
  let sum = 0;
  for (let i = 1; i < 8; i++) {
    const value = digit(body, i) * (i % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  const check = (10 - (sum % 10)) % 10;
  return body[8] === String(check) || body[8] === 'JABCDEFGHI'[check];
}

/** The old check is that of a company's number, the one since 2020 is ISO 7064 MOD 97-10 over all of it. */
function dutch(body: string): boolean {
  if (weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11 === digit(body, 8)) return true;
  let rest = 0;
  for (const char of `NL${body}`) {
    const value = /\d/.test(char) ? Number(char) : char.charCodeAt(0) - 55;
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest === 1;
}

function british(body: string): boolean {
  const sum = weighted(body, [8, 7, 6, 5, 4, 3, 2, 10, 1]);
  return sum % 97 === 0 || (sum + 55) % 97 === 0;
}

/** By prefix: `EL` is Greece, `XI` Northern Ireland. Those without a check are taken behind a cue alone. */
export const vatRules: Record<string, VatRule> = {
  AT: { form: /^U\d{8}$/, check: austrian },
  BE: { form: /^[01]\d{9}$/, check: (body) => 97 - (numberOf(body, 0, 8) % 97) === numberOf(body, 8) },
  BG: { form: /^\d{9,10}$/ },
  CHE: {
    form: /^\d{9}(?:MWST|TVA|IVA)?$/,
    check: (body) => (11 - (weighted(body, [5, 4, 3, 2, 7, 6, 5, 4]) % 11)) % 11 === digit(body, 8),
  },
  CY: { form: /^\d{8}[A-Z]$/ },
  CZ: { form: /^\d{8,10}$/ },
  DE: { form: /^[1-9]\d{8}$/, check: mod11_10 },
  DK: { form: /^[1-9]\d{7}$/, check: (body) => weighted(body, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 },
  EE: { form: /^\d{9}$/, check: (body) => weighted(body, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0 },
  EL: {
    form: /^\d{9}$/,
    check: (body) => (weighted(body, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === digit(body, 8),
  },
  ES: { form: /^(?:[A-Z]\d{7}[A-Z\d]|\d{8}[A-Z])$/, check: spanish },
  FI: { form: /^\d{8}$/, check: (body) => weighted(body, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0 },
  FR: {
    form: /^[A-HJ-NP-Z\d]{2}\d{9}$/,
    check: (body) => !/^\d\d/.test(body) || (12 + 3 * (numberOf(body, 2) % 97)) % 97 === numberOf(body, 0, 2),
  },
  GB: { form: /^\d{9}(?:\d{3})?$/, check: british },
  HR: { form: /^\d{11}$/, check: mod11_10 },
  HU: { form: /^\d{8}$/, check: (body) => weighted(body, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0 },
  IE: { form: /^\d[\dA-Z+*]\d{5}[A-W][A-I]?$/ },
  IT: { form: /^\d{11}$/, check: luhn },
  LT: { form: /^(?:\d{9}|\d{12})$/ },
  LU: { form: /^\d{8}$/, check: (body) => numberOf(body, 0, 6) % 89 === numberOf(body, 6) },
  LV: { form: /^\d{11}$/ },
  MT: { form: /^[1-9]\d{7}$/, check: (body) => 37 - (weighted(body, [3, 4, 6, 7, 8, 9]) % 37) === numberOf(body, 6) },
  NL: { form: /^\d{9}B\d{2}$/, check: dutch },
  NO: { form: /^\d{9}(?:MVA)?$/, check: (body) => weighted(body, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0 },
  PL: { form: /^\d{10}$/, check: (body) => weighted(body, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === digit(body, 9) },
  PT: {
    form: /^[1-9]\d{8}$/,
    check: (body) => ((11 - (weighted(body, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === digit(body, 8),
  },
  RO: { form: /^[1-9]\d{5,9}$/ },
  SE: { form: /^\d{10}01$/, check: (body) => luhn(body.slice(0, 10)) },
  SI: {
    form: /^[1-9]\d{7}$/,
    check: (body) => ((11 - (weighted(body, [8, 7, 6, 5, 4, 3, 2]) % 11)) % 11) % 10 === digit(body, 7),
  },
  SK: { form: /^[1-9]\d{9}$/, check: (body) => Number(body) % 11 === 0 },
  XI: { form: /^\d{9}(?:\d{3})?$/, check: british },
};

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [
  ...Object.values(vatRules).map((rule) => rule.form),
  /[\dKLMXYZ]/,
  /^[XKLM]/,
  /\d/,
  /^\d\d/,
  /^Y/,
  /^Z/,
];
