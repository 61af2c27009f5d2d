import { NoAnswer, text } from './operands.ts';
import type { Builtins } from './term.ts';

/** https://semver.org, as OPA reads it: one `v` may lead, and numbers have 64 bits. */
export const semver: Builtins = {
  'semver.is_valid': ([version]) => typeof version === 'string' && parse(version) !== undefined,
  'semver.compare': ([left, right]) => {
    const one = parse(text(left));
    const other = parse(text(right));
    if (one === undefined || other === undefined) throw new NoAnswer();
    return compareVersions(one, other);
  },
};

interface Version {
  readonly numbers: readonly bigint[];
  readonly preRelease: string;
}

const number = '(0|[1-9][0-9]*)';
const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const form = new RegExp(`^v?${number}\\.${number}\\.${number}(?:-(${identifiers}))?(?:\\+${identifiers})?$`);
const largest = 2n ** 63n - 1n;

function parse(version: string): Version | undefined {
  const [, major = '', minor = '', patch = '', preRelease = ''] = form.exec(version) ?? [];
  // Longer ones are over the largest number in any case, and would take time to read.
  if (major === '' || [major, minor, patch].some((digits) => digits.length > 19)) return undefined;
  const numbers = [major, minor, patch].map(BigInt);
  if (numbers.some((one) => one > largest)) return undefined;
  if (preRelease.split('.').some((identifier) => /^0[0-9]+$/.test(identifier))) return undefined;
  return { numbers, preRelease };
}

function compareVersions(left: Version, right: Version): number {
  for (const [at, one] of left.numbers.entries()) {
    const other = right.numbers[at] ?? 0n;
    if (one !== other) return one > other ? 1 : -1;
  }
  if (left.preRelease === right.preRelease) return 0;
  if (left.preRelease === '') return 1;
  if (right.preRelease === '') return -1;
  const ones = left.preRelease.split('.');
  const others = right.preRelease.split('.');
  for (const [at, one] of ones.entries()) {
    const other = others[at];
    if (other === undefined) return 1;
    const order = compareIdentifiers(one, other);
    if (order !== 0) return order;
  }
  return ones.length < others.length ? -1 : 0;
}

/** Numbers come before words; among themselves they go by size, words by character. */
function compareIdentifiers(left: string, right: string): number {
  const one = asNumber(left);
  const other = asNumber(right);
  if (one === undefined && other === undefined) return left === right ? 0 : left > right ? 1 : -1;
  if (one === undefined) return 1;
  if (other === undefined) return -1;
  return one === other ? 0 : one > other ? 1 : -1;
}

function asNumber(identifier: string): bigint | undefined {
  if (!/^[0-9]+$/.test(identifier)) return undefined;
  // What does not fit into 64 bits is the largest number that does.
  if (identifier.length > 19) return largest;
  const value = BigInt(identifier);
  return value > largest ? largest : value;
}
