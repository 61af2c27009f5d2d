/** Verbs of Go's fmt for floating point numbers, as strconv.FormatFloat takes them. */
export type FloatVerb = 'b' | 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X';

/** What Go's strconv.FormatFloat writes of a finite number; a precision of -1 is the shortest that reads back the same. */
export function formatFloat(value: number, verb: FloatVerb, precision: number): string {
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  switch (verb) {
    case 'b':
      return sign + binary(magnitude);
    case 'x':
    case 'X':
      return sign + hexadecimal(magnitude, verb, precision);
    case 'f':
      return sign + plain(magnitude, precision);
    case 'e':
    case 'E':
      return sign + scientific(magnitude, precision, verb);
    default:
      return sign + general(magnitude, precision, verb === 'g' ? 'e' : 'E');
  }
}

/** Significant digits without zeros at the end, and where the point stands: 0.digits times ten to `point`. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

function plain(value: number, precision: number): string {
  const whole = precision < 0 ? shortest(value) : exact(value);
  const places = precision < 0 ? Math.max(whole.digits.length - whole.point, 0) : precision;
  return writePlain(precision < 0 ? whole : rounded(whole, whole.point + precision), places);
}

function scientific(value: number, precision: number, mark: string): string {
  if (precision >= 0) return writeScientific(rounded(exact(value), precision + 1), precision, mark);
  const decimal = shortest(value);
  return writeScientific(decimal, decimal.digits.length - 1, mark);
}

function general(value: number, precision: number, mark: string): string {
  const decimal = precision < 0 ? shortest(value) : rounded(exact(value), precision || 1);
  const length = decimal.digits.length;
  const wanted = precision < 0 ? length : precision || 1;
  const enough = wanted > length && length >= decimal.point ? length : wanted;
  const exponent = decimal.point - 1;
  if (exponent < -4 || exponent >= (precision < 0 ? 6 : enough))
    return writeScientific(decimal, Math.min(wanted, length) - 1, mark);
  return writePlain(decimal, Math.max((wanted > decimal.point ? length : wanted) - decimal.point, 0));
}

function writePlain({ digits, point }: Decimal, places: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (places <= 0) return whole;
  const zeros = '0'.repeat(Math.min(Math.max(-point, 0), places));
  return `${whole}.${(zeros + digits.slice(Math.max(point, 0))).slice(0, places).padEnd(places, '0')}`;
}

function writeScientific({ digits, point }: Decimal, places: number, mark: string): string {
  const fraction = places > 0 ? `.${digits.slice(1, places + 1).padEnd(places, '0')}` : '';
  const exponent = digits === '' ? 0 : point - 1;
  return `${digits[0] ?? '0'}${fraction}${mark}${signed(exponent)}`;
}

function signed(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${`${Math.abs(exponent)}`.padStart(2, '0')}`;
}

function shortest(value: number): Decimal {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const digits = mantissa.replace('.', '').replace(/0+$/, '');
  return { digits, point: digits === '' ? 0 : Number(exponent) + 1 };
}

/** All of up to 767 digits. */
function exact(value: number): Decimal {
  const { mantissa, exponent } = parts(value);
  if (mantissa === 0n) return { digits: '', point: 0 };
  const all = `${exponent >= 0 ? mantissa << BigInt(exponent) : mantissa * 5n ** BigInt(-exponent)}`;
  return { digits: all.replace(/0+$/, ''), point: all.length + Math.min(exponent, 0) };
}

/** To so many digits, halves to even. */
function rounded({ digits, point }: Decimal, length: number): Decimal {
  if (length >= digits.length) return { digits, point };
  if (length < 0) return { digits: '', point: 0 };
  const next = digits.charCodeAt(length) - 48;
  const half = next === 5 && length + 1 === digits.length;
  const up = half ? length > 0 && (digits.charCodeAt(length - 1) & 1) === 1 : next >= 5;
  const kept = digits.slice(0, length);
  if (!up) {
    const left = kept.replace(/0+$/, '');
    return { digits: left, point: left === '' ? 0 : point };
  }
  const raised = kept.replace(/9+$/, '');
  if (raised === '') return { digits: '1', point: point + 1 };
  return { digits: raised.slice(0, -1) + String.fromCharCode(raised.charCodeAt(raised.length - 1) + 1), point };
}

/** The number is the mantissa times two to the exponent. */
function parts(value: number): { mantissa: bigint; exponent: number } {
  const bits = new BigUint64Array(new Float64Array([value]).buffer)[0] ?? 0n;
  const fraction = bits & 0xfffffffffffffn;
  const exponent = Number((bits >> 52n) & 0x7ffn);
  return { mantissa: exponent === 0 ? fraction : fraction | (1n << 52n), exponent: Math.max(exponent, 1) - 1075 };
}

function binary(value: number): string {
  const { mantissa, exponent } = parts(value);
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`;
}

function hexadecimal(value: number, verb: 'x' | 'X', precision: number): string {
  const { mantissa, exponent } = parts(value);
  const shift = mantissa === 0n ? 0 : 53 - mantissa.toString(2).length;
  let power = mantissa === 0n ? 0 : exponent + 52 - shift;
  // A digit and fifteen hexadecimal digits of fraction.
  let bits = (mantissa << BigInt(shift)) << 8n;
  if (precision >= 0 && precision < 15) {
    const dropped = BigInt(60 - 4 * precision);
    const extra = bits & ((1n << dropped) - 1n);
    const kept = bits >> dropped;
    const half = 1n << (dropped - 1n);
    bits = (extra > half || (extra === half && (kept & 1n) === 1n) ? kept + 1n : kept) << dropped;
    if (bits >> 61n !== 0n) {
      bits >>= 1n;
      power++;
    }
  }
  const fraction = (bits & ((1n << 60n) - 1n)).toString(16).padStart(15, '0');
  const shown = precision < 0 ? fraction.replace(/0+$/, '') : fraction.slice(0, precision).padEnd(precision, '0');
  const text = `0x${bits >> 60n}${shown === '' ? '' : `.${shown}`}p${signed(power)}`;
  return verb === 'x' ? text : text.toUpperCase();
}
