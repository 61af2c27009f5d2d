import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../../engine/json/types.ts';
import type { Strategy } from '../../../engine/policy/types.ts';
import { shown } from './strategies-support.ts';

const ajv = new Ajv2020({ strict: false, logger: false });
formats.default(ajv);

const kept: Strategy[] = ['redact', 'hash', 'partial', 'pseudonym', 'generalise', 'shift'];

/** Schemas of servers, and values that they take. */
const schemas: [schema: JsonObject, values: (string | number | boolean)[]][] = [
  [{ type: 'string' }, ['anna@example.com', '1985-03-12', '', 'a'.repeat(2000)]],
  [{ type: 'string', format: 'email' }, ['anna@example.com', 'b@example.org']],
  [{ type: 'string', format: 'idn-email' }, ['anna@example.com']],
  [{ type: 'string', format: 'uri' }, ['https://example.com/anna?x=1', 'mailto:anna@example.com']],
  [{ type: 'string', format: 'uri-reference' }, ['/anna']],
  [{ type: 'string', format: 'date' }, ['1985-03-12', '2024-02-29']],
  [{ type: 'string', format: 'date-time' }, ['1985-03-12T10:11:12Z', '2024-02-29T23:59:59.999+02:00']],
  [{ type: 'string', format: 'time' }, ['10:11:12Z']],
  [{ type: 'string', format: 'duration' }, ['P3Y6M']],
  [{ type: 'string', format: 'uuid' }, ['3f2504e0-4f89-41d3-9a0c-0305e82c3301']],
  [{ type: 'string', format: 'ipv4' }, ['203.0.113.7']],
  [{ type: 'string', format: 'ipv6' }, ['2001:db8::7']],
  [{ type: 'string', format: 'hostname' }, ['anna.example.com']],
  [{ type: 'string', format: 'json-pointer' }, ['/anna/0']],
  [{ type: 'string', format: 'byte' }, ['YW5uYQ==']],
  [{ type: 'string', pattern: '^[0-9]{5}$' }, ['10115']],
  [{ type: 'string', pattern: '^CUST-\\d{6,8}$' }, ['CUST-123456']],
  [{ type: 'string', pattern: '^(?:\\+|00)[1-9][0-9 ]{6,14}$' }, ['+44 20 7946 0958']],
  [{ type: 'string', pattern: '^[A-Z]{2}\\d{2}[A-Z0-9]{11,30}$' }, ['DE89370400440532013000']],
  [{ type: 'string', pattern: '^[^@\\s]+@[^@\\s]+\\.[a-z]+$', maxLength: 30 }, ['anna@example.com']],
  [{ type: 'string', pattern: '^(?<year>\\d{4})/(?<n>[\\w.-]+)$' }, ['2025/a-1']],
  [{ type: 'string', minLength: 30, maxLength: 32 }, ['a'.repeat(31)]],
  [{ type: 'string', maxLength: 2 }, ['an']],
  [{ type: 'string', enum: ['single', 'married'] }, ['single', 'married']],
  [{ const: 'only' }, ['only']],
  [{ type: 'number' }, [19.9, 34, -7, 1e20]],
  [{ type: 'number', minimum: 0, maximum: 1 }, [0.25]],
  [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 0.5 }, [0.25]],
  [{ type: 'number', maximum: -10 }, [-200]],
  [{ type: 'integer' }, [1234567, 1700000000, 20250615]],
  [{ type: 'integer', minimum: 18, maximum: 120 }, [34]],
  [{ type: 'integer', minimum: 10000, maximum: 99999, multipleOf: 5 }, [54320]],
  [{ type: 'integer', exclusiveMinimum: -3, exclusiveMaximum: 3 }, [-2]],
  [{ type: 'integer', format: 'int32' }, [1234567]],
  [{ type: 'boolean' }, [true, false]],
  [{ type: ['string', 'null'], format: 'date' }, ['1985-03-12']],
  [{ type: ['integer', 'null'], minimum: 5 }, [34]],
  [{ anyOf: [{ type: 'string', format: 'email' }, { type: 'null' }] }, ['anna@example.com']],
  [
    {
      oneOf: [
        { type: 'integer', minimum: 5 },
        { type: 'string', pattern: '^n/a$' },
      ],
    },
    [34],
  ],
  [{ allOf: [{ type: 'string' }, { minLength: 12 }, { pattern: '^[a-z-]+$' }] }, ['anna-example-x']],
  [{ type: 'string', not: { const: '[redacted]' } }, ['anna']],
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  [{ type: 'string', if: { minLength: 6 }, then: { pattern: '^A' } }, ['Anna Example']],
  [{ $ref: '#/$defs/mail', $defs: { mail: { type: 'string', format: 'email' } } }, ['anna@example.com']],
];

test('a schema that takes a value takes what is shown for it, by every strategy', () => {
  for (const [schema, values] of schemas) {
    const validate = ajv.compile(schema);
    for (const value of values) {
      assert.ok(validate(value), `the value is of the schema ${JSON.stringify(schema)}`);
      for (const strategy of kept) {
        const said = shown(value, strategy, { schema });
        assert.ok(validate(said), `${strategy} of ${JSON.stringify(schema)}: ${JSON.stringify(said)}`);
      }
    }
  }
});

test('so of schemas that come by chance', () => {
  const bounds = { minimum: fc.integer({ min: -1000, max: 1000 }), maximum: fc.integer({ min: 1001, max: 9000 }) };
  const lengths = { minLength: fc.nat({ max: 20 }), maxLength: fc.integer({ min: 20, max: 60 }) };
  const format = fc.constantFrom('email', 'uri', 'date', 'date-time', 'uuid', 'ipv4', 'ipv6', 'hostname', 'time');
  const leaf = fc.oneof(
    fc.record({ type: fc.constantFrom('number', 'integer'), ...bounds }, { requiredKeys: ['type'] }),
    fc.record({ type: fc.constant('integer'), ...bounds, multipleOf: fc.integer({ min: 1, max: 50 }) }),
    fc.record({ type: fc.constant('string'), ...lengths }, { requiredKeys: ['type'] }),
    fc.record({ type: fc.constantFrom<Json>('string', ['null', 'string']), format }),
    fc.record({ enum: fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 }) }),
    fc.record({ type: fc.constant('boolean') }),
  );
  const schema = fc.oneof(leaf, fc.record({ anyOf: fc.array(leaf, { minLength: 1, maxLength: 3 }) }));
  const value = fc.oneof(
    fc.string(),
    fc.emailAddress(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.boolean(),
  );
  const property = fc.property(schema, value, fc.constantFrom(...kept), (schema, value, strategy) => {
    const said = shown(value, strategy, { schema });
    assert.ok(ajv.validate(schema, said), `${strategy}: ${JSON.stringify(said)}`);
  });
  fc.assert(property, { seed: 20261125, numRuns: 600 });
});

test('redact shows one thing whatever the value was', () => {
  for (const [schema, values] of schemas) {
    const said = new Set(
      [...values, 'other', 'anna@example.org']
        .filter((one) => typeof one === typeof values[0])
        .map((value) => JSON.stringify(shown(value, 'redact', { schema }))),
    );
    assert.equal(said.size, 1, JSON.stringify(schema));
  }
});

test('what a detector found is not shown because the schema lists it', () => {
  for (const schema of [
    { const: 'Anna Example' },
    { enum: ['Anna Example', 'Ben Example'] },
    { anyOf: [{ const: 'Anna Example' }] },
  ]) {
    for (const strategy of kept) {
      const said = JSON.stringify(shown('Anna Example', strategy, { schema, type: 'PERSON' }));
      assert.ok(strategy === 'partial' || !said.includes('mple'), said);
    }
  }
});

test('hiding comes before form: where nothing else is taken, the notice is shown', () => {
  for (const schema of [
    { type: 'string', pattern: '^(?=Anna)Anna$' },
    { type: 'string', pattern: '(a|a)*(?!x)b\\1' },
    { type: 'string', pattern: '^((a{90}){90}){90}$' },
    { type: 'string', pattern: '('.repeat(2000) },
    { type: 'string', not: {} },
    { type: 'array' },
    { enum: [['a'], { a: 1 }] },
  ]) {
    assert.equal(shown('Anna Example', 'redact', { schema }), '[redacted]', JSON.stringify(schema).slice(0, 60));
  }
});

test('of a part of a text the schema says nothing', () => {
  const schema = { type: 'string', format: 'email' };
  assert.equal(shown('Anna Example', 'redact', { schema, whole: false, type: 'PERSON' }), '[PERSON]');
  assert.equal(shown('Anna Example', 'drop', { schema, whole: false, type: 'PERSON' }), '[PERSON]');
  assert.equal(shown('Anna Example', 'null', { schema, whole: false, type: 'PERSON' }), '[PERSON]');
});

test('drop and null are what they are, whatever the schema says', () => {
  assert.equal(shown('anna', 'drop', { schema: { type: 'string' } }), undefined);
  assert.equal(shown('anna', 'null', { schema: { type: 'string' } }), null);
});
