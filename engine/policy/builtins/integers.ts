import { NoAnswer, number } from './operands.ts';
import { type Charge, numberText, type Term } from './term.ts';

const integerForm = /^(\d*)(?:\.0*)?$/;
const decimalForm = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** A number that fits into 64 bits and is written as one (`1` or `1.0`, not `1e0`); OPA's `IntOperand`. */
export function int64(operand: Term | undefined): bigint {
  const value = parseInt64(numberText(number(operand)));
  if (value === undefined) throw new NoAnswer();
  return value;
}

/** What OPA reads such a number from; `util.Atoi64`. */
export function parseInt64(text: string): bigint | undefined {
  const unsigned = text.replace(/^[+-]/, '');
  const digits = integerForm.exec(unsigned)?.[1];
  if (digits === undefined || unsigned === '' || unsigned.length > 19) return undefined;
  const value = text.startsWith('-') ? -BigInt(digits) : BigInt(digits);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

/** An integer of any size, however it is written; OPA's `BigIntOperand`. */
export function integer(operand: Term | undefined, charge: Charge): bigint {
  const [, minus, whole = '', fraction = '', exponent = '0'] = decimalForm.exec(numberText(number(operand))) ?? [];
  const shift = Number(exponent) - fraction.length;
  const digits = `${whole}${fraction}`;
  chargeDigits(digits.length + Math.abs(shift), charge);
  const factor = 10n ** BigInt(Math.abs(shift));
  const mantissa = BigInt(minus + digits);
  if (shift < 0 && mantissa % factor !== 0n) throw new NoAnswer();
  return shift < 0 ? mantissa / factor : mantissa * factor;
}

/** What arithmetic on so many decimal digits costs, of which some is quadratic. */
export function chargeDigits(digits: number, charge: Charge): void {
  charge(digits + (digits * digits) / 1000);
}
