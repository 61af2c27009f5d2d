import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DetectedType } from '../../../engine/detect/types.ts';
import type { Json } from '../../../engine/json/types.ts';
import { shown } from './strategies-support.ts';

const cases: [value: string | number, to: string, shown: Json, asNumber?: number][] = [
  ['1985-03-12', 'year', '1985'],
  ['12.03.1985', 'year', '1985'],
  ['12/03/1985', 'month', '1985-03'],
  ['03/25/1985', 'month', '1985-03'],
  ['1985-03-12T10:00:00Z', 'decade', '1980s'],
  ['1985', 'decade', '1980s'],
  ['1985-03', 'year', '1985'],
  [1985, 'decade', '1980s', 1980],
  [19850312, 'year', '1985', 19850101],
  [1700000000, 'year', '2023', 1672531200],
  [1700000000123, 'month', '2023-11', 1698796800000],
  [34, 'age-band:10', '30-39', 30],
  ['34', 'age-band:5', '30-34'],
  [0, 'age-band:10', '0-9', 0],
  ['10115', 'prefix:2', '10***'],
  [10115, 'prefix:2', '10***', 10000],
  ['SW1A 1AA', 'prefix:3', 'SW1***'],
  ['203.0.113.77', '/24', '203.0.113.0/24'],
  ['203.0.113.77', '/20', '203.0.112.0/20'],
  ['2001:db8:1:2::5', '/48', '2001:db8:1::/48'],
  [54321, 'bucket:1000', '54000..54999', 54000],
  [-5, 'bucket:10', '-10..-1', -10],
  [19.9, 'bucket:10', '10..19', 10],
  ['anna@example.com', 'domain', 'masked@example.com'],
];

test('each way to say a value roughly', () => {
  for (const [value, to, said, asNumber] of cases) {
    assert.equal(shown(value, 'generalise', { options: { to } }), said, `${value} ${to}`);
    if (asNumber === undefined) continue;
    assert.equal(shown(value, 'generalise', { options: { to }, schema: { type: 'number' } }), asNumber);
  }
});

test('where nothing is asked for, by what the value is', () => {
  const usual: [value: string | number, type: DetectedType | null, category: string | null, shown: Json][] = [
    ['1985-03-12', 'DATE_OF_BIRTH', null, '1985'],
    ['2025-03-12', null, null, '2025'],
    ['anna@example.com', 'EMAIL', null, 'masked@example.com'],
    ['203.0.113.77', 'IP_ADDRESS', null, '203.0.113.0/24'],
    ['2001:db8:1:2::5', 'IP_ADDRESS', null, '2001:db8:1::/48'],
    ['10115', null, 'user.contact.address.postal_code', '10***'],
    [34, null, 'user.demographic.age_range', '30-39'],
    [54321, null, null, '50000..59999'],
    [1000, null, null, '1000..1999'],
    [7, null, null, '0..9'],
    ['Anna Example', 'PERSON', null, '[PERSON]'],
    ['1 Example Street', null, 'user.contact.address', '[redacted]'],
    ['some words', null, null, '[redacted]'],
  ];
  for (const [value, type, category, said] of usual) {
    assert.equal(shown(value, 'generalise', { type, category }), said, String(value));
  }
});

test('what cannot be said so is redacted', () => {
  const cannot: [value: string | number | boolean, to: string, type?: DetectedType][] = [
    ['soon', 'year'],
    ['1985-02-30', 'year'],
    ['1985', 'month'],
    ['1985', 'year', 'SECRET'],
    ['1985-03-12', 'year', 'PASSPORT'],
    [true, 'year'],
    ['1985-03-12', 'age-band:10'],
    [131, 'age-band:10'],
    ['-3', 'age-band:10'],
    ['ab', 'prefix:2'],
    ['abc', 'prefix:2'],
    ['a'.repeat(1000), 'prefix:2'],
    ['203.0.113.77', '/32'],
    ['203.0.113.77', '/25'],
    ['0313.0.113.77', '/24'],
    ['fe80::1%eth0', '/48'],
    ['twelve', 'bucket:10'],
    ['1e400', 'bucket:10'],
    ['anna@example@example.com', 'domain'],
    ['anna@mail.anna.example', 'domain'],
    ['silva.anna@annasilva.example', 'domain'],
  ];
  for (const [value, to, type] of cannot) {
    const said = shown(value, 'generalise', { options: { to }, ...(type === undefined ? {} : { type }) });
    assert.equal(said, type === undefined ? '[redacted]' : `[${type}]`, `${value} ${to}`);
  }
});
