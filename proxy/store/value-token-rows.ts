import { type ExpressionBuilder, sql } from 'kysely';
import type { Store } from './store.ts';
import type { Tables, ValueTokenRow } from './tables.ts';

/** Which tokens are meant: those to which all that is given applies. */
export interface TokenChoice {
  tenant: string;
  /** How the id begins. */
  id?: string;
  /** How the HMAC of the caller begins. */
  caller?: string;
  purpose?: string;
  /** RFC 3339: those issued before. */
  before?: string;
}

/** A token as it may be shown: what it stands for is not read. */
export type ShownToken = Omit<ValueTokenRow, 'sealed'>;

const shown = [
  'tenant',
  'id',
  'caller',
  'purpose',
  'category',
  'label',
  'issued_at',
  'expires_at',
  'revoked_at',
] as const;

/** Ids and callers are hex, so that no prefix holds a sign that LIKE knows. */
function meant({ tenant, id, caller, purpose, before }: TokenChoice) {
  return (where: ExpressionBuilder<Tables, 'value_tokens'>) =>
    where.and([
      where('tenant', '=', tenant),
      ...(id === undefined ? [] : [where('id', 'like', `${id}%`)]),
      ...(caller === undefined ? [] : [where('caller', 'like', `${caller}%`)]),
      ...(purpose === undefined ? [] : [where('purpose', '=', purpose)]),
      ...(before === undefined ? [] : [where('issued_at', '<', before)]),
    ]);
}

/** Tokens, the newest first, at most `most`. Rejects with WRIT_STORE_*. */
export function readTokens(store: Store, choice: TokenChoice, most: number): Promise<ShownToken[]> {
  return store.use((database) =>
    database
      .selectFrom('value_tokens')
      .select(shown)
      .where(meant(choice))
      .orderBy('issued_at', 'desc')
      .orderBy('id')
      .limit(most)
      .execute(),
  );
}

/**
 * Revokes tokens, and destroys what they stood for. A gateway asks the store each time, so it holds at once. Resolves to how
 * many there were. Rejects with WRIT_STORE_*.
 */
export function revokeTokens(store: Store, choice: TokenChoice, now: string): Promise<number> {
  return store.use((database) =>
    database.transaction().execute(async (transaction) => {
      const { numUpdatedRows } = await transaction
        .updateTable('value_tokens')
        .set({ revoked_at: now, sealed: null })
        .where(meant(choice))
        .where('revoked_at', 'is', null)
        .executeTakeFirstOrThrow();
      // By this gateways know to give out new ones.
      await transaction
        .insertInto('revisions')
        .values({ subject: 'value_tokens', revision: 1 })
        .onConflict((conflict) => conflict.column('subject').doUpdateSet({ revision: sql`revisions.revision + 1` }))
        .execute();
      return Number(numUpdatedRows);
    }),
  );
}

/** A number that changes with each revocation. Rejects with WRIT_STORE_*. */
export async function revocations(store: Store): Promise<number> {
  const row = await store.use((database) =>
    database.selectFrom('revisions').select('revision').where('subject', '=', 'value_tokens').executeTakeFirst(),
  );
  return Number(row?.revision ?? 0);
}
