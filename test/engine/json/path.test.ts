import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { query } from 'json-p3';
import { WritError } from '../../../engine/errors.ts';
import { parse } from '../../../engine/json/parse.ts';
import { compilePath } from '../../../engine/json/path.ts';
import { queryValues } from '../../../engine/json/query.ts';
import type { Json } from '../../../engine/json/types.ts';

const name = fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor', '0');
const document = fc.letrec<{ node: Json }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<Json>(1, 2, 'x', 'y', true, null),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('node')), { maxLength: 4 }).map((members) => Object.fromEntries(members)),
  ),
})).node;

const bound = fc.oneof(fc.constant(''), fc.integer({ min: -5, max: 5 }).map(String));
const selector = fc.oneof(
  name.map((text) => `'${text}'`),
  fc.constant('*'),
  fc.integer({ min: -4, max: 4 }).map(String),
  fc.tuple(bound, bound, bound).map((bounds) => bounds.join(':')),
  fc.constantFrom(
    '?@.a',
    "?@.a == 'x'",
    '?@ > 1',
    '?!@[0]',
    '?@.b == $.a',
    '?length(@) > 1 && @.c != null',
    '?value(@.a) == 1',
  ),
);
const segment = fc.oneof(
  fc.array(selector, { minLength: 1, maxLength: 2 }).map((list) => `[${list.join(', ')}]`),
  fc.constantFrom('.a', '.b', '.*', '..a', '..*', '..[0]', "..['a', *]"),
);
const path = fc.array(segment, { maxLength: 4 }).map((segments) => `$${segments.join('')}`);

test('a query selects the nodes that json-p3 selects, in the same order', () => {
  fc.assert(
    fc.property(path, document, (text, root) => {
      const found: { holder: unknown; key: string | number; value: Json }[] = [];
      compilePath(text).select([root], (holder, key, value) => found.push({ holder, key, value }));
      const expected = query(text, root).nodes;
      assert.deepEqual(
        found.map(({ value }) => value),
        expected.map(({ value }) => value),
        text,
      );
      for (const [index, { location }] of expected.entries()) {
        const { holder, key, value } = found[index] ?? assert.fail();
        assert.equal(key, location.at(-1) ?? 0);
        assert.ok(Object.is((holder as Record<string, Json>)[key], value));
        if (location.length > 0) assert.ok(Object.is(holder, location.slice(0, -1).reduce(step, root)), text);
      }
    }),
    { seed: 20261122, numRuns: 3000 },
  );
});

function step(value: Json, key: string | number): Json {
  return (value as Record<string | number, Json>)[key] as Json;
}

test('what is no query, or could run without bound, is refused', () => {
  for (const text of [
    '',
    'a',
    '$.',
    '$.a[',
    '$[01]',
    '$[9007199254740993]',
    '$.a b',
    '$[?@.a = 1]',
    '$[?length(@.*) > 1]',
    '$..',
  ]) {
    assert.throws(() => compilePath(text), isPathError, text);
  }
  for (const text of [
    "$[?match(@.a, '(a+)+b')]",
    "$[?search(@.a, 'a')]",
    '$[?@..a]',
    '$[?count(@.*) > 1]',
    '$[?$.a[?@.b]]',
    '$[?@.*]',
  ]) {
    assert.throws(() => compilePath(text), isPathError, text);
  }
});

function isPathError(error: unknown): boolean {
  return error instanceof WritError && error.code === 'WRIT_MASK_PATH';
}

test('a query that visits nodes over and over ends at its budget', () => {
  let deep: Json = 1;
  for (let level = 0; level < 60; level++) deep = { a: deep, b: Array.from({ length: 200 }, () => 1) };
  assert.throws(
    () => compilePath('$..*..*..*').select([deep], () => undefined),
    (error) => error instanceof WritError && error.code === 'WRIT_MASK_FAILED',
  );
});

test('values are given for facts, and numbers that are no doubles as their text', () => {
  const read = parse(Buffer.from('{"rows":[{"id":9007199254740993,"n":1.0},{"id":2},{"id":"x"}]}'), {
    direction: 'to-client',
  });
  assert.deepEqual(queryValues('$.rows[*].id', read), ['9007199254740993', 2, 'x']);
  assert.deepEqual(queryValues('$.rows[*].n', read), [1]);
  assert.deepEqual(queryValues('$.none', read), []);
});

test('compiled paths are kept, and their names known', () => {
  const compiled = compilePath("$.rows[*]['e-mail', 'phone']..street");
  assert.equal(compilePath(compiled.text), compiled);
  assert.deepEqual(compiled.names.toSorted(), ['e-mail', 'phone', 'rows', 'street']);
});
