import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DetectedType } from '../../../engine/detect/types.ts';
import { strongest } from '../../../engine/masking/strategies/index.ts';
import type { Strategy } from '../../../engine/policy/types.ts';
import { keyed, shown } from './strategies-support.ts';

const seed = { seed: 20261125, numRuns: 500 };

const type = fc.constantFrom<DetectedType | null>(
  null,
  'EMAIL',
  'PERSON',
  'PHONE',
  'IBAN',
  'CREDIT_CARD',
  'IP_ADDRESS',
  'MAC',
  'SECRET',
  'PL_PESEL',
  'DATE_OF_BIRTH',
);
const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
const digits = (least: number, most: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${least - 1},${most - 1}}$`));
const value = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1 }),
  fc.stringMatching(/^[A-Z][a-z]{4,10} [A-Z][a-z]{4,10}$/),
  fc.emailAddress(),
  fc.ipV4(),
  fc.ipV6(),
  fc.uuid(),
  fc.webUrl(),
  day.map((date) => date.toISOString().slice(0, 10)),
  day.map((date) => date.toISOString()),
  digits(5, 20),
  digits(5, 15).map(Number),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** Words that replacements are made of say nothing of a value that has them too. */
const ours = /masked|invalid|redact|user-|person|https:|\[|hmac_|card-|iban-|passport|2001:|T00:|00:00|0\.000|e[+-]/i;

test('no replacement has the value in it, or five of its signs in a row', () => {
  const schema = fc.constantFrom(
    undefined,
    { type: 'string' },
    { type: 'string', format: 'date' },
    { type: 'integer' },
  );
  const strategy = fc.constantFrom<Strategy>('redact', 'null', 'hash', 'pseudonym');
  const property = fc.property(value, type, strategy, schema, fc.boolean(), (value, type, strategy, schema, whole) => {
    const text = String(value);
    fc.pre(text.length >= 5 && !ours.test(text) && (whole || typeof value === 'string'));
    // What redact shows is the same for all values, so it may be one of them.
    fc.pre(strategy !== 'redact' || schema === undefined || (schema.type === 'string' && !('format' in schema)));
    const said = String(shown(value, strategy, { type, whole, ...(schema === undefined ? {} : { schema }) }));
    for (let start = 0; start + 5 <= text.length; start++) {
      assert.ok(!said.includes(text.slice(start, start + 5)), `${strategy}: five signs of the value are shown`);
    }
  });
  fc.assert(property, { ...seed, numRuns: 3000 });
});

test('partial shows no more than the last it keeps', () => {
  const property = fc.property(fc.string({ minLength: 1 }), fc.integer({ min: 1, max: 16 }), (value, keep) => {
    fc.pre(!value.includes('@'));
    const said = String(shown(value, 'partial', { options: { keep } }));
    const open = said.replace(/^\*+/, '');
    assert.ok(open.length <= keep && value.endsWith(open) && 2 * open.length <= value.length);
  });
  fc.assert(property, seed);
});

test('a generalised value is the same for all that it stands for', () => {
  const property = fc.property(fc.integer({ min: 0, max: 129 }), fc.integer({ min: 0, max: 129 }), (one, other) => {
    const [first, second] = [one, other].map((age) => shown(age, 'generalise', { options: { to: 'age-band:10' } }));
    assert.equal(first === second, Math.floor(one / 10) === Math.floor(other / 10));
  });
  fc.assert(property, seed);
});

test('equal values are shown equally within a scope, and otherwise under another key', () => {
  const strategy = fc.constantFrom<Strategy>('hash', 'pseudonym');
  const text = fc.string({ minLength: 1 });
  const property = fc.property(text, text, strategy, type, (one, other, strategy, type) => {
    const said = shown(one, strategy, { type });
    assert.equal(shown(one, strategy, { type }), said);
    assert.notEqual(shown(one, strategy, { type, hash: keyed('two') }), said);
    const folded = (text: string): string =>
      text
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll(/[\s.:/()-]/g, '');
    if (folded(one) !== folded(other)) assert.notEqual(shown(other, strategy, { type }), said);
  });
  fc.assert(property, seed);
});

const all: Strategy[] = ['drop', 'null', 'redact', 'hash', 'pseudonym', 'tokenise', 'generalise', 'shift', 'partial'];

test('of several strategies, the strongest is the same in any order and however they are taken together', () => {
  const property = fc.property(
    fc.array(fc.constantFrom(...all), { minLength: 1, maxLength: 6 }),
    fc.nat(),
    (masks, cut) => {
      const strategy = strongest(masks);
      assert.equal(strongest(masks.toReversed()), strategy);
      const at = cut % masks.length;
      if (at > 0) assert.equal(strongest([strongest(masks.slice(0, at)), strongest(masks.slice(at))]), strategy);
    },
  );
  fc.assert(property, seed);
});

test('absolute ones beat all, each chain has its order, and one of both chains redacts', () => {
  for (const [index, strategy] of all.entries()) {
    for (const [below, other] of all.entries()) {
      if (below < index) continue;
      const apart = index >= 3 && index < 6 && below >= 6;
      assert.equal(strongest([strategy, other]), apart ? 'redact' : strategy, `${strategy} and ${other}`);
    }
  }
});
