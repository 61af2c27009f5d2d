import { type Kysely, sql } from 'kysely';
import { WritError } from '../../engine/errors.ts';
import type { Store } from './store.ts';
import type { Tables, ToolPinRow, ToolSightingRow } from './tables.ts';

/** Which tools: of one tenant, and of one server where it is named. */
export interface PinScope {
  tenant: string;
  server?: string;
}

/** A declaration to agree to, and what was pinned when somebody looked. */
export interface NewPin {
  name: string;
  fingerprint: string;
  /** RFC 8785 of what the fingerprint is of. */
  declaration: string;
  /** Fingerprints pinned so far, sorted; where others are by now, nothing is pinned. */
  instead_of: readonly string[];
}

/** A server may show different callers different declarations, and each can be agreed to, up to this many. */
export const mostPinsOfTool = 4;
/** Declarations kept of one tool that nobody agreed to; what comes after is not kept. */
const mostSightings = 8;

/** Pins in force, by server and name. */
export function readPins(store: Store, { tenant, server }: PinScope): Promise<ToolPinRow[]> {
  return store.use((database) => {
    const all = database.selectFrom('tool_pins').selectAll().where('tenant', '=', tenant).where('state', '=', 'pinned');
    return (server === undefined ? all : all.where('server', '=', server))
      .orderBy('server')
      .orderBy('name')
      .orderBy('fingerprint')
      .execute();
  });
}

/** Declarations that gateways were shown without a pin, by server and name. */
export function readSightings(store: Store, { tenant, server }: PinScope): Promise<ToolSightingRow[]> {
  return store.use((database) => {
    const all = database.selectFrom('tool_sightings').selectAll().where('tenant', '=', tenant);
    return (server === undefined ? all : all.where('server', '=', server))
      .orderBy('server')
      .orderBy('name')
      .orderBy('fingerprint')
      .execute();
  });
}

/**
 * Pins declarations of a server's tools, all or none, in place of those pinned so far or, with `keep`, beside them. What was
 * seen of these tools until now counts as looked at. Gateways hear of it at their next poll.
 *
 * @throws WritError WRIT_PIN_REFUSED where somebody else pinned meanwhile, or too many are kept; WRIT_STORE_*
 */
export async function pinTools(
  store: Store,
  { tenant, server }: Required<PinScope>,
  pins: readonly NewPin[],
  { at, by, keep = false }: { at: string; by: string; keep?: boolean },
): Promise<void> {
  await store.use((database) =>
    database.transaction().execute(async (transaction) => {
      for (const pin of pins) {
        const { name, fingerprint, declaration } = pin;
        const key = { tenant, server, name };
        const held = await pinnedOf(transaction, key);
        if (held.join() !== pin.instead_of.join())
          throw new WritError('WRIT_PIN_REFUSED', 'Somebody else has pinned one of these tools meanwhile.');
        if (keep && new Set([...held, fingerprint]).size > mostPinsOfTool)
          throw new WritError('WRIT_PIN_REFUSED', `A tool has at most ${mostPinsOfTool} declarations.`);
        if (!keep)
          await transaction
            .updateTable('tool_pins')
            .set({ state: 'retired' })
            .where((where) => where.and(key))
            .execute();
        const row = { state: 'pinned', pinned_at: at, pinned_by: by, log_origin: null, log_index: null } as const;
        await transaction
          .insertInto('tool_pins')
          .values({ ...key, fingerprint, declaration, ...row })
          .onConflict((conflict) => conflict.columns(['tenant', 'server', 'name', 'fingerprint']).doUpdateSet(row))
          .execute();
        await transaction
          .deleteFrom('tool_sightings')
          .where((where) => where.and(key))
          .execute();
      }
      await changed(transaction);
    }),
  );
}

type Key = { tenant: string; server: string; name: string };

/** Lets gateways know, at their next poll. */
async function changed(database: Kysely<Tables>): Promise<void> {
  await database
    .insertInto('revisions')
    .values({ subject: 'tool_pins', revision: 1 })
    .onConflict((conflict) => conflict.column('subject').doUpdateSet({ revision: sql`revisions.revision + 1` }))
    .execute();
}

async function pinnedOf(database: Kysely<Tables>, key: Key): Promise<string[]> {
  const rows = await database
    .selectFrom('tool_pins')
    .select('fingerprint')
    .where((where) => where.and({ ...key, state: 'pinned' }))
    .orderBy('fingerprint')
    .execute();
  return rows.map(({ fingerprint }) => fingerprint);
}

/** A declaration a gateway was shown. */
export type Sighting = Omit<ToolSightingRow, 'first_seen_at' | 'last_seen_at'>;

/** Keeps what a gateway was shown, for people to look at. Of one tool only so many are kept. */
export async function recordSightings(store: Store, sightings: readonly Sighting[], at: string): Promise<void> {
  if (sightings.length === 0) return;
  await store.use((database) =>
    database.transaction().execute(async (transaction) => {
      let isNews = false;
      for (const { fingerprint, declaration, ...key } of sightings) {
        // It may have been pinned since it was seen.
        if ((await pinnedOf(transaction, key)).includes(fingerprint)) continue;
        const known = await transaction
          .selectFrom('tool_sightings')
          .select('fingerprint')
          .where((where) => where.and(key))
          .execute();
        const isKnown = known.some((row) => row.fingerprint === fingerprint);
        if (known.length >= mostSightings && !isKnown) continue;
        isNews ||= !isKnown;
        await transaction
          .insertInto('tool_sightings')
          .values({ ...key, fingerprint, declaration, first_seen_at: at, last_seen_at: at })
          .onConflict((conflict) =>
            conflict.columns(['tenant', 'server', 'name', 'fingerprint']).doUpdateSet({ last_seen_at: at }),
          )
          .execute();
      }
      if (isNews) await changed(transaction);
    }),
  );
}
