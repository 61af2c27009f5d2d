import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** In the order they are applied, which is that of their names. What was released is never edited. */
export const migrations: Record<string, Migration> = {
  '0001_tool_pins': { up: toolPins },
  '0002_value_tokens': { up: valueTokens },
};

async function toolPins(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('tool_pins')
    .addColumn('tenant', 'varchar(63)', (column) => column.notNull())
    .addColumn('server', 'varchar(63)', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'varchar(64)', (column) => column.notNull())
    .addColumn('declaration', 'text', (column) => column.notNull())
    .addColumn('state', 'varchar(16)', (column) => column.notNull())
    .addColumn('pinned_at', 'varchar(32)', (column) => column.notNull())
    .addColumn('pinned_by', 'text', (column) => column.notNull())
    .addColumn('log_origin', 'text')
    .addColumn('log_index', 'bigint')
    .addPrimaryKeyConstraint('tool_pins_key', ['tenant', 'server', 'name', 'fingerprint'])
    .execute();
  await database.schema
    .createTable('tool_sightings')
    .addColumn('tenant', 'varchar(63)', (column) => column.notNull())
    .addColumn('server', 'varchar(63)', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'varchar(64)', (column) => column.notNull())
    .addColumn('declaration', 'text', (column) => column.notNull())
    .addColumn('first_seen_at', 'varchar(32)', (column) => column.notNull())
    .addColumn('last_seen_at', 'varchar(32)', (column) => column.notNull())
    .addPrimaryKeyConstraint('tool_sightings_key', ['tenant', 'server', 'name', 'fingerprint'])
    .execute();
  await database.schema
    .createTable('revisions')
    .addColumn('subject', 'varchar(63)', (column) => column.primaryKey())
    .addColumn('revision', 'bigint', (column) => column.notNull())
    .execute();
}

async function valueTokens(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('value_tokens')
    .addColumn('tenant', 'varchar(63)', (column) => column.notNull())
    .addColumn('id', 'varchar(64)', (column) => column.notNull())
    .addColumn('caller', 'varchar(64)', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('category', 'text')
    .addColumn('label', 'varchar(32)', (column) => column.notNull())
    .addColumn('sealed', 'text')
    .addColumn('issued_at', 'varchar(32)', (column) => column.notNull())
    .addColumn('expires_at', 'varchar(32)', (column) => column.notNull())
    .addColumn('revoked_at', 'varchar(32)')
    .addPrimaryKeyConstraint('value_tokens_key', ['tenant', 'id'])
    .execute();
  await database.schema
    .createIndex('value_tokens_of_caller')
    .on('value_tokens')
    .columns(['tenant', 'caller', 'expires_at'])
    .execute();
  await database.schema.createIndex('value_tokens_by_expiry').on('value_tokens').columns(['expires_at']).execute();
}
