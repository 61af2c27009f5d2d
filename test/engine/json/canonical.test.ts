import assert from 'node:assert/strict';
import { test } from 'node:test';
import canonicalize from 'canonicalize';
import fc from 'fast-check';
import { WritError } from '../../../engine/errors.ts';
import { canonical, canonicalBytes } from '../../../engine/json/canonical.ts';
import { parse } from '../../../engine/json/parse.ts';
import { serialize } from '../../../engine/json/serialize.ts';
import type { Json, JsonDocument } from '../../../engine/json/types.ts';

const read = (text: string): JsonDocument => parse(Buffer.from(text), { direction: 'to-client' });
const tagged = (text: string): string => {
  const { value, numbers } = read(text);
  return canonical(value, numbers);
};

test('RFC 8785, 3.2.4: the sample of the specification', () => {
  const sample = String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`;
  assert.equal(
    canonical(JSON.parse(sample)),
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test('RFC 8785, 3.2.3: members are in the order of UTF-16 code units', () => {
  const keys = ['\u20ac', '\r', '\ufb33', '1', '\ud83d\ude00', '\u0080', '\u00f6', '10', '2'];
  const value = Object.fromEntries(keys.map((key, index) => [key, index]));
  assert.deepEqual(
    [...canonical(value).matchAll(/"((?:[^"\\]|\\.)*)":/g)].map(([, key]) => JSON.parse(`"${key}"`)),
    ['\r', '1', '10', '2', '\u0080', '\u00f6', '\u20ac', '\ud83d\ude00', '\ufb33'],
  );
});

test('any value has the form that canonicalize gives it', () => {
  const key = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3 }),
    fc.constantFrom('id', 'name', '10', '9', '', '__proto__'),
  );
  const anything = fc.anything({
    key: key.filter((text) => text !== 'toJSON'),
    values: [
      fc.string({ unit: 'binary' }),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
    ],
    maxDepth: 4,
    withNullPrototype: true,
  });
  fc.assert(
    fc.property(anything, (value) => {
      const json = value as Json;
      assert.equal(canonical(json), canonicalize(json));
      // And again, now that the shapes of its objects are known.
      assert.equal(canonical(json), canonicalize(json));
    }),
    { seed: 20261122, numRuns: 1500 },
  );
});

test('strings of any length have the form that canonicalize gives them', () => {
  const units = ['a', 'a', 'a', '"', '\\', '\n', '\u0001', '\u007f', '\u0080', '\u20ac', '\ud83d\ude00'];
  const text = fc
    .tuple(fc.subarray(units, { minLength: 1 }), fc.constantFrom(1, 31, 32, 33, 400, 16_384, 16_385))
    .map(([some, length]) => some.join('').repeat(length).slice(0, length));
  fc.assert(
    fc.property(text, text, (left, right) => {
      if (!left.isWellFormed() || !right.isWellFormed()) return;
      const value = { [left]: right, a: [right, left] };
      assert.equal(canonical(value), canonicalize(value));
    }),
    { seed: 20261125, numRuns: 300 },
  );
  assert.throws(() => canonical(`${'a'.repeat(40)}\ud800`), { code: 'WRIT_JSON_ENCODING' });
  assert.throws(() => canonical(`${'"'.repeat(20_000)}\udc00`), { code: 'WRIT_JSON_ENCODING' });
});

test('a text of any size is whole, and so is the next', () => {
  const large = Array.from({ length: 300_000 }, (_, index) => ({ [`k${index % 7}`]: `"${index}"` }));
  const small = { b: 1, a: [] };
  for (const value of [small, large, small, ['x'.repeat(3_000_000)], small]) {
    assert.equal(canonical(value), canonicalize(value));
  }
});

test('after a value that has no form, the next has its own', () => {
  assert.throws(() => canonical(['left behind', Number.NaN]), { code: 'WRIT_JSON_NUMBER' });
  assert.equal(canonical([]), '[]');
});

test('in bytes it is the same, in UTF-8', () => {
  const value = { e: '\u20ac', a: '\u00f6'.repeat(50), '\u00f6': ['plain'] };
  assert.equal(canonicalBytes(value).toString(), canonicalize(value));
});

test('objects that begin with one key in many shapes have each their own order', () => {
  for (let round = 0; round < 2; round++) {
    for (let last = 0; last < 20; last++) {
      const value = { name: 1, [`z${last}`]: 2, [`a${last}`]: 3 };
      assert.equal(canonical(value), canonicalize(value));
    }
  }
  assert.equal(canonical({ first: 1, constructor: 2 }), '{"constructor":2,"first":1}');
  assert.equal(canonical({ first: 1 }), '{"first":1}');
});

test('what has no canonical form is refused', () => {
  const loop: Json[] = [];
  loop.push(loop);
  const cases: [unknown, string][] = [
    [Number.NaN, 'WRIT_JSON_NUMBER'],
    [{ a: Number.POSITIVE_INFINITY }, 'WRIT_JSON_NUMBER'],
    [['\ud800'], 'WRIT_JSON_ENCODING'],
    [{ '\udc00': 1 }, 'WRIT_JSON_ENCODING'],
    [loop, 'WRIT_JSON_DEPTH'],
    [[1n], 'WRIT_JSON_INVALID'],
    [[undefined], 'WRIT_JSON_INVALID'],
    [undefined, 'WRIT_JSON_INVALID'],
    [{ a: () => 1 }, 'WRIT_JSON_INVALID'],
  ];
  for (const [value, code] of cases) {
    assert.throws(
      () => canonical(value as Json),
      (error) => error instanceof WritError && error.code === code,
      code,
    );
  }
});

test('members that are undefined are left out, as they are from what is sent', () => {
  const some: unknown = { b: undefined, a: 1, c: undefined };
  const none: unknown = { b: undefined };
  assert.equal(canonical(some as Json), '{"a":1}');
  assert.equal(canonical(none as Json), '{}');
});

test('with number texts, numbers that are no doubles become tagged strings', () => {
  assert.equal(
    tagged('{"b":[9007199254740993,1.0,1e400],"a":9007199254740992}'),
    String.raw`{"a":9007199254740992,"b":["\u00009007199254740993",1,"\u00001e400"]}`,
  );
  assert.equal(tagged(String.raw`["\u00009007199254740993"]`), String.raw`["\u0000\u00009007199254740993"]`);
  assert.equal(tagged(String.raw`["\u0000"]`), String.raw`["\u0000\u0000"]`);
  assert.equal(canonical(['\0']), String.raw`["\u0000"]`);
});

test('documents have one tagged form only if they say the same', () => {
  const scalar = fc.constantFrom(
    '1',
    '1.0',
    '10e-1',
    '2',
    '-0',
    '0',
    '9007199254740992',
    '9007199254740993',
    '9007199254740993.0',
    '1e400',
    '1e401',
    '"1"',
    String.raw`"\u00001e400"`,
    String.raw`"\u0000"`,
    '"\\u00009007199254740993"',
    'null',
  );
  const text = fc.letrec<{ node: string }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie('node'), { maxLength: 2 }).map((items) => `[${items.join(',')}]`),
      fc
        .array(tie('node'), { maxLength: 2 })
        .map((items) => `{${items.map((item, index) => `"k${index}":${item}`).join(',')}}`),
    ),
  })).node;
  fc.assert(
    fc.property(text, text, (left, right) => {
      assert.equal(tagged(`[${left}]`) === tagged(`[${right}]`), meaning(left) === meaning(right), `${left} ${right}`);
    }),
    { seed: 20261122, numRuns: 3000 },
  );
});

/** The text with one spelling for each number among those above. */
function meaning(text: string): string {
  const spellings: Record<string, string> = { '1.0': '1', '10e-1': '1', '-0': '0' };
  // 9007199254740993.0 is told apart from 9007199254740993: the source text is the tag.
  return text.replace(/"(?:[^"\\]|\\.)*"|[^[\]{},:"]+/g, (token) => spellings[token] ?? token);
}

test('what is written back says what was read', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const document = read(text);
      assert.equal(canonical(document.value), canonicalize(JSON.parse(text)));
      assert.equal(tagged(serialize(document)), tagged(text));
    }),
    { seed: 20261122, numRuns: 500 },
  );
});
