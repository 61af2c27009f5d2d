/** Shannon's entropy of a text's characters, in bits a character. */
export function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const char of text) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

/** Beginnings of references, templates and examples, and of what masking leaves. */
const REFERENCE = /^(?:<|\$\{|\$\(|\{\{|%\(|%\{|\[|your|process\.env|os\.environ|tok_|hmac_|\*{3}|x{4}|•{3}|\.{3})/i;
/** A path in a file system: `PWD=/home/app`. */
export const PATH = /^(?:\/[\w.-]{1,30}\/[\w./-]{0,80}|[A-Za-z]:\\.{0,120}|~\/.{0,80})$/;
const PLACEHOLDERS = new Set(
  'null none undefined true false required optional redacted masked hidden changed expired invalid valid reset string number n/a example secret password token'.split(
    ' ',
  ),
);

/**
 * Whether a value that is assigned to the name of a secret is one: no placeholder, no word of prose, no reference. A
 * password may be short; a token is at least twelve characters of mixed kinds.
 */
export function isSecretValue(value: string, kind: 'password' | 'token'): boolean {
  if (
    value.length < 4 ||
    value.length > 4096 ||
    REFERENCE.test(value) ||
    PATH.test(value) ||
    PLACEHOLDERS.has(value.toLowerCase()) ||
    /\s/.test(value)
  )
    return false;
  const kinds =
    Number(/[a-z]/.test(value)) +
    Number(/[A-Z]/.test(value)) +
    Number(/\d/.test(value)) +
    Number(/[^A-Za-z\d]/.test(value));
  if (kind === 'password') return value.length >= 6 ? kinds >= 2 || entropy(value) > 3.2 : kinds >= 3;
  return value.length >= 12 && kinds >= 2 && /\d/.test(value) && entropy(value) >= 3;
}

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [REFERENCE, PATH, /\s/, /[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/];
