import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { WritError } from '../../../engine/errors.ts';
import { type ParseOptions, parse } from '../../../engine/json/parse.ts';
import { serialize } from '../../../engine/json/serialize.ts';
import { isObject, type Json, type JsonDocument } from '../../../engine/json/types.ts';

const hostile: { why: string; text?: string; hex?: string; to_server: string | null; to_client: string | null }[] =
  JSON.parse(readFileSync(new URL('hostile.json', import.meta.url), 'utf8'));

function attempt(bytes: Uint8Array, options: ParseOptions): JsonDocument | string {
  try {
    return parse(bytes, options);
  } catch (error) {
    assert.ok(error instanceof WritError, 'every refusal has a code');
    return error.code;
  }
}

const toClient: ParseOptions = { direction: 'to-client' };
const toServer: ParseOptions = { direction: 'to-server' };

for (const { why, text = '', hex, to_server, to_client } of hostile) {
  test(`${to_server ?? to_client ?? 'accepted'}: ${why}`, () => {
    const bytes = hex === undefined ? Buffer.from(text) : Buffer.from(hex, 'hex');
    for (const [options, code] of [
      [toServer, to_server],
      [toClient, to_client],
    ] as const) {
      const outcome = attempt(bytes, options);
      if (code !== null) assert.equal(outcome, code, options.direction);
      else assert.ok(typeof outcome === 'object', `${options.direction}: ${outcome}`);
    }
  });
}

test('depth and size are limits to the unit', () => {
  const nested = (depth: number): Buffer => Buffer.from(`${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`);
  assert.equal(typeof attempt(nested(64), toClient), 'object');
  assert.equal(attempt(nested(66), toClient), 'WRIT_JSON_DEPTH');
  assert.equal(attempt(Buffer.from('['.repeat(65)), toServer), 'WRIT_JSON_DEPTH');
  assert.equal(attempt(Buffer.from('['.repeat(1_000_000)), toServer), 'WRIT_JSON_DEPTH');
  assert.equal(typeof attempt(Buffer.from('[[1]]'), { ...toClient, maxDepth: 2, maxBytes: 5 }), 'object');
  assert.equal(attempt(Buffer.from('[[1]]'), { ...toClient, maxDepth: 1 }), 'WRIT_JSON_DEPTH');
  assert.equal(attempt(Buffer.from('[[1]]'), { ...toClient, maxBytes: 4 }), 'WRIT_JSON_TOO_LARGE');
});

test('objects have no prototype, so no member name is special', () => {
  const { value } = parse(Buffer.from('{"__proto__":{"admin":true},"constructor":[{"toString":1}]}'), toServer);
  assert.ok(isObject(value));
  assert.equal(Object.getPrototypeOf(value), null);
  assert.deepEqual(Object.keys(value), ['__proto__', 'constructor']);
  assert.equal(value.admin, undefined);
  assert.equal(value.hasOwnProperty, undefined);
  assert.equal(Object.getPrototypeOf(Object.values(value)[0]), null);
});

test('numbers are written back as they came', () => {
  const text = '{"b":[1.0,2,19.90,{"9":1e400,"1":-0}],"a":9007199254740993,"":1E+2}';
  const document = parse(Buffer.from(text), toClient);
  // Member names that are array indexes come first in JavaScript, in whatever order they were written.
  assert.equal(serialize(document), text.replace('"9":1e400,"1":-0', '"1":-0,"9":1e400'));
});

test('the bytes may be a view into a larger buffer', () => {
  const bytes = new Uint8Array(new Uint8Array([...Buffer.from('xx[19.90]yy')]).buffer, 2, 7);
  assert.equal(serialize(parse(bytes, toClient)), '[19.90]');
});

test('what is refused is not repeated in the error', () => {
  for (const text of [
    '{"secret-value": }',
    '{"secret-value":1,"secret-value":2}',
    '["secret-value", 1e400]',
    '"secret-value\\ud800"',
  ]) {
    try {
      parse(Buffer.from(text), toServer);
      assert.fail('accepted');
    } catch (error) {
      assert.ok(error instanceof WritError);
      assert.ok(!`${error.stack}${error.cause}${error.detail}`.includes('secret-value'), error.code);
    }
  }
});

test('every two letters that some reader may fold together count as one towards a server', () => {
  // Canonical case folding of ECMAScript's /iu is the simple case folding of Unicode, as in Go's strings.EqualFold.
  const cased: string[] = [];
  for (let code = 0; code <= 0x1ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const letter = String.fromCodePoint(code);
    if (letter.toLowerCase() !== letter || letter.toUpperCase() !== letter) cased.push(letter);
  }
  const all = cased.join('');
  let pairs = 0;
  for (const letter of cased) {
    for (const [twin] of all.matchAll(new RegExp(letter, 'giu'))) {
      if (twin === letter) continue;
      pairs++;
      const text = JSON.stringify({ [letter]: 1, [twin]: 2 });
      assert.equal(attempt(Buffer.from(text), toServer), 'WRIT_JSON_DUPLICATE_KEY', text);
    }
  }
  assert.ok(pairs > 2500, `${pairs} pairs`);
});

/** Reasons other than syntax for which a text that JSON.parse accepts is refused, found the slow way. */
function reasons(text: string, options: ParseOptions): Set<string> {
  const found = new Set<string>();
  const names: string[] = text.match(/"(?:[^"\\]|\\.)*"\s*:/g) ?? [];
  if (new Set(names).size !== names.length || /[A-Z\u0080-\uffff]|\\u/.test(names.join('')))
    found.add('WRIT_JSON_DUPLICATE_KEY');
  if (/\\u[dD]|[\ud800-\udfff]/.test(text)) found.add('WRIT_JSON_ENCODING');
  const alone = !/[[{]/.test(text);
  if ((options.direction === 'to-server' || alone) && /\d{16}|[eE]|\.\d{10}/.test(text)) found.add('WRIT_JSON_NUMBER');
  return found;
}

/** Texts near JSON: small pieces that make sense together often enough. */
const pieces = fc.array(
  fc.constantFrom(
    ...[
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a":',
      '"b":',
      '"A":',
      '"\\u0061":',
      '"x"',
      '"\\ud800"',
      '"\\\\"',
      '"\\""',
      '1',
      '-0',
      '1.0',
    ],
    ...['0.5', '1e3', '1e999', '12345678901234567890', 'true', 'null', ' ', '\n', '"é"', '"\ud83d\ude00"', '01', '"'],
  ),
  { maxLength: 12 },
);

test('whatever is accepted, JSON.parse accepts with the same value; what is refused has its reason', () => {
  const json = fc.json({ maxDepth: 4, noUnicodeString: false }).map((text) => [text]);
  const wrapped = pieces.map((list) => ['[', ...list, ']']);
  fc.assert(
    fc.property(fc.oneof(pieces, wrapped, json), fc.constantFrom(toClient, toServer), (list, options) => {
      const text = list.join('');
      const outcome = attempt(Buffer.from(text), options);
      let expected: Json | undefined;
      try {
        expected = JSON.parse(text);
      } catch {
        assert.ok(outcome === 'WRIT_JSON_INVALID', `${text}: ${JSON.stringify(outcome)}`);
        return;
      }
      if (typeof outcome === 'string') assert.ok(reasons(text, options).has(outcome), `${text}: ${outcome}`);
      else assert.deepEqual(plain(outcome.value), plain(expected as Json));
    }),
    { seed: 20261122, numRuns: 4000 },
  );
});

test('any bytes are either read or refused with a code', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 24 }), (bytes) => {
      const outcome = attempt(bytes, toServer);
      if (typeof outcome === 'object') JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    }),
    { seed: 20261122, numRuns: 2000 },
  );
});

/** A copy with ordinary prototypes, for deepEqual takes notice of them. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}
