import { canonical } from '../../json/canonical.ts';
import { joined } from '../../json/joined.ts';
import type { Json } from '../../json/types.ts';
import type { KeyedHash } from '../types.ts';

/**
 * `hmac_` and 16 hex digits of the keyed hash of the canonical form: equal values of one type get equal tokens within
 * the reach of the key. `text` is the source text of a number that is not exactly a double.
 */
export function hashed(value: Json, text: string | undefined, hash: KeyedHash): string {
  return joined('hmac_', hash(canonical(text === undefined ? value : `\0${text}`)).slice(0, 16));
}
