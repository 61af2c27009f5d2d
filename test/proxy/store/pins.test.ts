import assert from 'node:assert/strict';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import type { WritError } from '../../../engine/errors.ts';
import { PinSnapshot } from '../../../proxy/store/pin-snapshot.ts';
import { type NewPin, pinTools, readPins, readSightings, recordSightings } from '../../../proxy/store/pins.ts';
import { openStore } from '../../../proxy/store/store.ts';

const folder = mkdtempSync(join(tmpdir(), 'writ-pins-'));
after(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

async function opened() {
  const file = join(folder, `${files++}.db`);
  const store = await openStore(file);
  after(() => store.close());
  return { store, file };
}

const crm = { tenant: 'default', server: 'crm' };
const at = '2026-11-25T10:00:00.000Z';
const later = '2026-11-25T11:00:00.000Z';
const by = { at, by: 'operator' };
const pin = (name: string, fingerprint: string, instead_of: string[] = []): NewPin => ({
  name,
  fingerprint,
  declaration: JSON.stringify({ name }),
  instead_of,
});
const sighting = (fingerprint: string, name = 'lookup') => ({ ...crm, name, fingerprint, declaration: '{}' });

describe('a pin', () => {
  test('takes the place of the one before, which stays on record', async () => {
    const { store } = await opened();
    await pinTools(store, crm, [pin('lookup', 'a'), pin('search', 's')], by);
    await pinTools(store, crm, [pin('lookup', 'b', ['a'])], { ...by, at: later });
    const pins = await readPins(store, { tenant: 'default' });
    assert.deepEqual(
      pins.map(({ name, fingerprint, pinned_at, pinned_by }) => [name, fingerprint, pinned_at, pinned_by]),
      [
        ['lookup', 'b', later, 'operator'],
        ['search', 's', at, 'operator'],
      ],
    );
    const all = await store.use((database) =>
      database.selectFrom('tool_pins').select(['fingerprint', 'state']).execute(),
    );
    assert.ok(all.some(({ fingerprint, state }) => fingerprint === 'a' && state === 'retired'));
  });

  test('may be kept beside others, of which there are few', async () => {
    const { store } = await opened();
    const held: string[] = [];
    for (const fingerprint of ['a', 'b', 'c', 'd']) {
      await pinTools(store, crm, [pin('lookup', fingerprint, [...held])], { ...by, keep: true });
      held.push(fingerprint);
    }
    assert.equal((await readPins(store, crm)).length, 4);
    await assert.rejects(pinTools(store, crm, [pin('lookup', 'e', held)], { ...by, keep: true }), {
      code: 'WRIT_PIN_REFUSED',
    });
  });

  test('is refused where another was made since somebody looked, and none of its company is made', async () => {
    const { store } = await opened();
    await pinTools(store, crm, [pin('lookup', 'b')], by);
    await assert.rejects(pinTools(store, crm, [pin('search', 's'), pin('lookup', 'c', ['a'])], by), {
      code: 'WRIT_PIN_REFUSED',
    });
    assert.deepEqual(
      (await readPins(store, crm)).map(({ fingerprint }) => fingerprint),
      ['b'],
    );
  });

  test('is of one tenant and one server', async () => {
    const { store } = await opened();
    await pinTools(store, crm, [pin('lookup', 'a')], by);
    assert.deepEqual(await readPins(store, { tenant: 'other' }), []);
    assert.deepEqual(await readPins(store, { tenant: 'default', server: 'hr' }), []);
  });
});

describe('a sighting', () => {
  test('is kept up to eight of a tool, and until somebody pins the tool', async () => {
    const { store } = await opened();
    for (let index = 0; index < 12; index++) await recordSightings(store, [sighting(`f${index}`), sighting('f0')], at);
    assert.equal((await readSightings(store, crm)).length, 8);
    await recordSightings(store, [sighting('f0')], later);
    const [first] = await readSightings(store, crm);
    assert.deepEqual([first?.fingerprint, first?.first_seen_at, first?.last_seen_at], ['f0', at, later]);
    await pinTools(store, crm, [pin('lookup', 'a')], by);
    assert.deepEqual(await readSightings(store, crm), []);
  });
});

describe('pins in memory', () => {
  test('follow what another process pinned, at the next look', async () => {
    const { store, file } = await opened();
    const other = await openStore(file);
    const pins = await PinSnapshot.open(store);
    assert.equal(pins.of('default', 'crm', 'lookup'), undefined);
    await pinTools(other, crm, [pin('lookup', 'a')], by);
    await pins.refresh();
    const first = pins.of('default', 'crm', 'lookup');
    assert.deepEqual([...(first?.fingerprints ?? [])], ['a']);
    await pinTools(other, crm, [pin('lookup', 'a', ['a'])], { ...by, at: later });
    await pins.refresh();
    assert.notEqual(pins.of('default', 'crm', 'lookup')?.judged, first?.judged);
    assert.equal(pins.of('other', 'crm', 'lookup'), undefined);
    await pins.close();
    await other.close();
  });

  test('know of what any gateway was shown beside them, until somebody pins anew', async () => {
    const { store, file } = await opened();
    const other = await openStore(file);
    await pinTools(store, crm, [pin('lookup', 'a')], by);
    const [pins, elsewhere] = [await PinSnapshot.open(store), await PinSnapshot.open(other)];
    const strange = () => elsewhere.of('default', 'crm', 'lookup')?.strange;
    pins.saw(sighting('a'));
    await pins.refresh();
    await elsewhere.refresh();
    assert.equal(strange(), false);
    pins.saw(sighting('x'));
    await pins.refresh();
    await elsewhere.refresh();
    assert.equal(strange(), true);
    await pinTools(store, crm, [pin('lookup', 'a', ['a'])], { ...by, at: later });
    await elsewhere.refresh();
    assert.equal(strange(), false);
    await Promise.all([pins.close(), elsewhere.close()]);
    await other.close();
  });

  test('write what was seen when they look', async () => {
    const { store } = await opened();
    const pins = await PinSnapshot.open(store, { now: () => at });
    for (let index = 0; index < 400; index++) pins.saw(sighting('x', `tool-${index}`));
    assert.deepEqual(await readSightings(store, crm), []);
    await pins.refresh();
    assert.equal((await readSightings(store, crm)).length, 256);
    await pins.close();
  });

  test('are gone by for half a minute while the store is away, and not longer', async () => {
    const { store, file } = await opened();
    await pinTools(store, crm, [pin('lookup', 'a')], by);
    let time = 0;
    const told: (string | null)[] = [];
    const notice = (failing: WritError | null) => told.push(failing?.code ?? null);
    const pins = await PinSnapshot.open(store, { clock: () => time, notice });
    renameSync(file, `${file}.away`);
    await assert.rejects(pins.refresh(), { code: 'WRIT_STORE_UNAVAILABLE' });
    await assert.rejects(pins.refresh(), { code: 'WRIT_STORE_UNAVAILABLE' });
    time = 30_000;
    assert.ok(pins.of('default', 'crm', 'lookup'));
    time = 30_001;
    assert.throws(() => pins.of('default', 'crm', 'lookup'), { code: 'WRIT_STORE_UNAVAILABLE' });
    renameSync(`${file}.away`, file);
    await pins.refresh();
    assert.ok(pins.of('default', 'crm', 'lookup'));
    assert.deepEqual(told, ['WRIT_STORE_UNAVAILABLE', null]);
    await pins.close();
  });
});
