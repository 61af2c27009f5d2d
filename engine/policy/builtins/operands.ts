import { isArray, isMap, isNumber, isSet, type RegoNumber, type Term, type TermMap } from './term.ts';

/** What OPA calls a builtin error: the expression that called the builtin is undefined. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Each of these gives the operand as what it must be, or throws NoAnswer. */
export function text(operand: Term | undefined): string {
  if (typeof operand !== 'string') throw new NoAnswer();
  return operand;
}

export function array(operand: Term | undefined): readonly Term[] {
  if (!isArray(operand)) throw new NoAnswer();
  return operand;
}

export function object(operand: Term | undefined): TermMap {
  if (!isMap(operand)) throw new NoAnswer();
  return operand;
}

export function number(operand: Term | undefined): RegoNumber {
  if (!isNumber(operand)) throw new NoAnswer();
  return operand;
}

export function boolean(operand: Term | undefined): boolean {
  if (typeof operand !== 'boolean') throw new NoAnswer();
  return operand;
}

/** An array's items, or a set's. */
export function collection(operand: Term | undefined): Iterable<Term> {
  if (isArray(operand) || isSet(operand)) return operand;
  throw new NoAnswer();
}
