import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from '../../../engine/json/parse.ts';
import { isObject, type Json, type JsonObject } from '../../../engine/json/types.ts';
import { type ArgumentCheck, compileArguments } from '../../../engine/tools/validate-arguments.ts';

/** As they come from a server and a caller: objects without a prototype. */
function plain(value: unknown): JsonObject {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const parsed = parse(Buffer.from(text), { direction: 'to-client', maxBytes: 8_388_608 }).value;
  assert.ok(isObject(parsed));
  return parsed;
}

const check = (schema: unknown, args: unknown): ArgumentCheck => compileArguments(plain(schema))(plain(args));

function faults(schema: unknown, args: unknown): string[] {
  const found = check(schema, args);
  assert.equal(found.kind, 'faults', JSON.stringify(found));
  return found.kind === 'faults' ? found.faults : [];
}

function unusable(schema: unknown): string {
  const found = check(schema, {});
  assert.equal(found.kind, 'unusable', JSON.stringify(found));
  return found.kind === 'unusable' ? found.why : '';
}

const ok = { kind: 'ok', unasked: false };
const of = <P extends object>(properties: P, more: object = {}) => ({ type: 'object', properties, ...more });
const draft07 = { $schema: 'http://json-schema.org/draft-07/schema#' };
const tooLarge = ['arguments are too large to be checked against the schema of the tool'];

describe('arguments', () => {
  test('that are null count as not given, but for those that must be', () => {
    const schema = of({ id: { type: 'string' }, note: { type: 'string' } }, { required: ['id'] });
    assert.deepEqual(check(schema, { id: 'C-1', note: null }), ok);
    assert.deepEqual(check(schema, { id: 'C-1', note: 7 }).kind, 'faults');
    assert.deepEqual(check(schema, { id: null, note: null }).kind, 'faults');
    assert.deepEqual(check({ ...schema, additionalProperties: false }, { id: 'C-1', more: null }), ok);
    const nested = of({ at: of({ note: { type: 'string' } }) });
    assert.deepEqual(check(nested, { at: { note: null } }).kind, 'faults');
  });

  test('that fit pass, and are not changed', () => {
    const schema = of({ id: { type: 'string', default: 'C-1' }, many: { type: 'integer', default: 7 } });
    const args = plain({ id: 'C-2' });
    assert.deepEqual(compileArguments(plain(schema))(args), ok);
    assert.equal(JSON.stringify(args), '{"id":"C-2"}');
    assert.deepEqual(faults(schema, { many: '7' }), ['arguments.many must be an integer']);
  });

  test('of a tool without a schema are not looked at', () => {
    assert.deepEqual(compileArguments(undefined)(plain({ any: 1 })), ok);
  });

  test('that do not fit are told in words to act on', () => {
    const schema = of(
      {
        amount: { type: 'number', minimum: 1, multipleOf: 0.01 },
        region: { enum: ['EU', 'US'] },
        mail: { type: 'string', format: 'email' },
        note: { anyOf: [{ type: 'string', maxLength: 3 }, { type: 'null' }] },
        rows: { type: 'array', minItems: 1, items: of({ 'first name': { type: 'string' } }) },
      },
      { required: ['amount', 'id'], additionalProperties: false },
    );
    const args = { amount: '7', region: 'XX', mail: 'nobody', note: 5, rows: [{}, { 'first name': 1 }], extra: 1 };
    assert.deepEqual(faults(schema, args).sort(), [
      'arguments must have no properties but "amount", "region", "mail", "note", "rows"',
      'arguments must have the property "id"',
      'arguments.amount must be a number',
      'arguments.mail must be in the format email',
      'arguments.note must be a string or null',
      'arguments.region must be one of "EU", "US"',
      'arguments.rows[1]["first name"] must be a string',
    ]);
    assert.deepEqual(faults(of({ amount: schema.properties.amount }), { amount: 4.351 }), [
      'arguments.amount must be a multiple of 0.01',
    ]);
    assert.deepEqual(check(of({ amount: schema.properties.amount }), { amount: 4.35 }), ok);
  });

  test('are told of with eight faults at most', () => {
    assert.equal(faults({ required: Array.from({ length: 20 }, (_, index) => `p${index}`) }, {}).length, 8);
  });

  test('are never repeated, neither values nor names that the schema does not have', () => {
    const secret = 'anna.lindqvist@example.com';
    const schema = of(
      {
        a: { type: 'string', pattern: '^x$', format: 'uuid', enum: ['y'], maxLength: 1 },
        map: { additionalProperties: { type: 'number' }, propertyNames: { maxLength: 3 } },
        list: { uniqueItems: true, contains: { const: 1 }, items: { not: { type: 'string' } } },
      },
      { additionalProperties: false },
    );
    const found = faults(schema, { a: secret, [secret]: 1, map: { [secret]: secret }, list: [secret, secret] });
    assert.equal(found.length, 8);
    assert.doesNotMatch(found.join(), /anna|lindqvist|example/);
    assert.match(found.join(), /arguments\.map\.\* must be a number/);
  });

  test('may have names that mean something to JavaScript', () => {
    for (const name of ['constructor', 'toString', 'valueOf', 'hasOwnProperty']) {
      assert.deepEqual(faults({ required: [name] }, {}), [`arguments must have the property "${name}"`]);
      assert.deepEqual(check(of({ [name]: { const: { [name]: 1 } } }), { [name]: { [name]: 1 } }), ok);
      assert.equal(faults(of({ [name]: { type: 'string' } }), { [name]: 1 }).length, 1);
      assert.deepEqual(check(of({ list: { uniqueItems: true } }), { list: [{ [name]: 1 }, { [name]: 2 }] }), ok);
    }
    assert.equal(faults('{"properties":{},"additionalProperties":false}', '{"__proto__":{"a":1}}').length, 1);
  });

  test('are the same in another order, or with a number written otherwise', () => {
    assert.deepEqual(check(of({ a: { const: { x: 1, y: 2 } } }), '{"a":{"y":2.0,"x":1}}'), ok);
    assert.equal(faults(of({ a: { uniqueItems: true } }), '{"a":[{"x":1,"y":2},{"y":2,"x":1.0}]}').length, 1);
  });
});

describe('dialects', () => {
  const cases: [string, object, object, boolean][] = [
    ['prefixItems', of({ a: { prefixItems: [{ type: 'string' }], items: false } }), { a: ['x', 'y'] }, false],
    [
      'a tuple of draft-07',
      of({ a: { items: [{ type: 'string' }], additionalItems: false } }, draft07),
      { a: [1] },
      false,
    ],
    ['a tuple that does not say it is', of({ a: { items: [{ type: 'string' }] } }), { a: [1] }, false],
    ['dependencies of draft-07', { ...draft07, dependencies: { a: ['b'] } }, { a: 1 }, false],
    ['dependencies elsewhere', { dependencies: { a: ['b'] } }, { a: 1 }, true],
    ['dependentRequired', { dependentRequired: { a: ['b'] } }, { a: 1 }, false],
    ['dependentSchemas', { dependentSchemas: { a: { required: ['b'] } } }, { a: 1 }, false],
    ['unevaluatedProperties', { allOf: [of({ a: true })], unevaluatedProperties: false }, { a: 1, b: 1 }, false],
    ['what stands beside $ref', { $ref: '#/$defs/a', required: ['b'], $defs: { a: {} } }, {}, false],
    [
      'the same in draft-07',
      { ...draft07, $ref: '#/definitions/a', required: ['b'], definitions: { a: {} } },
      {},
      true,
    ],
    ['an anchor', { $ref: '#it', $defs: { a: { $anchor: 'it', required: ['b'] } } }, {}, false],
    [
      'an anchor of draft-07',
      { ...draft07, $ref: '#it', definitions: { a: { $id: '#it', required: ['b'] } } },
      {},
      false,
    ],
    [
      'its own $id',
      { $id: 'https://a.example/s', $ref: 'https://a.example/s#/$defs/a', $defs: { a: { required: ['b'] } } },
      {},
      false,
    ],
    ['recursion', of({ next: { $ref: '#' }, v: { type: 'string' } }), { next: { next: { v: 1 } } }, false],
    ['if and then', JSON.parse('{"if":{"required":["a"]},"then":{"required":["b"]}}'), { a: 1 }, false],
    ['const beside enum', of({ a: { const: 1, enum: [2] } }), { a: 1 }, false],
    ['a format nobody knows', of({ a: { format: 'x-colour' } }), { a: 'x' }, true],
    [
      '$async and nullable of ajv',
      of({ a: { type: 'string', nullable: true } }, { $async: true, required: ['a'] }),
      { a: null },
      false,
    ],
  ];
  for (const [name, schema, args, passes] of cases)
    test(`${name}: ${passes ? 'passes' : 'refused'}`, () => {
      assert.equal(check(schema, args).kind, passes ? 'ok' : 'faults');
    });
});

describe('a schema that cannot be used', () => {
  const chain = { $ref: '#/$defs/a0', $defs: {} as Record<string, object> };
  for (let index = 0; index < 60; index++) chain.$defs[`a${index}`] = { $ref: `#/$defs/a${index + 1}` };
  chain.$defs.a60 = {};
  const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, index) => [`p${index}`, {}]));
  const cases: [string, object, RegExp][] = [
    ['of an unknown dialect', { $schema: 'https://json-schema.org/draft/2019-09/schema' }, /\$schema/],
    ['that refers elsewhere', of({ a: { $ref: 'http://127.0.0.1:1/s.json' } }), /leads out/],
    ['that refers to a file', of({ a: { $ref: 'file:///etc/passwd' } }), /leads out/],
    ['that refers to nothing', of({ a: { $ref: '#/$defs/none' } }), /leads nowhere/],
    ['that refers to a prototype', of({ a: { $ref: '#/constructor' } }), /leads nowhere/],
    ['that refers to itself', { $ref: '#' }, /back to itself/],
    [
      'that refers to itself in a ring',
      { $ref: '#/$defs/a', $defs: { a: { anyOf: [{ $ref: '#/$defs/b' }] }, b: { not: { $ref: '#/$defs/a' } } } },
      /back to itself/,
    ],
    ['with an $id inside', of({ a: { $id: 'https://b.example/x' } }), /\$id/],
    ['with an unknown type', of({ a: { type: 'strnig' } }), /a\/type is not a type/],
    ['with a length below zero', of({ a: { maxLength: -1 } }), /maxLength/],
    ['with properties in a list', { properties: [] }, /properties is not an object/],
    ['with a schema that is none', of({ a: 'string' }), /a is not a schema/],
    ['with required that is no list', { required: 'id' }, /required is not a list/],
    ['that has too many parts', of(many), /2000 parts/],
    ['that is a long chain', chain, /apply one inside the other/],
    ['that is long', of({ a: { enum: Array.from({ length: 40_000 }, (_, index) => `v${index}`) } }), /characters/],
  ];
  for (const [name, schema, why] of cases)
    test(name, () => {
      const found = check(schema, {});
      assert.match(found.kind === 'unusable' ? found.why : found.kind, why);
    });

  test('names its place without what cannot be seen', () => {
    assert.equal(unusable(of({ 'a\u001b[2J\u202e': { type: 1 } })), '/properties/a?[2J?/type is not a type');
  });

  test('is the same however often it is asked', () => {
    const asked = compileArguments(plain({ type: 'x' }));
    assert.deepEqual(asked(plain({})), asked(plain({ a: 1 })));
    assert.equal(compileArguments('string' as Json)(plain({})).kind, 'unusable');
  });
});

describe('a hostile schema', () => {
  test('writes no code of its own', () => {
    const code = `'"\`);globalThis.writCaught=1;(\u2028\n*/\${globalThis.writCaught=1}//`;
    const everywhere = {
      type: 'object',
      $id: code,
      $comment: code,
      title: code,
      [code]: code,
      properties: { [code]: { enum: [code, { [code]: code }], pattern: code, format: code, description: code } },
      required: [code],
      patternProperties: { [code.replaceAll(/[^\w']/g, '')]: { const: code } },
      dependentRequired: { [code]: [code] },
      dependentSchemas: { [code]: { required: [code] } },
      $defs: { [code]: { $anchor: code } },
    };
    for (const args of [{}, { [code]: code }, { [code]: 1 }]) check(everywhere, args);
    check({ $ref: `#/$defs/${code}`, $defs: { [code]: {} } }, {});
    assert.equal(Object.hasOwn(globalThis, 'writCaught'), false);
  });

  test('that doubles at each step stops within its budget', () => {
    const doubling = { $ref: '#/$defs/a0', $defs: {} as Record<string, object> };
    for (let index = 0; index < 22; index++) {
      const next = { $ref: `#/$defs/a${index + 1}` };
      doubling.$defs[`a${index}`] = { allOf: [next, next] };
    }
    doubling.$defs.a22 = {};
    assert.deepEqual(faults(doubling, {}), tooLarge);
  });

  test('that doubles at each level of the arguments stops within its budget', () => {
    const below = { properties: { a: { $ref: '#' } } };
    let args: object = {};
    for (let level = 0; level < 50; level++) args = { a: args };
    assert.deepEqual(faults({ allOf: [below, below] }, args), tooLarge);
  });

  test('has patterns that take no longer than the text is long', () => {
    for (const pattern of ['^(a+)+$', '^(a|a)*$', '(.*a){20}', '^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}$'])
      assert.equal(check(of({ t: { pattern } }), { t: `${'a'.repeat(30_000)}!` }).kind === 'unusable', false);
  });

  test('has formats that stop within the budget', () => {
    const list = Array.from({ length: 3_000 }, () => `a@${'a'.repeat(1_000)}`);
    assert.deepEqual(faults(of({ list: { items: { format: 'email' } } }), { list }), tooLarge);
    assert.deepEqual(check(of({ t: { format: 'uri' } }), { t: ` ${'a'.repeat(2_000)}` }), ok);
  });

  test('has lists compared in other than the square of their length', () => {
    const list = Array.from({ length: 50_000 }, (_, id) => ({ id }));
    assert.deepEqual(check(of({ list: { uniqueItems: true } }), { list }), ok);
  });
});

describe('a pattern that cannot be asked safely', () => {
  const ahead = '^(?!-)[a-z]+$';
  const unasked = { kind: 'ok', unasked: true };

  test('is left out and said, and the rest holds', () => {
    const schema = of({ a: { type: 'string', pattern: ahead }, b: { type: 'number' } });
    assert.deepEqual(check(schema, { a: '-' }), unasked);
    assert.deepEqual(faults(schema, { a: 1, b: 'x' }), [
      'arguments.a must be a string',
      'arguments.b must be a number',
    ]);
  });

  test('refuses nothing by being left out', () => {
    const pattern = { pattern: ahead };
    for (const schema of [
      of({ a: { not: pattern } }),
      of({ a: { oneOf: [pattern, { type: 'string' }] } }),
      of({ a: JSON.parse(`{"if":${JSON.stringify(pattern)},"then":{"minLength":99}}`) }),
      { patternProperties: { [ahead]: {} }, additionalProperties: false },
      { patternProperties: { [ahead]: {} }, unevaluatedProperties: false },
      of({ a: { $ref: '#/$defs/no' } }, { $defs: { p: pattern, no: { not: { $ref: '#/$defs/p' } } } }),
    ])
      assert.deepEqual(check(schema, { a: 'abc' }), unasked, JSON.stringify(schema));
    assert.equal(
      check(of({ a: { oneOf: [pattern, { type: 'string' }] }, b: { type: 'null' } }), { b: 1 }).kind,
      'faults',
    );
  });

  test('is asked where only its writing differs', () => {
    for (const [pattern, text, fits] of [
      ['^\\s[\\s]$', '\u00a0\u3000', true],
      ['^[^\\s]$', '\u00a0', false],
      ['^\\u00e9$', 'é', true],
      ['^[[:alpha:]$', 'p', true],
      ['^[[:alpha:]$', 'z', false],
      ['^(?<year>\\d{4})$', '2026', true],
      ['^\\d$', '٣', false],
      ['^a$', 'a\n', false],
    ] as const)
      assert.deepEqual(
        check(of({ a: { pattern } }), { a: text }),
        fits ? ok : { kind: 'faults', faults: ['arguments.a must match the pattern of its schema'] },
        `${pattern} on ${text}`,
      );
    assert.equal(faults(of({ a: { pattern: '^\\d{2}\\/\\-$' } }), { a: 'x' }).length, 1);
    assert.deepEqual(check(of({ a: { pattern: '^\\d{2}\\/\\-$' } }), { a: '12/-' }), ok);
  });
});
