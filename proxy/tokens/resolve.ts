import { isWithinCategory } from '../../engine/detect/categories.ts';
import { WritError } from '../../engine/errors.ts';
import type { Detokenise } from '../../engine/policy/types.ts';
import type { Store } from '../store/store.ts';
import type { ValueTokenRow } from '../store/tables.ts';
import { findTokens } from '../store/value-tokens.ts';
import type { TokenCipher } from './cipher.ts';
import type { Holder } from './issuer.ts';

/** A token at a place, and what policy lets be turned back there. */
export interface TokenUse {
  token: string;
  permits: readonly Detokenise[];
}

/** What a token stands for, and the rule that lets it be turned back. */
export interface Resolved {
  value: string;
  rule: string;
  category: string | null;
}

/** Why a token is not turned back. For operators: to callers all of these are one. */
export type Flaw = 'unknown' | 'of another caller' | 'expired' | 'revoked' | 'of another use' | 'altered';

export interface Asked {
  store: Store;
  cipher: TokenCipher;
  /** RFC 3339. */
  now: string;
}

/**
 * What tokens of a caller stand for, from the store each time, so that one revoked is worth nothing from then on. In the order
 * of the uses.
 *
 * @throws WritError WRIT_MASK_TOKEN_INVALID as a TokenFlaw; WRIT_STORE_*
 */
export async function resolveTokens(
  { store, cipher, now }: Asked,
  holder: Holder,
  uses: readonly TokenUse[],
): Promise<Resolved[]> {
  const ids = new Map(uses.map(({ token }) => [token, cipher.idOf(holder.tenant, token)]));
  const rows = await findTokens(store, holder.tenant, [...new Set(ids.values())]);
  return uses.map(({ token, permits }) => {
    const id = ids.get(token) ?? '';
    const row = rows.get(id);
    if (row === undefined) throw new TokenFlaw('unknown', id);
    if (row.caller !== holder.caller) throw new TokenFlaw('of another caller', id);
    if (row.revoked_at !== null) throw new TokenFlaw('revoked', id);
    if (row.expires_at <= now) throw new TokenFlaw('expired', id);
    const permit = permits.find((one) => fits(one, row));
    if (permit === undefined) throw new TokenFlaw('of another use', id);
    const value = row.sealed === null ? undefined : cipher.open(row.sealed, row);
    if (value === undefined) throw new TokenFlaw('altered', id);
    return { value, rule: permit.rule, category: row.category };
  });
}

function fits({ purpose, category }: Detokenise, row: ValueTokenRow): boolean {
  if (purpose !== row.purpose) return false;
  return category === null || (row.category !== null && isWithinCategory(row.category, category));
}

/** One code and text for every flaw: a caller learns nothing of tokens that are not its own to use. */
export class TokenFlaw extends WritError {
  readonly flaw: Flaw;
  /** As the store knows the token. */
  readonly id: string;

  constructor(flaw: Flaw, id: string) {
    super('WRIT_MASK_TOKEN_INVALID');
    this.flaw = flaw;
    this.id = id;
  }
}
