import { WritError } from '../errors.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from './verifier-key.ts';

/**
 * A signing key of a log, and the sizes of the checkpoints it signs, both ends included. Where one key follows another, one
 * checkpoint carries both signatures: it ends one range and begins the next.
 */
export interface TrustedKey {
  readonly key: VerifierKey;
  /** Its Key Vault identifier with version; null for a key in a file. */
  readonly kid: string | null;
  readonly from: number;
  /** Null while the key is in use. */
  readonly to: number | null;
}

/**
 * Reads trust.json: `[{ "vkey", "kid", "from_size", "to_size" }]`, oldest first. Throws WRIT_KEY_INVALID for anything but
 * P-256 keys of one log whose ranges follow one another.
 */
export function parseTrust(text: string): TrustedKey[] {
  const list = parseList(text);
  const trust = list.map(parseItem);
  for (const [index, { key, from, to }] of trust.entries()) {
    const before = trust[index - 1];
    if (key.type !== 'ecdsa-p256') throw invalid('A key in it is not P-256.');
    if (before !== undefined && before.key.name !== key.name) throw invalid('Its keys are of different logs.');
    const earliest = index === 0 ? 0 : before?.to;
    if (typeof earliest !== 'number' || from < earliest || (index === 0 && from !== 0) || (to !== null && to < from)) {
      throw invalid('Its ranges do not follow one another.');
    }
  }
  return trust;
}

export function formatTrust(trust: readonly TrustedKey[]): string {
  const list = trust.map(({ key, kid, from, to }) => ({
    vkey: formatVerifierKey(key.name ?? '', key.spki),
    kid,
    from_size: from,
    to_size: to,
  }));
  return `${JSON.stringify(list, null, 2)}\n`;
}

/** The keys that must have signed a checkpoint of this size: one, or two where one follows the other. */
export function keysAt(trust: readonly TrustedKey[], size: number): VerifierKey[] {
  return trust.filter(({ from, to }) => from <= size && (to === null || size <= to)).map(({ key }) => key);
}

function parseList(text: string): unknown[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch (cause) {
    throw new WritError('WRIT_KEY_INVALID', 'The trust file is not JSON.', { cause });
  }
  if (!Array.isArray(list) || list.length === 0) throw invalid('It is not a list of keys.');
  return list;
}

function parseItem(item: unknown): TrustedKey {
  const { vkey, kid, from_size: from, to_size: to, ...more } = Object(item);
  const sized = isSize(from) && (to === null || isSize(to)) && (kid === null || typeof kid === 'string');
  if (typeof vkey !== 'string' || !sized || Object.keys(more).length > 0) {
    throw invalid('Each key needs exactly vkey, kid, from_size and to_size.');
  }
  const key = parseVerifierKey(vkey);
  if (key.name === null) throw invalid('A vkey in it names no log.');
  return { key, kid, from, to };
}

const isSize = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;
const invalid = (what: string) => new WritError('WRIT_KEY_INVALID', `The trust file is not usable. ${what}`);
