import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, test } from 'node:test';
import { openConfiguredStore, storeFileOf } from '../../../proxy/store/open-config.ts';
import { openStore } from '../../../proxy/store/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'writ-store-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;
const fresh = () => join(folder, `${files++}`, 'writ.db');

const count = (file: string) =>
  openStore(file).then(async (store) => {
    const { rows } = await store.use(async (database) => ({
      rows: await database.selectFrom('tool_pins').selectAll().execute(),
    }));
    await store.close();
    return rows.length;
  });

describe('a store', () => {
  test('is made with its folder, for its owner alone', async () => {
    const file = fresh();
    assert.equal(await count(file), 0);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(await count(file), 0);
  });

  test('that others may read is closed to them', async () => {
    const file = fresh();
    await count(file);
    chmodSync(file, 0o644);
    await count(file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  test('is written ahead, waits for others, and holds foreign keys', async () => {
    const store = await openStore(fresh());
    const pragma = (name: string) =>
      store.use(async (database) => {
        const { sql } = await import('kysely');
        const { rows } = await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(database);
        return Object.values(rows[0] ?? {})[0];
      });
    assert.equal(await pragma('journal_mode'), 'wal');
    assert.equal(await pragma('foreign_keys'), 1);
    assert.equal(await pragma('synchronous'), 2);
    assert.equal(await pragma('busy_timeout'), 50);
    await store.close();
  });

  test('may be opened by several at once, also for the first time', async () => {
    const file = fresh();
    assert.deepEqual(await Promise.all([count(file), count(file), count(file)]), [0, 0, 0]);
  });

  test('keeps nothing of work that breaks off', async () => {
    const store = await openStore(fresh());
    const work = store.use((database) =>
      database.transaction().execute(async (transaction) => {
        await transaction.insertInto('revisions').values({ subject: 'tool_pins', revision: 1 }).execute();
        throw new Error('broke off');
      }),
    );
    await assert.rejects(work, { code: 'WRIT_STORE_UNAVAILABLE' });
    const rows = await store.use((database) => database.selectFrom('revisions').selectAll().execute());
    assert.deepEqual(rows, []);
    await store.close();
  });

  test('lies beside the log unless it is told where', async () => {
    const audit = { directory: join(folder, 'beside', 'audit') };
    const config = { audit } as unknown as Parameters<typeof storeFileOf>[0];
    assert.equal(storeFileOf(config), join(folder, 'beside', 'writ.db'));
    assert.equal(storeFileOf({ ...config, store: 'sqlite:/x/y.db' }), '/x/y.db');
    await (await openConfiguredStore(config)).close();
    assert.ok(statSync(join(folder, 'beside', 'writ.db')).isFile());
  });
});

describe('a store that cannot be used', () => {
  test('as it is no database', async () => {
    const file = join(folder, 'text.db');
    writeFileSync(file, 'this is a text, and a long one, so that it is not taken for an empty database'.repeat(20));
    await assert.rejects(openStore(file), { code: 'WRIT_STORE_INVALID' });
  });

  test('as it is of another program, whose tables stay as they are', async () => {
    const file = join(folder, 'other.db');
    const other = new DatabaseSync(file);
    other.exec('create table tool_pins (x)');
    other.close();
    await assert.rejects(openStore(file), { code: 'WRIT_STORE_INVALID' });
  });

  test('as a newer Writ wrote it', async () => {
    const file = fresh();
    await count(file);
    const later = new DatabaseSync(file);
    later.exec(`insert into kysely_migration (name, timestamp) values ('9999_later', '2030-01-01T00:00:00.000Z')`);
    later.close();
    await assert.rejects(openStore(file), { code: 'WRIT_STORE_NEWER' });
  });

  test('as another process holds it', async () => {
    const file = fresh();
    const store = await openStore(file);
    const other = new DatabaseSync(file);
    other.exec('begin immediate');
    const write = store.use((database) =>
      database.insertInto('revisions').values({ subject: 'tool_pins', revision: 1 }).execute(),
    );
    await assert.rejects(write, { code: 'WRIT_STORE_UNAVAILABLE' });
    other.exec('rollback');
    other.close();
    await store.close();
  });

  test('as its folder is a file, or it is a folder', async () => {
    writeFileSync(join(folder, 'plain'), '');
    await assert.rejects(openStore(join(folder, 'plain', 'writ.db')), { code: 'WRIT_STORE_UNAVAILABLE' });
    mkdirSync(join(folder, 'dir.db'));
    await assert.rejects(openStore(join(folder, 'dir.db')), { code: 'WRIT_STORE_UNAVAILABLE' });
  });

  test('as it was moved away or replaced while it was open', async () => {
    const file = fresh();
    const store = await openStore(file);
    const read = () => store.use((database) => database.selectFrom('revisions').selectAll().execute());
    assert.deepEqual(await read(), []);
    renameSync(file, `${file}.old`);
    await assert.rejects(read(), { code: 'WRIT_STORE_UNAVAILABLE' });
    writeFileSync(file, '');
    await assert.rejects(read(), { code: 'WRIT_STORE_UNAVAILABLE' });
    await store.close();
  });
});
