import { integer } from './integers.ts';
import { NoAnswer } from './operands.ts';
import type { Builtins } from './term.ts';

export const numbers: Builtins = {
  'numbers.range_step': ([first, last, width], charge) => {
    const [from, to, step] = [integer(first, charge), integer(last, charge), integer(width, charge)];
    if (step <= 0n) throw new NoAnswer();
    const distance = from <= to ? to - from : from - to;
    const count = distance / step + 1n;
    const digits = Math.max(`${from}`.length, `${to}`.length);
    charge(Number(count) * digits);
    return Array.from({ length: Number(count) }, (_, at) => from + (from <= to ? 1n : -1n) * BigInt(at) * step);
  },
};
