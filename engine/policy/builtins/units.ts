import { BinaryFloat } from './binary-float.ts';
import { chargeDigits } from './integers.ts';
import { NoAnswer, text } from './operands.ts';
import { type Builtins, type Charge, NumberText } from './term.ts';

export const units: Builtins = {
  'units.parse': ([operand], charge) => {
    const { amount, unit } = parse(bare(text(operand)), charge);
    // Behind the first letter case does not matter: m is a thousandth, M a million.
    const factor = unitFactors.get(unit.slice(0, 1) + lower(unit.slice(1)));
    if (factor === undefined) throw new NoAnswer();
    const { mantissa, exponent } = amount;
    const scale = 10n ** BigInt(Math.abs(exponent));
    const top = mantissa * factor[0] * (exponent > 0 ? scale : 1n);
    const bottom = factor[1] * (exponent < 0 ? scale : 1n);
    return top % bottom === 0n ? top / bottom : new NumberText(tenPlaces(top, bottom));
  },
  'units.parse_bytes': ([operand], charge) => {
    const { amount, unit } = parse(bare(lower(text(operand))), charge);
    const factor = byteFactors.get(unit);
    if (factor === undefined) throw new NoAnswer();
    // OPA reckons in a float of 64 bits here, and cuts off the fraction.
    return BinaryFloat.ofDecimal(amount.mantissa, amount.exponent).times(BinaryFloat.ofInteger(factor)).truncated();
  },
};

interface Quantity {
  readonly amount: { readonly mantissa: bigint; readonly exponent: number };
  readonly unit: string;
}

function bare(quantity: string): string {
  const unquoted = quantity.replaceAll('"', '');
  if (unquoted.includes(' ')) throw new NoAnswer();
  return unquoted;
}

/** Lower case by Go's mapping of single characters. */
function lower(value: string): string {
  return value.replaceAll('\u0130', 'i').toLowerCase();
}

/** The number is as long as it may be part of one, so that `5e3e` is five thousand exa, and `1-1` no number at all. */
const quantityForm = /^((?:[0-9.+-]|[eE](?:[+-]|(?=[0-9])))*)(.*)$/s;
const amountForm = /^([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?[0-9]{1,6}))?$/;

function parse(quantity: string, charge: Charge): Quantity {
  const [, written = '', unit = ''] = quantityForm.exec(quantity) ?? [];
  const [, sign, whole = '', fraction = '', exponent = '0'] = amountForm.exec(written) ?? [];
  if (sign === undefined || whole + fraction === '') throw new NoAnswer();
  const shift = Number(exponent) - fraction.length;
  chargeDigits(whole.length + fraction.length + Math.abs(shift), charge);
  return { amount: { mantissa: BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`), exponent: shift }, unit };
}

/** A fraction rounded to ten places, halves away from zero. */
function tenPlaces(top: bigint, bottom: bigint): string {
  const sign = top < 0n ? '-' : '';
  const magnitude = top < 0n ? -top : top;
  const digits = `${(magnitude * 10n ** 10n * 2n + bottom) / (bottom * 2n)}`.padStart(11, '0');
  return `${sign}${digits.slice(0, -10)}.${digits.slice(-10)}`;
}

const letters = ['k', 'm', 'g', 't', 'p', 'e'];
const decimalFactors = letters.map((letter, at): [string, bigint] => [letter, 1000n ** BigInt(at + 1)]);
const binaryFactors = letters.map((letter, at): [string, bigint] => [`${letter}i`, 1024n ** BigInt(at + 1)]);

const byteFactors: ReadonlyMap<string, bigint> = new Map([
  ['', 1n],
  ...[...decimalFactors, ...binaryFactors].flatMap(([unit, factor]): [string, bigint][] => [
    [unit, factor],
    [`${unit}b`, factor],
  ]),
]);

const unitFactors: ReadonlyMap<string, readonly [top: bigint, bottom: bigint]> = new Map([
  ['', [1n, 1n]],
  ...[...decimalFactors, ...binaryFactors].flatMap(([unit, factor]): [string, readonly [bigint, bigint]][] => [
    [unit, [factor, 1n]],
    [unit.replace(/^./, (letter) => letter.toUpperCase()), [factor, 1n]],
  ]),
  // The double next to a thousandth, which is what OPA takes for it.
  ['m', [1_152_921_504_606_847n, 1n << 60n]],
]);
