import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { isSafePattern } from 'redos-detector';
import { detectText } from '../../../../engine/detect/index.ts';
import { valueDetectors } from '../../../../engine/detect/values/index.ts';
import { assertLinear } from '../../../support/growth.ts';
import { patternsByFile } from './support/patterns.ts';

const root = new URL('../../../../engine/detect/values/', import.meta.url);
const files = globSync('**/*.ts', { cwd: root });

const all = [...patternsByFile.values()].flat();

describe('patterns', () => {
  test('every pattern of a file is among those checked', () => {
    for (const file of files) {
      const source = readFileSync(new URL(file, root), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/ .*/g, '');
      const checked = new Set((patternsByFile.get(file) ?? []).map((pattern) => pattern.source));
      // A literal follows an opening bracket, a comma, an operator or a space, and is followed by a method or a delimiter.
      for (const [, literal] of source.matchAll(
        /(?<=[(,=[&|?:!]\s{0,9})\/((?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+)\/[dgimsuvy]*(?=[\s.,;)\]])/g,
      )) {
        assert.ok(
          checked.has(new RegExp(literal ?? '', 'u').source) || checked.has(literal ?? ''),
          `${file}: ${literal}`,
        );
      }
    }
  });

  /**
   * The pattern from one place on. The checker knows letters of ASCII only, and counts a start at every place of the text
   * as backtracking: those are bounded by the lengths of the matches, below.
   */
  const fromOnePlace = (pattern: RegExp) =>
    `^(?:${pattern.source
      .replace(/\\p\{L\}/g, 'a-zé')
      .replace(/\\p\{[NM]\}/g, '0-9')
      .replace(/(?<!\[[^\]]*)a-zé/g, '[a-zé]')})`;

  for (const pattern of new Map(all.map((each) => [String(each), each])).values()) {
    test(`backtracking is bounded: ${String(pattern).slice(0, 60)}`, () => {
      const caseInsensitive = pattern.ignoreCase;
      const result = isSafePattern(fromOnePlace(pattern), {
        caseInsensitive,
        maxScore: 400,
        maxSteps: 100_000,
        timeout: 10_000,
      });
      assert.ok(result.safe, `${pattern}: ${result.error} ${JSON.stringify(result.score)}`);
    });
  }

  test('what is looked for anywhere in a text has a bounded length', () => {
    for (const pattern of all.filter((each) => each.global && !each.sticky)) {
      const plain = pattern.source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
      assert.doesNotMatch(plain, /[*+]|\{\d+,\}/, String(pattern));
    }
  });
});

describe('hostile texts', () => {
  const seeds = [
    'a',
    '1',
    '1 ',
    '@',
    'a@',
    'a.',
    '.',
    '-',
    ':',
    'a:',
    '::1 ',
    '(0',
    '+1 ',
    '+4',
    '00 ',
    '06 1',
    'tel 0612 345 67 ',
    'eyJ',
    ' eyJaaaaaaaaaa.',
    '-----BEGIN PRIVATE KEY-----',
    '-----BEGIN PRIVATE KEY-----A',
    'a://',
    'x://a:',
    'password',
    'password=',
    'token: a',
    'aa:',
    'aa-',
    '1.',
    'DE12 ',
    '4111 ',
    '4111 1111 1111 1111 ',
    '1.1.',
    'born 1.1.19',
    'passport ',
    'passport no ',
    'DE1 ',
    'BE 0.',
    '1 mai ',
    ' 1960',
    '\n',
    '12345678Z ',
    '85 07 30 ',
    'Q~',
    'key=',
    'bearer ',
    'é',
    '😀',
    'sig=',
    ' ',
    'aB',
    'ж',
    'order tel ',
    'abcdef:',
    'ur',
    'geb. ',
  ];
  const context = { regions: ['DE', 'FR'] };
  const units = 1 << 14;

  test('work grows with the text, not with its square', () => {
    assertLinear(seeds, (text) => detectText(text, context), { units, rounds: 3, idle: 100 });
  });

  test('every place found lies in the text, whatever the text', () => {
    for (const seed of seeds) {
      const text = seed.repeat(300);
      for (const { detect } of valueDetectors) {
        for (const { start, end, confidence } of detect(text, context)) {
          assert.ok(start >= 0 && start < end && end <= text.length && confidence > 0 && confidence <= 1, seed);
        }
      }
      let reach = 0;
      for (const { start, end } of detectText(text, context)) {
        assert.ok(start >= reach && end > start, seed);
        reach = end;
      }
    }
  });
});
