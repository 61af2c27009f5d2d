/** Values with valid check digits, of people who do not exist. */

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export class Values {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = generator(seed);
  }

  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.below(list.length)] ?? list[0];
  }

  digits(count: number): string {
    return this.letters(count, '0123456789');
  }

  letters(count: number, of = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'): string {
    let text = '';
    for (let i = 0; i < count; i++) text += of[this.below(of.length)];
    return text;
  }

  /** `#` is any digit, `%` one from 2 to 9. */
  fill(pattern: string): string {
    return pattern.replace(/[#%]/g, (sign) => (sign === '#' ? this.digits(1) : this.letters(1, '23456789')));
  }

  hex(count: number): string {
    return this.letters(count, '0123456789abcdef');
  }

  birth(): { year: number; month: string; day: string } {
    const two = (value: number) => String(value).padStart(2, '0');
    return { year: 1940 + this.below(60), month: two(1 + this.below(12)), day: two(1 + this.below(28)) };
  }

  iban(): string {
    const country = this.pick(['DE', 'AT', 'ES', 'PL', 'SE', 'PT', 'FI']);
    const lengths: Record<string, number> = { DE: 18, AT: 16, ES: 20, PL: 24, SE: 20, PT: 21, FI: 14 };
    const account = this.digits(lengths[country] ?? 18);
    const numeric = [...`${country}00`].map((char) => Number.parseInt(char, 36)).join('');
    const check = String(98n - (BigInt(account + numeric) % 97n)).padStart(2, '0');
    const iban = country + check + account;
    return this.below(2) === 0 ? iban : iban.replace(/(.{4})(?=.)/g, '$1 ');
  }

  card(): string {
    const body = this.pick(['4', '51', '55', '6011']);
    const digits = body + this.digits(15 - body.length);
    const card = digits + luhn(digits);
    return this.below(2) === 0 ? card : card.replace(/(.{4})(?=.)/g, '$1 ');
  }

  id(): { type: string; value: string; cue: string } {
    const { year, month, day } = this.birth();
    const short = String(year).slice(2) + month + day;
    const number = this.digits(8);
    switch (this.below(6)) {
      case 0:
        return { type: 'ES_DNI', value: number + DNI[Number(number) % 23], cue: 'DNI' };
      case 1: {
        const base = short + this.digits(4);
        const sum = [...base].reduce((total, digit, i) => total + Number(digit) * ([1, 3, 7, 9][i % 4] ?? 0), 0);
        return { type: 'PL_PESEL', value: base + ((10 - (sum % 10)) % 10), cue: 'PESEL' };
      }
      case 2: {
        const base = short + this.digits(3);
        return { type: 'SE_PNR', value: `${base.slice(0, 6)}-${base.slice(6)}${luhn(base)}`, cue: 'personnummer' };
      }
      case 3: {
        const serial = `${1 + this.below(8)}${this.digits(2)}`;
        const base = day + month + String(year).slice(2);
        return { type: 'FI_HETU', value: `${base}-${serial}${HETU[Number(base + serial) % 31]}`, cue: 'henkilötunnus' };
      }
      case 4: {
        const base = `1${short.slice(0, 4)}75${this.digits(3)}${this.digits(3)}`;
        return { type: 'FR_NIR', value: base + String(97 - (Number(base) % 97)).padStart(2, '0'), cue: 'NIR' };
      }
      default:
        return { type: 'UK_NINO', value: `AB${this.digits(6)}C`, cue: 'NI number' };
    }
  }

  secret(): string {
    switch (this.below(5)) {
      case 0:
        return `AKIA${this.letters(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`;
      case 1:
        return `ghp_${this.letters(36)}`;
      case 2:
        return `sk_live_${this.letters(24)}`;
      case 3:
        return `postgres://app:${this.letters(14)}@db.internal:5432/orders`;
      default:
        return `glpat-${this.letters(20)}`;
    }
  }
}

const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE';
const HETU = '0123456789ABCDEFHJKLMNPRSTUVWXY';

function luhn(digits: string): string {
  let sum = 0;
  [...digits].reverse().forEach((digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  });
  return String((10 - (sum % 10)) % 10);
}
