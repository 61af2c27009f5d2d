import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dump } from 'js-yaml';
import { WritError } from '../../../engine/errors.ts';
import { readYaml } from '../../../engine/yaml/read.ts';

const read = (text: string) => readYaml(text, 'writ.yaml', 'WRIT_CONFIG_INVALID');

test('a place is of the value or of its key, and of what holds it where there is none', () => {
  const { place } = read('a:\n  b: [1, "two"]\nempty:\n');
  assert.deepEqual(place('/a/b/1'), { row: 2, column: 11 });
  assert.deepEqual(place('/a/b', 'key'), { row: 2, column: 3 });
  assert.deepEqual(place('/a/b/1', 'key'), { row: 2, column: 11 });
  assert.deepEqual(place('/a/missing', 'key'), { row: 1, column: 1 });
  assert.deepEqual(place('/empty'), { row: 3, column: 1 });
  assert.deepEqual(place(''), { row: 1, column: 1 });
});

test('lines count the same with CRLF, and the source line has no line end', () => {
  assert.throws(() => read('a: 1\r\nb: .nan\r\n'), {
    code: 'WRIT_CONFIG_INVALID',
    diagnostics: [
      {
        severity: 'error',
        code: 'WRIT_CONFIG_INVALID',
        message: 'a number JSON cannot hold exactly: write it as text, in quotes',
        file: 'writ.yaml',
        row: 2,
        column: 4,
        source: 'b: .nan',
      },
    ],
  });
});

test('a few lines of nested aliases do not become gigabytes', () => {
  const lines = ['a0: &a0 [x]', ...Array.from({ length: 30 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}, *a${n}]`)];
  assert.throws(() => read(lines.join('\n')), { code: 'WRIT_CONFIG_INVALID' });
});

test('nesting is bounded', () => {
  assert.throws(() => read('['.repeat(65) + ']'.repeat(65)), { code: 'WRIT_CONFIG_INVALID' });
});

test('JSON data comes back as it was, in objects without prototype', () => {
  const property = fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (given) => {
    const exact = (_key: string, item: unknown) => (Number.isInteger(item) && !Number.isSafeInteger(item) ? 0 : item);
    const plain = JSON.parse(JSON.stringify(given, exact));
    const { value } = read(dump(plain, { noRefs: true }));
    assert.equal(JSON.stringify(value), JSON.stringify(plain));
    assert.equal(Object.getPrototypeOf(value), null);
  });
  fc.assert(property, { seed: 11, numRuns: 100 });
});

test('no text makes it throw anything but its own error', () => {
  const property = fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
    try {
      read(text);
    } catch (error) {
      assert.ok(error instanceof WritError, String(error));
    }
  });
  fc.assert(property, { seed: 12, numRuns: 500 });
});
