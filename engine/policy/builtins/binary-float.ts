/** Powers of five up to this one fit into 64 bits. */
const plainPower = 27;

/**
 * A binary float with a mantissa of so many bits, as Go's math/big computes with it: each result is rounded to the nearest,
 * halves to even.
 */
export class BinaryFloat {
  readonly #mantissa: bigint;
  /** Power of two of the mantissa's last bit. */
  readonly #exponent: number;
  readonly #bits: number;

  private constructor(mantissa: bigint, exponent: number, bits: number, remainder = false) {
    const magnitude = mantissa < 0n ? -mantissa : mantissa;
    const excess = Math.max(lengthOf(magnitude) - bits, 0);
    const kept = roundedShift(magnitude, excess, remainder);
    this.#mantissa = mantissa < 0n ? -kept : kept;
    this.#exponent = exponent + excess;
    this.#bits = bits;
  }

  static ofInteger(value: bigint, bits = 64): BinaryFloat {
    return new BinaryFloat(value, 0, bits);
  }

  /** `mantissa` times ten to `exponent`, in the steps of Go's `Float.SetString`, which round once or twice. */
  static ofDecimal(mantissa: bigint, exponent: number): BinaryFloat {
    if (exponent === 0 || mantissa === 0n) return BinaryFloat.ofInteger(mantissa);
    const fives = powerOfFive(Math.abs(exponent));
    if (exponent > 0) return new BinaryFloat(mantissa * fives.#mantissa, exponent + fives.#exponent, 64);
    // Enough bits that the quotient has 64, two to round by, and what remains only says that it is not exact.
    const shift = Math.max(lengthOf(fives.#mantissa) - lengthOf(mantissa) + 66, 0);
    const dividend = mantissa << BigInt(shift);
    const remains = dividend % fives.#mantissa !== 0n;
    return new BinaryFloat(dividend / fives.#mantissa, exponent - fives.#exponent - shift, 64, remains);
  }

  times(other: BinaryFloat): BinaryFloat {
    return new BinaryFloat(this.#mantissa * other.#mantissa, this.#exponent + other.#exponent, this.#bits);
  }

  /** Without its fraction. */
  truncated(): bigint {
    if (this.#exponent >= 0) return this.#mantissa << BigInt(this.#exponent);
    return this.#mantissa / (1n << BigInt(-this.#exponent));
  }
}

function powerOfFive(exponent: number): BinaryFloat {
  const plain = Math.min(exponent, plainPower);
  let power = BinaryFloat.ofInteger(5n ** BigInt(plain), 128);
  let factor = BinaryFloat.ofInteger(5n, 192);
  for (let left = exponent - plain; left > 0; left >>= 1) {
    if ((left & 1) !== 0) power = power.times(factor);
    factor = factor.times(factor);
  }
  return power;
}

function lengthOf(value: bigint): number {
  const hex = (value < 0n ? -value : value).toString(16);
  return hex === '0' ? 0 : 4 * (hex.length - 1) + (32 - Math.clz32(Number.parseInt(hex[0] ?? '0', 16)));
}

/** Shifts right, rounding to the nearest and halves to even; `remainder` says that the value is a little larger still. */
function roundedShift(value: bigint, by: number, remainder: boolean): bigint {
  if (by === 0) return value;
  const kept = value >> BigInt(by);
  const lost = value & ((1n << BigInt(by)) - 1n);
  const half = 1n << BigInt(by - 1);
  const up = lost > half || (lost === half && (remainder || (kept & 1n) === 1n));
  return up ? kept + 1n : kept;
}
