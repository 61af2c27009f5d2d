import { formatFloat } from './go-float.ts';
import { NoAnswer } from './operands.ts';

const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

/** Hours of what OPA has beyond Go's units. */
const longer: Readonly<Record<string, number>> = { d: 24, w: 168, y: 8760 };

const most = 2n ** 63n;

/** Nanoseconds of `1h30m`, `-1.5s`, `2w3d`: Go's ParseDuration, and OPA's days, weeks and years. Throws NoAnswer. */
export function parseDuration(text: string): bigint {
  return goDuration(/[dwy]/.test(text) ? inHours(text) : text);
}

function inHours(text: string): string {
  const [, sign = '', segments] = /^([+-]?)((?:[\d.]+(?:ms|us|\u00b5s|ns|[a-z]))+)$/.exec(text) ?? [];
  if (segments === undefined) throw new NoAnswer();
  return (
    sign +
    segments.replace(/([\d.]+)(ms|us|\u00b5s|ns|[a-z])/g, (whole, digits: string, unit: string) => {
      const hours = longer[unit];
      if (hours === undefined) return whole;
      if (!/^(?:\d+\.?\d*|\.\d+)$/.test(digits)) throw new NoAnswer();
      const value = Number(digits) * hours;
      if (!Number.isFinite(value)) throw new NoAnswer();
      return `${formatFloat(value, 'f', -1)}h`;
    })
  );
}

function goDuration(text: string): bigint {
  const negative = text.startsWith('-');
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') return 0n;
  if (unsigned === '') throw new NoAnswer();
  let sum = 0n;
  const segment = /(\d*)(?:(\.)(\d*))?([^\d.]+)/y;
  while (segment.lastIndex < unsigned.length) {
    const [, whole = '', , fraction = '', name = ''] = segment.exec(unsigned) ?? [];
    const unit = Object.hasOwn(units, name) ? units[name] : undefined;
    if (unit === undefined || (whole === '' && fraction === '') || whole.replace(/^0+/, '').length > 19)
      throw new NoAnswer();
    let value = BigInt(whole);
    if (value > most / unit) throw new NoAnswer();
    value = value * unit + fractionOf(fraction, Number(unit));
    sum += value;
    if (value > most || sum > most) throw new NoAnswer();
  }
  if (!negative && sum === most) throw new NoAnswer();
  return negative ? -sum : sum;
}

/** As Go computes it: digits that still fit into 63 bits, then in doubles. */
function fractionOf(digits: string, unit: number): bigint {
  let [value, scale] = [0n, 1];
  for (const digit of digits) {
    if (value > (most - 1n) / 10n) break;
    const next = value * 10n + BigInt(digit);
    if (next > most) break;
    value = next;
    scale *= 10;
  }
  return value === 0n ? 0n : BigInt(Math.trunc(Number(value) * (unit / scale)));
}
