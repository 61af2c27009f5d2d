import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { keyed, shown } from './strategies-support.ts';

const day = 86_400_000;
const isoDay = (days: number): string => new Date(days * day).toISOString().slice(0, 10);

test('dates of a scope move by the same days, at most as many as are said, and never none', () => {
  const property = fc.property(
    fc.integer({ min: -30_000, max: 60_000 }),
    fc.integer({ min: 1, max: 400 }),
    fc.string(),
    (days, most, key) => {
      const moved = (one: number): number =>
        Date.parse(String(shown(isoDay(one), 'shift', { options: { days: most }, hash: keyed(key) }))) / day;
      const by = moved(days) - days;
      assert.ok(by !== 0 && Math.abs(by) <= most);
      assert.equal(moved(days + 777) - moved(days), 777);
    },
  );
  fc.assert(property, { seed: 20261125, numRuns: 300 });
});

test('both directions and both ends are met', () => {
  const met = new Set<number>();
  for (let key = 0; key < 200; key++) {
    const moved = shown('2025-06-15', 'shift', { options: { days: 2 }, hash: keyed(`${key}`) });
    met.add((Date.parse(String(moved)) - Date.parse('2025-06-15')) / day);
  }
  assert.deepEqual(
    [...met].sort((a, b) => a - b),
    [-2, -1, 1, 2],
  );
});

test('the form is kept, and the time of day', () => {
  const one = { options: { days: 1 } };
  const expected = shown('2025-06-15', 'shift', one) === '2025-06-16' ? 16 : 14;
  for (const [value, form] of [
    ['2025-06-15T10:11:12.123+02:00', '2025-06-DDT10:11:12.123+02:00'],
    ['2025-06-15 10:11', '2025-06-DD 10:11'],
    ['2025/6/15', '2025/6/DD'],
    ['15.06.2025', 'DD.06.2025'],
    ['15.6.2025', 'DD.6.2025'],
    ['15-06-2025', 'DD-06-2025'],
    ['15/06/2025', 'DD/06/2025'],
    ['06/15/2025', '06/DD/2025'],
    ['20250615', '202506DD'],
  ] as const) {
    assert.equal(shown(value, 'shift', one), form.replace('DD', `${expected}`));
  }
});

test('seconds, milliseconds and microseconds since 1970 move by as many days', () => {
  const by = (Date.parse(String(shown('2025-06-15', 'shift'))) - Date.parse('2025-06-15')) / 1000;
  assert.equal(shown(1_750_000_000, 'shift'), 1_750_000_000 + by);
  assert.equal(shown('1750000000', 'shift'), String(1_750_000_000 + by));
  assert.equal(shown(1_750_000_000_123, 'shift'), 1_750_000_000_123 + by * 1000);
  assert.equal(shown(1_750_000_000_123_456, 'shift'), 1_750_000_000_123_456 + by * 1e6);
  assert.equal(shown(1750000000.25, 'shift'), 1750000000.25 + by);
  assert.equal(shown(-500_000_000, 'shift'), -500_000_000 + by);
  assert.equal(shown(20250615, 'shift'), Number(String(shown('20250615', 'shift'))));
});

test('what is no date is redacted', () => {
  for (const value of [
    'soon',
    '2025-02-30',
    '2025-13-01',
    'on 2025-06-15',
    '15.6.25',
    '',
    42,
    1e20,
    true,
    '0001-01-01',
  ]) {
    assert.equal(shown(value, 'shift'), '[redacted]', String(value));
  }
  assert.equal(shown('20250615', 'shift', { type: 'PASSPORT' }), '[PASSPORT]');
  const schema = { type: 'string', format: 'date' };
  assert.equal(shown('2025-02-30', 'shift', { schema }), '1970-01-01');
});

test('where a date would leave the four digits of its year it is redacted', () => {
  const shownAt = (value: string): string =>
    ['one', 'two', 'three', 'four', 'five', 'six']
      .map((key) => String(shown(value, 'shift', { options: { days: 3650 }, hash: keyed(key) })))
      .filter((text) => !/^[1-9]\d{3}-\d\d-\d\d$/.test(text))
      .join();
  assert.match(shownAt('9999-12-31'), /^(\[redacted\],?)+$/);
});
