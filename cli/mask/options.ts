import { createHmac, randomBytes } from 'node:crypto';
import { detectedCategories, isDetected } from '../../engine/detect/categories.ts';
import { WritError } from '../../engine/errors.ts';
import type { JsonObject } from '../../engine/json/types.ts';
import { checkOptions } from '../../engine/masking/strategies/options.ts';
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
        `Detectors find nothing of --detect ${JSON.stringify(category)}; they find:\n  ${[...detectedCategories].sort().join('\n  ')}\nand what is above these, such as user.contact.`,
      );
  }
  return categories;
}

/** Options of strategies that mean something without callers, sessions and policies. */
const options: readonly string[] = ['keep', 'to', 'days'];

/**
 * Masks of a strategy and its options, each as `keep=2`. Throws UsageError for what the strategy does not take, and for tokens,
 * which nobody could turn back.
 */
export function masksOf(categories: readonly string[], strategy: Strategy, given: readonly string[] = []): MaskField[] {
  if (strategy === 'tokenise')
    throw new UsageError(
      'Tokens are kept in the store of a gateway, and there is none here: --strategy pseudonym gives equal values equal names.',
    );
  const chosen: JsonObject = {};
  for (const each of given) {
    const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(each) ?? [];
    if (!options.includes(name) || Object.hasOwn(chosen, name)) throw wrongOption(each, strategy);
    chosen[name] = /^[0-9]{1,6}$/.test(value) ? Number(value) : value;
    if (!isTaken(strategy, chosen)) throw wrongOption(each, strategy);
  }
  return categories.map((detect) => {
    return { rule: 'writ.mask', on: 'result', detect, category: null, strategy, options: chosen };
  });
}

function isTaken(strategy: Strategy, chosen: JsonObject): boolean {
  try {
    checkOptions({ rule: 'writ.mask', on: 'result', category: null, strategy, options: chosen });
    return true;
  } catch (error) {
    if (error instanceof WritError) return false;
    throw error;
  }
}

function wrongOption(given: string, strategy: Strategy): UsageError {
  return new UsageError(
    `--option ${JSON.stringify(given)} is none of --strategy ${strategy}, or has no value that it takes: of partial keep=2, of ` +
      'generalise to=year, to=age-band:10, to=prefix:2 and others, of shift days=10. docs/masking.md has a table.',
  );
}

/** HMAC under the key of a file, or one of this run alone. Throws WRIT_FILE_UNREADABLE, WRIT_KEY_INVALID. */
export function hashOf(file: string | undefined, strategy: Strategy): KeyedHash {
  const key = file === undefined ? randomBytes(32) : readFile(file);
  if (key.length < leastKey)
    throw new WritError(
      'WRIT_KEY_INVALID',
      `${file} has fewer than ${leastKey} octets; \`openssl rand 32\` writes a good one.`,
    );
  if (file === undefined && keyed.has(strategy))
    process.stderr.write(
      'writ: a key of this run alone: another run replaces the same values by others. --key-file keeps one.\n',
    );
  return (value, scope = 'tenant') => createHmac('sha256', key).update(`${scope}\0${value}`).digest('hex');
}
