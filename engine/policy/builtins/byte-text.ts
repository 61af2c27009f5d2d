import { Buffer, isUtf8 } from 'node:buffer';
import { NoAnswer } from './operands.ts';

/**
 * The UTF-8 bytes of a text, each as the character of its number. So what Go does to the bytes of its strings can be done
 * to strings here, without a copy for each step.
 */
export function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/**
 * The text such bytes are. Bytes that are no text, which a string of Go may hold, are no answer here: neither the JSON a
 * decision is written in nor a string of JavaScript can hold them.
 */
export function fromBytes(bytes: string | Buffer): string {
  const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes;
  if (!isUtf8(buffer)) throw new NoAnswer();
  return buffer.toString('utf8');
}
