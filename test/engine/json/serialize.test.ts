import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from '../../../engine/json/parse.ts';
import { serialize } from '../../../engine/json/serialize.ts';

const read = (text: string) => parse(Buffer.from(text), { direction: 'to-client' });

test('a compact document with numbers in any spelling is written as it was read', () => {
  const number = fc.constantFrom(
    '0',
    '-0',
    '1.0',
    '1e2',
    '19.90',
    '1E+400',
    '-9007199254740993',
    '0.1',
    '123',
    '1e-400',
  );
  const string = fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text));
  const text = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      number,
      string,
      fc.constantFrom('true', 'null'),
      fc.array(tie('node'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 99 }), tie('node')), { maxLength: 4 }).map((members) => {
        const named = new Map(members.map(([name, item]) => [`k${name}`, item]));
        return `{${[...named].map(([name, item]) => `"${name}":${item}`).join(',')}}`;
      }),
    ),
  })).node;
  fc.assert(
    fc.property(text, (item) => assert.equal(serialize(read(`[${item}]`)), `[${item}]`)),
    { seed: 20261122, numRuns: 1000 },
  );
});

test('numbers may stand in a document whose number texts nobody kept', () => {
  assert.equal(serialize({ value: { a: [1, 'b', null] }, numbers: new WeakMap() }), '{"a":[1,"b",null]}');
});
