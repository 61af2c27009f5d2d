import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { WritError } from '../../engine/errors.ts';
import { unlessBusy } from './busy.ts';
import { storeError } from './failure.ts';
import { migrations } from './migrations.ts';
import { NodeSqliteDialect } from './sqlite-dialect.ts';
import type { Tables } from './tables.ts';

/** Milliseconds that a query waits for another process. Nothing else runs meanwhile: longer waits are `unlessBusy`'s. */
const busyMs = 50;

/**
 * State that gateways and commands share. Each query is durable once its promise resolves. Not for the request path: that
 * reads snapshots in memory (`PinSnapshot`).
 */
export interface Store {
  readonly database: Kysely<Tables>;
  /** Runs work on the store. Rejects with WRIT_STORE_*. */
  use<Result>(work: (database: Kysely<Tables>) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/**
 * Opens the store, making it where it is not there, and brings its tables up to date.
 *
 * @param file of SQLite; readable by its owner alone
 * @throws WritError WRIT_STORE_UNAVAILABLE, WRIT_STORE_INVALID or WRIT_STORE_NEWER
 */
export async function openStore(file: string): Promise<Store> {
  let raw: DatabaseSync | undefined;
  try {
    const opened = create(file);
    const connection = new DatabaseSync(file, { timeout: busyMs, enableForeignKeyConstraints: true });
    raw = connection;
    await unlessBusy(() => connection.exec('pragma journal_mode = wal; pragma synchronous = full'));
    const database = new Kysely<Tables>({ dialect: new NodeSqliteDialect(connection) });
    await unlessBusy(() => migrate(database, file));
    return {
      database,
      async use(work) {
        try {
          // A file that was moved away or replaced goes on being written, and nobody else reads it.
          if (statSync(file).ino !== opened) throw new WritError('WRIT_STORE_UNAVAILABLE', `${file} was replaced.`);
          return await work(database);
        } catch (cause) {
          throw storeError(file, cause);
        }
      },
      close: () => database.destroy(),
    };
  } catch (cause) {
    if (raw?.isOpen) raw.close();
    throw storeError(file, cause);
  }
}

/** Makes the file before SQLite does, so that at no time anybody else may read it. Returns its inode. */
function create(file: string): number {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
  const { ino, mode } = statSync(file);
  if ((mode & 0o077) !== 0) chmodSync(file, 0o600);
  return ino;
}

async function migrate(database: Kysely<Tables>, file: string): Promise<void> {
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => migrations } });
  const known = new Set(Object.keys(migrations));
  const tables = await database.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.some(({ name }) => name === 'kysely_migration')) {
    const applied = await database
      .withTables<{ kysely_migration: { name: string } }>()
      .selectFrom('kysely_migration')
      .select('name')
      .execute();
    if (applied.some(({ name }) => !known.has(name))) throw new WritError('WRIT_STORE_NEWER', `${file} is of later.`);
  } else if (tables.length > 0) throw new WritError('WRIT_STORE_INVALID', `${file} holds tables that are not of Writ.`);
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
}
