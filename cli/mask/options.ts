import { createHmac, randomBytes } from 'node:crypto';
import { detectedCategories, isDetected } from '../../engine/detect/categories.ts';
import { WritError } from '../../engine/errors.ts';
import type { KeyedHash } from '../../engine/masking/types.ts';
import type { MaskField, Strategy } from '../../engine/policy/types.ts';
import { readFile } from '../read-file.ts';
import { UsageError } from '../usage-error.ts';

export const strategies = [
  'redact',
  'partial',
  'null',
  'drop',
  'hash',
  'pseudonym',
  'generalise',
  'shift',
  'tokenise',
] as const satisfies readonly Strategy[];

/** Strategies whose replacements depend on a key. */
const keyed: ReadonlySet<Strategy> = new Set(['hash', 'pseudonym', 'shift']);
/** Octets of a key; fewer are guessed. */
const leastKey = 16;

/** Throws UsageError for one of which detectors find nothing. */
export function categoriesOf(given: readonly string[]): string[] {
  const categories = given.flatMap((each) => each.split(','));
  for (const category of categories) {
    if (!isDetected(category))
      throw new UsageError(
        `Detectors find nothing of --detect ${category}; they find ${[...detectedCategories].sort().join(', ')}, and what is above these.`,
      );
  }
  return categories;
}

/** Throws UsageError for tokens, which nobody could turn back. */
export function masksOf(categories: readonly string[], strategy: Strategy): MaskField[] {
  if (strategy === 'tokenise')
    throw new UsageError(
      'Tokens are kept in the store of a gateway, and there is none here: --strategy pseudonym gives equal values equal names.',
    );
  return categories.map((detect) => {
    return { rule: 'writ.mask', on: 'result', detect, category: null, strategy, options: {} };
  });
}

/** HMAC under the key of a file, or one of this run alone. Throws WRIT_FILE_UNREADABLE, WRIT_KEY_INVALID. */
export function hashOf(file: string | undefined, strategy: Strategy): KeyedHash {
  const key = file === undefined ? randomBytes(32) : readFile(file);
  if (key.length < leastKey) throw new WritError('WRIT_KEY_INVALID', `${file} has fewer than ${leastKey} octets.`);
  if (file === undefined && keyed.has(strategy))
    process.stderr.write(
      'writ: a key of this run alone: another run replaces the same values by others. --key-file keeps one.\n',
    );
  return (value, scope = 'tenant') => createHmac('sha256', key).update(`${scope}\0${value}`).digest('hex');
}
