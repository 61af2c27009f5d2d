import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse } from '../../../engine/json/parse.ts';
import { type JsonText, spliceMember } from '../../../engine/json/splice-member.ts';
import { isObject } from '../../../engine/json/types.ts';

const path = ['result', '_meta', 'writ/receipt'];

function read(text: string) {
  const { value } = parse(Buffer.from(text), { direction: 'to-client' });
  assert.ok(isObject(value));
  return value;
}

/** Spliced as bytes and as text, which must come to the same. */
function splice(text: string, member = '"R"', at = path): string {
  const value = read(text);
  const spliced: JsonText = spliceMember(text, value, at, member);
  assert.equal(Buffer.from(spliceMember(Buffer.from(text), value, at, member)).toString(), spliced);
  return String(spliced);
}

test('a member is set where it belongs, and every other byte stays', () => {
  const cases: [string, string][] = [
    ['{"result":{}}', '{"result":{"_meta":{"writ/receipt":"R"}}}'],
    ['{"result":{"a":1.0}}', '{"result":{"_meta":{"writ/receipt":"R"},"a":1.0}}'],
    ['{"result":{"_meta":{}}}', '{"result":{"_meta":{"writ/receipt":"R"}}}'],
    [' { "result" : { "_meta" : { "b" : 1e2 } } } ', ' { "result" : { "_meta" : {"writ/receipt":"R", "b" : 1e2 } } } '],
    ['{"result":{"_meta":{"writ/receipt":"S"}}}', '{"result":{"_meta":{"writ/receipt":"R"}}}'],
    ['{"result":{"_meta":{"writ/receipt":-1 ,"b":0}}}', '{"result":{"_meta":{"writ/receipt":"R" ,"b":0}}}'],
    ['{"result":{"_meta":{"writ/receipt":true}}}', '{"result":{"_meta":{"writ/receipt":"R"}}}'],
    ['{"result":{"_meta":{"writ/receipt":[{"}":"]"}]}}}', '{"result":{"_meta":{"writ/receipt":"R"}}}'],
    ['{"\\u0072esult":{"_m\\u0065ta":{"a":1}}}', '{"\\u0072esult":{"_m\\u0065ta":{"writ/receipt":"R","a":1}}}'],
    ['{"result":{"_meta":null,"x":"y"}}', '{"result":{"_meta":{"writ/receipt":"R"},"x":"y"}}'],
    ['{"result":{"_meta":[1,{"_meta":{}}]}}', '{"result":{"_meta":{"writ/receipt":"R"}}}'],
    ['{"id":"{\\"result\\":{}}","result":{}}', '{"id":"{\\"result\\":{}}","result":{"_meta":{"writ/receipt":"R"}}}'],
    [
      '{"a":{"result":{}},"b":[[],"\\\\"],"result":{"é":1}}',
      '{"a":{"result":{}},"b":[[],"\\\\"],"result":{"_meta":{"writ/receipt":"R"},"é":1}}',
    ],
    [
      '{"result":{"content":[],"_meta":{"c":"ü\u{1f600}"}},"id":1}',
      '{"result":{"content":[],"_meta":{"writ/receipt":"R","c":"ü\u{1f600}"}},"id":1}',
    ],
    ['{}', '{"result":{"_meta":{"writ/receipt":"R"}}}'],
    ['{"result":12}', '{"result":{"_meta":{"writ/receipt":"R"}}}'],
  ];
  for (const [text, expected] of cases) assert.equal(splice(text), expected, text);
});

test('whatever the document, it says the same afterwards but for the member', () => {
  const property = fc.property(
    fc.dictionary(fc.constantFrom('id', 'a"}', 'result ', '\\', 'é'), fc.jsonValue()),
    fc.option(fc.dictionary(fc.string(), fc.jsonValue()), { nil: undefined }),
    fc.option(fc.dictionary(fc.constantFrom('a', 'writ/receipt', 'writ/', '{'), fc.jsonValue()), { nil: undefined }),
    fc.jsonValue(),
    fc.constantFrom(0, 1, 3),
    fc.boolean(),
    (around, result, meta, member, indent, last) => {
      const inner = { ...result, ...(meta && { _meta: meta }) };
      if (meta === undefined) Reflect.deleteProperty(inner, '_meta');
      const document = last ? { ...around, result: inner } : { result: inner, ...around };
      const spliced = splice(JSON.stringify(document, null, indent), JSON.stringify(member));
      const expected = { ...document, result: { ...inner, _meta: { ...meta, 'writ/receipt': member } } };
      assert.deepEqual(JSON.parse(spliced), JSON.parse(JSON.stringify(expected)));
    },
  );
  fc.assert(property, { seed: 5, numRuns: 2_000 });
});
