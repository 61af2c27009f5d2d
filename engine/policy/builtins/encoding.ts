import { Buffer } from 'node:buffer';
import { fromBytes } from './byte-text.ts';
import { NoAnswer, text } from './operands.ts';
import type { Builtins } from './term.ts';

export const encoding: Builtins = {
  'base64url.encode_no_pad': ([operand]) => Buffer.from(text(operand), 'utf8').toString('base64url'),
  'hex.encode': ([operand]) => Buffer.from(text(operand), 'utf8').toString('hex'),
  'hex.decode': ([operand]) => {
    const digits = text(operand);
    if (digits.length % 2 !== 0 || /[^0-9a-fA-F]/.test(digits)) throw new NoAnswer();
    return fromBytes(Buffer.from(digits, 'hex'));
  },
};
