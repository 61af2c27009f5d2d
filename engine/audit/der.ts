import { WritError } from '../errors.ts';

const SEQUENCE = 0x30;
const INTEGER = 0x02;

/** A P-256 signature as IEEE P1363 writes it (r || s, 64 bytes) in the DER that signed notes carry. */
export function signatureToDer(raw: Uint8Array): Buffer {
  if (raw.length !== 64) throw bad('is not 64 bytes');
  const [r, s] = [integer(raw.subarray(0, 32)), integer(raw.subarray(32))];
  return Buffer.concat([Buffer.of(SEQUENCE, r.length + s.length), r, s]);
}

/** The way back. Takes exactly DER: shortest lengths, shortest positive integers, no byte before, between or after. */
export function signatureFromDer(der: Uint8Array): Buffer {
  const raw = Buffer.alloc(64);
  // Two integers of at most 33 bytes: every length fits in one byte, and DER demands the shortest form.
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2 || der.length > 72) throw bad('is not one sequence');
  let at = 2;
  for (const end of [32, 64]) {
    const length = der[at + 1];
    if (der[at] !== INTEGER || length === undefined || length === 0) throw bad('lacks an integer');
    const value = der.subarray(at + 2, at + 2 + length);
    const [first, second] = [value[0] ?? 0x80, value[1] ?? 0x80];
    if (value.length !== length || first >= 0x80) throw bad('has a cut or negative integer');
    if (first === 0 && second < 0x80) throw bad('has a padded integer');
    const digits = first === 0 ? value.subarray(1) : value;
    if (digits.length > 32 || digits.length === 0) throw bad('has an integer of the wrong size');
    raw.set(digits, end - digits.length);
    at += 2 + length;
  }
  if (at !== der.length) throw bad('has bytes after its end');
  return raw;
}

function integer(digits: Uint8Array): Buffer {
  let start = 0;
  while (start < digits.length - 1 && digits[start] === 0) start++;
  const shortest = digits.subarray(start);
  const sign = (shortest[0] ?? 0) >= 0x80 ? [0] : [];
  return Buffer.from([INTEGER, sign.length + shortest.length, ...sign, ...shortest]);
}

const bad = (what: string) => new WritError('WRIT_AUDIT_CORRUPT', `A signature ${what}.`);
