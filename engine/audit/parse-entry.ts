import { WritError } from '../errors.ts';
import { canonicalEntry } from './encode-entry.ts';
import type { Entry } from './entry.ts';
import { checkEntry } from './entry-schema.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads one entry of a log. Throws WRIT_AUDIT_CORRUPT unless the bytes are exactly what canonicalEntry writes for the value
 * they hold: with that no two readers can take an entry for different things.
 */
export function parseEntry(bytes: Uint8Array): Entry {
  let text: string;
  let value: unknown;
  try {
    text = utf8.decode(bytes);
    value = JSON.parse(text);
  } catch (cause) {
    throw new WritError('WRIT_AUDIT_CORRUPT', 'An entry is not JSON.', { cause });
  }
  const checked = checkEntry(value);
  if ('fault' in checked) {
    throw new WritError('WRIT_AUDIT_CORRUPT', `An entry is not of its schema: ${checked.fault}.`);
  }
  if (canonicalEntry(checked.entry) !== text)
    throw new WritError('WRIT_AUDIT_CORRUPT', 'An entry is not in canonical form.');
  return checked.entry;
}
