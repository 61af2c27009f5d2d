import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../engine/json/types.ts';
import { schemaAt } from '../../../engine/masking/strategies/index.ts';
import { shown } from './strategies-support.ts';

/** Follows the way to a node. */
function along(schema: JsonObject, ...way: (string | number)[]): JsonObject | undefined {
  return way.reduce<JsonObject | undefined>(schemaAt, schema);
}

test('members, items, and what stands for those that are not named', () => {
  const schema = {
    properties: {
      rows: { type: 'array', prefixItems: [{ const: 'head' }], items: { properties: { n: { minimum: 1 } } } },
    },
    additionalProperties: { type: 'boolean' },
  };
  assert.deepEqual(along(schema, 'rows', 0), { const: 'head' });
  assert.deepEqual(along(schema, 'rows', 1, 'n'), { minimum: 1 });
  assert.deepEqual(along(schema, 'other'), { type: 'boolean' });
  assert.equal(along(schema, 'rows', 1, 'other'), undefined);
  assert.equal(along(schema, 'rows', 'n'), undefined);
  assert.equal(schemaAt(undefined, 'rows'), undefined);
});

test('references lead into the schema that was asked first, also from below', () => {
  const schema = {
    $ref: '#/$defs/customer',
    $defs: {
      customer: { properties: { mail: { $ref: '#/$defs/a~1b%20c' }, next: { $ref: '#/$defs/customer' } } },
      'a/b c': { type: 'string', format: 'email' },
    },
  };
  const mail = along(schema, 'next', 'next', 'mail');
  assert.deepEqual(mail, { $ref: '#/$defs/a~1b%20c' });
  assert.equal(shown('anna', 'redact', mail === undefined ? {} : { schema: mail }), 'redacted@masked.invalid');
});

test('of several branches the first that has it', () => {
  const schema = {
    allOf: [{ properties: { a: { type: 'string' } } }, { properties: { a: { minLength: 2 }, b: { type: 'null' } } }],
    anyOf: [{ properties: { c: { type: 'integer' } } }],
    oneOf: [{ properties: { d: { type: 'number' } } }],
  };
  assert.deepEqual(along(schema, 'a'), { type: 'string' });
  assert.deepEqual(along(schema, 'b'), { type: 'null' });
  assert.deepEqual(along(schema, 'c'), { type: 'integer' });
  assert.deepEqual(along(schema, 'd'), { type: 'number' });
});

test('a schema that a server made to be gone round in ends, and has nothing', () => {
  const ring = { $ref: '#/$defs/a', $defs: { a: { $ref: '#/$defs/b' }, b: { $ref: '#/$defs/a' } } };
  assert.equal(along(ring, 'x'), undefined);
  assert.equal(shown('anna', 'redact', { schema: ring }), '[redacted]');
  const self: JsonObject = { allOf: [{ $ref: '#' }, { $ref: '#' }, { $ref: '#' }] };
  assert.equal(along(self, 'x'), undefined);
  assert.equal(shown('anna', 'hash', { schema: self })?.toString().startsWith('hmac_'), true);
  const wide: JsonObject = { anyOf: Array.from({ length: 100_000 }, () => ({ properties: { y: {} } })) };
  assert.equal(along(wide, 'x'), undefined);
});

test('names that every object has are no members, references elsewhere lead nowhere', () => {
  const schema = { properties: {}, $defs: {} };
  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty'])
    assert.equal(along(schema, name), undefined);
  for (const $ref of ['https://example.com/x#/a', '#anchor', '#/$defs/constructor', '#/%', '#/$defs/length', '']) {
    assert.equal(along({ ...schema, $ref }, 'x'), undefined);
    assert.equal(shown('anna', 'redact', { schema: { $ref } }), '[redacted]');
  }
});
