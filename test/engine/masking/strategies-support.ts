import { createHmac } from 'node:crypto';
import type { Json, JsonObject } from '../../../engine/json/types.ts';
import { type Replaceable, replacement } from '../../../engine/masking/strategies/index.ts';
import type { KeyedHash, TokenIssuer } from '../../../engine/masking/types.ts';
import type { MaskField, Strategy } from '../../../engine/policy/types.ts';

/** The keys of one tenant. */
export function keyed(key: string): KeyedHash {
  return (value, scope = 'tenant') => createHmac('sha256', `${key} ${scope}`).update(value).digest('hex');
}

export interface More extends Partial<Replaceable> {
  options?: JsonObject;
  masked?: string;
  hash?: KeyedHash;
  token?: TokenIssuer;
}

/** What is shown of a leaf, of no schema and no type unless `more` says so. */
export function shown(value: Replaceable['value'], strategy: Strategy, more: More = {}): Json | undefined {
  const { options = {}, masked = null, hash = keyed('one'), token, ...rest } = more;
  const of = { value, type: null, category: null, whole: true, ...rest };
  return replacement(of, { strategy, options, category: masked }, { hash, token });
}

export function field(strategy: Strategy, options: JsonObject, more: Partial<MaskField> = { path: '$.a' }): MaskField {
  return { rule: 'test.mask_fields.one', on: 'both', category: null, strategy, options, ...more };
}
