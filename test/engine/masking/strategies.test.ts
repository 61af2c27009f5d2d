import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { partial, strongest } from '../../../engine/masking/strategies/index.ts';
import type { Strategy } from '../../../engine/policy/types.ts';
import { argumentsOf, hash, mask } from './support.ts';

test('the strongest strategy of a node wins, and two ways to keep something keep nothing', () => {
  const expected: [Strategy[], Strategy][] = [
    [['partial'], 'partial'],
    [['hash'], 'hash'],
    [['hash', 'partial'], 'redact'],
    [['partial', 'redact', 'hash'], 'redact'],
    [['redact', 'null'], 'null'],
    [['partial', 'null', 'drop'], 'drop'],
  ];
  for (const [strategies, strategy] of expected) {
    assert.equal(strongest(strategies), strategy);
    assert.equal(strongest(strategies.toReversed()), strategy);
  }
});

test('partial keeps four characters of eight or more, and nothing of a domain', () => {
  const expected: [string, string][] = [
    ['+44 20 7946 0958', '************0958'],
    ['12345678', '****5678'],
    ['1234567', '****'],
    ['', '****'],
    ['Zoë\u{1f600}\u{1f600}\u{1f600}\u{1f600}\u{1f600}', '****\u{1f600}\u{1f600}\u{1f600}\u{1f600}'],
    ['anna.example@example.com', 'a***@masked.invalid'],
    ['ann@example.com', '****@masked.invalid'],
    ['Ünal.example@example.com', '****@masked.invalid'],
    ['Anna <anna@example.com>', '*******************com>'],
    ['@example.com', '********.com'],
    ['a@b@example.com', '***********.com'],
  ];
  for (const [text, shown] of expected) assert.equal(partial(text), shown);
});

test('partial is done once and for all, and leaves well-formed text', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.constantFrom('*', '****', '[redacted]'));
  fc.assert(
    fc.property(text, (value) => {
      const shown = partial(value);
      assert.equal(partial(shown), shown);
      assert.ok(shown.isWellFormed());
    }),
    { seed: 20261122, numRuns: 1000 },
  );
});

test('each strategy on each kind of value', () => {
  const text = '{"s":"Anna Example","n":42,"b":true,"z":null,"o":{"x":"Anna Example","y":[12345678,null]}}';
  const all = (strategy: Strategy): string => argumentsOf(text, [mask('$.*', strategy)]).text;
  const token = (value: string): string => JSON.stringify(`hmac_${hash(value).slice(0, 16)}`);
  assert.equal(all('redact'), '{"s":"[redacted]","n":"[redacted]","b":"[redacted]","z":"[redacted]","o":"[redacted]"}');
  assert.equal(all('null'), '{"s":null,"n":null,"b":null,"z":null,"o":null}');
  assert.equal(all('drop'), '{}');
  assert.equal(
    all('partial'),
    '{"s":"********mple","n":"****","b":"****","z":null,"o":{"x":"********mple","y":["****5678",null]}}',
  );
  assert.equal(
    all('hash'),
    `{"s":${token('"Anna Example"')},"n":${token('42')},"b":${token('true')},"z":null,"o":{"x":${token('"Anna Example"')},"y":[${token('12345678')},null]}}`,
  );
});

test('hash tells apart numbers that one double stands for, and takes one number for itself', () => {
  const masks = [mask('$.*', 'hash')];
  const tokens = (text: string): unknown[] => Object.values(argumentsOf(text, masks).value as object);
  const [odd, even, again, text] = tokens(
    '{"a":9007199254740993,"b":9007199254740992,"c":9007199254740992.0,"d":"9007199254740992"}',
  );
  assert.notEqual(odd, even);
  assert.equal(even, again);
  assert.notEqual(even, text);
});

test('partial shows the digits of a number as they were written', () => {
  assert.equal(
    argumentsOf('{"card":9007199254740993}', [mask('$.card', 'partial')]).text,
    '{"card":"************0993"}',
  );
});
