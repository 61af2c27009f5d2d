import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isExact } from '../../../engine/json/numbers.ts';

test('a number is exact when its decimal value is the one that the double shows', () => {
  for (const text of [
    '0',
    '-0',
    '0.0e5',
    '1.0',
    '1e2',
    '0.1',
    '1.10',
    '100e-2',
    '9007199254740992',
    '1e21',
    '5e-324',
    '0e999999',
  ]) {
    assert.ok(isExact(text), text);
  }
  for (const text of [
    '9007199254740993',
    '1e400',
    '-1e400',
    '1e-400',
    '0.10000000000000001',
    '4.9e-324',
    '1e309',
    '1e-99999999999',
  ]) {
    assert.ok(!isExact(text), text);
  }
});

test('agrees with rational arithmetic', () => {
  const digits = (max: number): fc.Arbitrary<string> =>
    fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: max }).map((list) => list.join(''));
  fc.assert(
    fc.property(digits(18), digits(18), fc.integer({ min: -20, max: 20 }), (whole, fraction, exponent) => {
      const text = `${BigInt(whole)}.${fraction}e${exponent}`;
      assert.equal(isExact(text), scaled(text) === scaled(String(Number(text))), text);
    }),
    { seed: 20261122, numRuns: 2000 },
  );
});

/** The number times 10^400, as an integer. */
function scaled(text: string): bigint {
  const [mantissa = '', exponent = '0'] = text.split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  return BigInt(whole + fraction) * 10n ** BigInt(400 + Number(exponent) - fraction.length);
}

test('a million digits take no time to judge', () => {
  assert.ok(!isExact(`1${'0'.repeat(1_000_000)}1`));
  assert.ok(isExact(`0.5${'0'.repeat(1_000_000)}`));
  assert.ok(!isExact(`0.${'0'.repeat(500_000)}1${'0'.repeat(500_000)}`));
});
