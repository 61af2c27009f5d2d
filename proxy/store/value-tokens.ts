import type { Kysely } from 'kysely';
import type { Store } from './store.ts';
import type { Tables, ValueTokenRow } from './tables.ts';

/** Rows that one statement takes: SQLite bounds the parameters of each. */
const atOnce = 200;

function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let at = 0; at < items.length; at += atOnce) yield items.slice(at, at + atOnce);
}

/** Those of a caller that are good at a time. */
async function held(database: Kysely<Tables>, tenant: string, caller: string, now: string): Promise<number> {
  const row = await database
    .selectFrom('value_tokens')
    .select(({ fn }) => fn.countAll().as('held'))
    .where('tenant', '=', tenant)
    .where('caller', '=', caller)
    .where('expires_at', '>', now)
    .where('revoked_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.held);
}

/**
 * Keeps new tokens of one caller, all or none. False, and nothing kept, where the caller would hold more than `most`. Rejects
 * with WRIT_STORE_*.
 */
export function keepTokens(
  store: Store,
  { tenant, caller }: Pick<ValueTokenRow, 'tenant' | 'caller'>,
  rows: readonly ValueTokenRow[],
  { now, most }: { now: string; most: number },
): Promise<boolean> {
  return store.use((database) =>
    database.transaction().execute(async (transaction) => {
      if ((await held(transaction, tenant, caller, now)) + rows.length > most) return false;
      for (const chunk of chunks(rows)) await transaction.insertInto('value_tokens').values(chunk).execute();
      return true;
    }),
  );
}

/** The tokens of these ids, by id, whatever became of them. Rejects with WRIT_STORE_*. */
export async function findTokens(
  store: Store,
  tenant: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ValueTokenRow>> {
  const found = new Map<string, ValueTokenRow>();
  await store.use(async (database) => {
    for (const chunk of chunks(ids)) {
      const query = database.selectFrom('value_tokens').selectAll().where('tenant', '=', tenant);
      for (const row of await query.where('id', 'in', chunk).execute()) found.set(row.id, row);
    }
  });
  return found;
}

/** Takes expired tokens out, at most `most`. Resolves to how many there were. Rejects with WRIT_STORE_*. */
export function dropExpired(store: Store, now: string, most: number): Promise<number> {
  return store.use(async (database) => {
    const expired = await database
      .selectFrom('value_tokens')
      .select(['tenant', 'id'])
      .where('expires_at', '<=', now)
      .limit(Math.min(most, atOnce))
      .execute();
    const ids = expired.map(({ id }) => id);
    if (ids.length > 0)
      await database.deleteFrom('value_tokens').where('id', 'in', ids).where('expires_at', '<=', now).execute();
    return ids.length;
  });
}
