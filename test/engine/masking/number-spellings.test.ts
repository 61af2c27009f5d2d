import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import { mask, resultOf } from './support.ts';

test('a masked number is found however it is spelled', () => {
  const spellings = [
    '123456',
    '123456.0',
    '123456.00',
    '123456,0',
    '123,456',
    '123,456.00',
    '123.456',
    '123.456,00',
    '123 456',
    '123\u00a0456',
    '123\u202f456',
    "123'456",
    '123’456.0',
    '123_456',
    '1.23456e5',
    '1.23456E+05',
    '123456e0',
    '00123456',
    '-123456',
  ];
  for (const masked of ['123456', '123456.0', '123456.00', '1.23456e5', '-123456', '"123456.0"']) {
    for (const spelling of spellings) {
      const text = `earns ${spelling} EUR, not 123457, 1,234.56 or 23,456`;
      const { text: shown } = resultOf(
        `{"content":[{"type":"text","text":${JSON.stringify(text)}}],"structuredContent":{"salary":${masked}}}`,
        [mask('$.salary')],
      );
      assert.match(
        shown,
        /earns -?(?:00)?\[redacted\][.,0e]* EUR, not 123457, 1,234\.56 or 23,456/,
        `${masked}: ${spelling}`,
      );
    }
  }
  const { text } = resultOf(
    '{"content":[],"structuredContent":{"salary":123456.0,"a":123456,"b":1.23456e5,"c":-123456.00,"d":123456.5,"e":"123,456"}}',
    [mask('$.salary')],
  );
  assert.deepEqual(JSON.parse(text).structuredContent, {
    salary: '[redacted]',
    a: '[redacted]',
    b: '[redacted]',
    c: '[redacted]',
    d: 123456.5,
    e: '[redacted]',
  });
});

test('numbers that end in the same digits, or run on, are left alone', () => {
  const text = '1,123,456,789 and 0.123456, 123,4567, 1.234.567, version 1.123.456.7, 2,123,456';
  const structuredContent = { salary: 4_567_123 };
  const shown = resultOf({ content: [{ type: 'text', text }], structuredContent }, [mask('$.salary')]);
  assert.ok(shown.text.includes(text));
});

test('prose is withheld where a masked number is too short to look for in its shortest spelling', () => {
  for (const salary of ['500.0', '12.50', '5e2', '"12.50"']) {
    const { text } = resultOf(
      `{"content":[{"type":"text","text":"earns 500 or 12.5"}],"structuredContent":{"salary":${salary}}}`,
      [mask('$.salary')],
    );
    assert.ok(!text.includes('earns'), salary);
  }
});

test('a number within a longer masked text goes with the text', () => {
  const structuredContent = { note: 'order 123456 of Anna', salary: 123456 };
  const content = [{ type: 'text', text: 'It says: order 123456 of Anna.' }];
  const { text } = resultOf({ content, structuredContent }, [mask('$.note'), mask('$.salary')]);
  assert.ok(text.includes('"It says: [redacted]."'), text);
});

test('prose that lists rows structuredContent lacks is shown, but for values that are there: a limit, and stated', () => {
  const structuredContent = { customers: [{ email: 'anna.example@example.com' }] };
  const content = [{ type: 'text', text: 'anna.example@example.com, ben.example@example.com' }];
  const { text } = resultOf({ content, structuredContent }, [mask('$.customers[*].email')]);
  assert.ok(!text.includes('anna.example') && text.includes('ben.example'));
});

test('text made of groups of digits ends at a budget', () => {
  const text = '123,'.repeat(400_000);
  assert.throws(
    () => resultOf({ content: [{ type: 'text', text }], structuredContent: { n: 123_456_789 } }, [mask('$.n')]),
    (error) => error instanceof WritError && error.code === 'WRIT_MASK_FAILED',
  );
});
