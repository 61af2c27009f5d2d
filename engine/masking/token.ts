import type { DetectedType } from '../detect/types.ts';
import { WritError } from '../errors.ts';

/** What a token says of itself, by what it stands for. */
export const tokenLabels = [
  'email',
  'phone',
  'person',
  'address',
  'iban',
  'card',
  'birthdate',
  'passport',
  'id',
  'ip',
  'mac',
  'secret',
  'value',
] as const;
export type TokenLabel = (typeof tokenLabels)[number];

/**
 * Finds tokens in a text, in the letters they were given in; of an e-mail token also the bare one, as a reader may leave
 * out its domain. Of use with matchAll and replaceAll, which leave its lastIndex alone. Takes time in proportion to the text.
 */
export const tokenShape = new RegExp(
  `(?<![A-Za-z0-9_])tok_(?:${tokenLabels.join('|')})_[a-z2-7]{26}(?:@masked\\.invalid)?(?![A-Za-z0-9_])`,
  'g',
);

/**
 * The token of a label: `tok_<label>_<26 of base32>`, that of an e-mail address with `@masked.invalid` behind it, so that it
 * is one (RFC 2606 reserves .invalid: nothing sent to it arrives).
 * @param id 26 letters and digits of base32 (RFC 4648, small) that nobody can guess
 * @throws WritError WRIT_MASK_FAILED for another label or another id
 */
export function tokenText(label: string, id: string): string {
  const known = tokenLabels.find((other) => other === label);
  if (known === undefined || !/^[a-z2-7]{26}$/.test(id)) throw new WritError('WRIT_MASK_FAILED', 'That is no token.');
  return known === 'email' ? `tok_email_${id}@masked.invalid` : `tok_${known}_${id}`;
}

/** The token made of the first 16 of bytes that nobody can guess; as `tokenText`. */
export function tokenOf(label: string, bits: Uint8Array): string {
  return tokenText(label, base32(bits.subarray(0, 16)));
}

export interface Token {
  readonly label: TokenLabel;
  /** The 26 characters. */
  readonly id: string;
  /** As `tokenText` writes it, whether or not the text had its domain. */
  readonly text: string;
}

/** What a text says that is a token and nothing else. */
export function parseToken(text: string): Token | undefined {
  const [, name, id] = whole.exec(text) ?? [];
  const label = tokenLabels.find((other) => other === name);
  if (label === undefined || id === undefined) return undefined;
  if (label !== 'email' && text.includes('@')) return undefined;
  return { label, id, text: tokenText(label, id) };
}

/** The label for what detectors took a value for. */
export function labelOf(type: DetectedType): TokenLabel {
  return labels[type] ?? 'id';
}

const whole = /^tok_([a-z]{1,12})_([a-z2-7]{26})(?:@masked\.invalid)?$/;

const labels: Partial<Record<DetectedType, TokenLabel>> = {
  ADDRESS: 'address',
  CREDIT_CARD: 'card',
  DATE_OF_BIRTH: 'birthdate',
  EMAIL: 'email',
  IBAN: 'iban',
  IP_ADDRESS: 'ip',
  MAC: 'mac',
  PASSPORT: 'passport',
  PERSON: 'person',
  PHONE: 'phone',
  SECRET: 'secret',
};

/** RFC 4648, in small letters and without padding. */
function base32(bytes: Uint8Array): string {
  let text = '';
  let held = 0;
  let count = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    count += 8;
    while (count >= 5) {
      count -= 5;
      text += alphabet.charAt((held >> count) & 31);
    }
    held &= (1 << count) - 1;
  }
  return count === 0 ? text : text + alphabet.charAt((held << (5 - count)) & 31);
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
