import { test } from 'node:test';
import { answers, isUndefined } from './ask.ts';

test('sprintf prints all kinds of values as OPA writes them', () => {
  answers(
    'sprintf',
    '"%v", [{"b": [1, "x", null], "a": {2, 1}, "c": set()}]',
    '"{\\"a\\": {1, 2}, \\"b\\": [1, \\"x\\", null], \\"c\\": set()}"',
  );
  answers('sprintf', '"%s %d %v", ["a", 5, true]', '"a 5 true"');
  answers('sprintf', '"%q", [["\\u0007é\\u200b"]]', '"\\"[\\\\\\"\\\\\\\\aé\\\\\\\\u200b\\\\\\"]\\""');
});

test('numbers are what they are written as', () => {
  answers('sprintf', '"%d %v", [9007199254740993, 9007199254740993]', '"9007199254740993 9007199254740993"');
  answers('sprintf', '"%d", [123456789012345678901234567890]', '"123456789012345678901234567890"');
  answers('sprintf', '"%x", [-18446744073709551616]', '"-10000000000000000"');
  // A fraction makes a double of it, even one of nothing.
  answers('sprintf', '"%v %d", [1.0, 1.0]', '"1 %!d(float64=1)"');
  answers('sprintf', '"%.2f", [0.125]', '"0.12"');
  answers('sprintf', '"%.20f", [0.1]', '"0.10000000000000000555"');
  answers('sprintf', '"%v", [1e400]', '"1e400"');
});

test('what is wrong with a format is said in the text, as in Go', () => {
  answers('sprintf', '"%d", []', '"%!d(MISSING)"');
  answers('sprintf', '"a", [1, "b"]', '"a%!(EXTRA int64=1, string=b)"');
  answers('sprintf', '"%!", []', '"%!!(MISSING)"');
  answers('sprintf', '"%1000000000d", [1]', '"%!(NOVERB)%!(EXTRA int64=1)"');
});

test('what Go would print out of its memory is no answer', () => {
  isUndefined('sprintf', '"%p", [123456789012345678901234567890]');
  isUndefined('sprintf', '1, []');
  isUndefined('sprintf', '"%v", "x"');
});
