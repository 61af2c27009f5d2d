import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isSafePattern } from 'redos-detector';
import { WritError } from '../../../../engine/errors.ts';
import { PATTERNS as blocks } from '../../../../engine/masking/views/blocks.ts';
import { PATTERNS as characters } from '../../../../engine/masking/views/characters.ts';
import { PATTERNS as codes } from '../../../../engine/masking/views/codes.ts';
import { PATTERNS as escapes } from '../../../../engine/masking/views/escapes.ts';
import { PATTERNS as glued } from '../../../../engine/masking/views/glued.ts';
import { PATTERNS as hosts } from '../../../../engine/masking/views/hosts.ts';
import { lettersOf, opaqueRuns, original, viewsOf } from '../../../../engine/masking/views/index.ts';
import { PATTERNS as lookalikes } from '../../../../engine/masking/views/lookalikes.ts';
import { PATTERNS as mail } from '../../../../engine/masking/views/mail.ts';
import { PATTERNS as markup } from '../../../../engine/masking/views/markup.ts';
import { PATTERNS as octets } from '../../../../engine/masking/views/octets.ts';
import { PATTERNS as opaque } from '../../../../engine/masking/views/opaque.ts';
import { PATTERNS as spoken } from '../../../../engine/masking/views/spoken.ts';
import { PATTERNS as spread } from '../../../../engine/masking/views/spread.ts';
import { PATTERNS as styles } from '../../../../engine/masking/views/styles.ts';
import { PATTERNS as turned } from '../../../../engine/masking/views/turned.ts';
import { assertLinear } from '../../../support/growth.ts';

const all: readonly RegExp[] = [
  ...blocks,
  ...characters,
  ...codes,
  ...escapes,
  ...glued,
  ...hosts,
  ...lookalikes,
  ...mail,
  ...markup,
  ...octets,
  ...opaque,
  ...spoken,
  ...spread,
  ...styles,
  ...turned,
];

/** The checker knows neither properties of characters nor what is looked at behind a place. */
const fromOnePlace = (pattern: RegExp) =>
  `^(?:${pattern.source
    .replace(/\(\?<[=!](?:\[(?:\\.|[^\]\\])*\]|\\.|[^()\\])*\)/g, '')
    .replace(/\\p\{(?:M|Script=Inherited)\}/g, '\\u0301')
    .replace(/\\p\{L\}/g, 'a-zé')
    .replace(/\\p\{N\}/g, '0-9')
    .replace(/\\p\{[A-Za-z=]+\}/g, '\\u2000')
    .replace(/\\u\{[\da-f]+\}/g, '\\u2001')
    .replace(/(?<!\[[^\]]*)a-zé/g, '[a-zé]')})`;

describe('patterns of views', () => {
  test('are found', () => assert.ok(all.length > 30));

  for (const pattern of all) {
    test(`backtracking is bounded: ${String(pattern).slice(0, 60)}`, () => {
      const { safe, error, score } = isSafePattern(fromOnePlace(pattern), {
        caseInsensitive: pattern.ignoreCase,
        maxScore: 2000,
        maxSteps: 200_000,
        timeout: 10_000,
      });
      assert.ok(safe, `${pattern}: ${error} ${JSON.stringify(score)}`);
    });
  }

  test('what is looked for anywhere in a text has a bounded length', () => {
    for (const pattern of all.filter((each) => each.global)) {
      const plain = pattern.source.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
      assert.doesNotMatch(plain, /[*+]|\{\d+,\}/, String(pattern));
    }
  });
});

describe('hostile texts', () => {
  const seeds = [
    ...[
      'a',
      '1',
      ' ',
      '\n',
      '@',
      '.',
      '-',
      '_',
      '*',
      '`',
      '<',
      '>',
      '[',
      '(',
      '%',
      '&',
      '\\',
      '=',
      '+',
      '|',
      'é',
      '😀',
      'а',
      '\u0301',
    ],
    ...[
      '%25',
      '%2',
      '&amp;',
      '&#',
      '&#x',
      '\\\\u',
      '\\u00',
      '\\x',
      '=4',
      '=?',
      '=?a?b?',
      '=\n',
      'xn--',
      'xn--a',
      'YW5h',
      'YW5h\n',
      'YW5h ',
      'A-',
    ],
    ...[
      'a ',
      'a-',
      'a.',
      'a @ ',
      'a at ',
      'a dot ',
      '[at]',
      '(dot) ',
      ' AT ',
      'a@\n',
      '@a\n',
      'a-\n',
      '12\n',
      '1\n',
      '<a',
      '<!--',
      '](',
      '[a](',
      '<a>',
    ],
    ...[
      '97 ',
      '0x61,',
      'chr(',
      'U+',
      '61:',
      'moc.',
      'moc.a',
      '@a.pbz',
      '+AEA',
      'data:',
      ';base64,',
      '\u200b',
      'аa',
      'a а ',
      '\u{e0061}',
      '𝐚',
      '٤',
      '０',
    ],
    ...['%61&#', 'a<b>\\', '=41%41\\101', '**@**', 'a**', '__', 'H4sI', 'AAAA', 'aB1', '4142', '4142 ', 'MFXGCLTT'],
  ];
  const looked = (text: string) => {
    try {
      return viewsOf(text);
    } catch (error) {
      assert.ok(error instanceof WritError && error.code === 'WRIT_MASK_FAILED', String(error));
      return [];
    } finally {
      opaqueRuns(text);
      lettersOf(original(text));
    }
  };

  test('work grows with the text, not with its square', () => {
    assertLinear(seeds, looked, { units: 1 << 13, rounds: 2, idle: 150 });
  });

  test('every place lies in the text, whatever the text', () => {
    for (const seed of seeds) {
      for (const other of ['', 'ana@example.com', ...seeds.slice(0, 12)]) {
        const text = (seed + other).repeat(12);
        for (const view of looked(text)) {
          const letters = lettersOf(view);
          for (const each of [view, letters]) {
            for (const at of [0, each.text.length >> 1, each.text.length - 2]) {
              if (at < 0 || at + 2 > each.text.length) continue;
              const [start, end] = each.place(at, at + 2);
              assert.ok(
                start >= 0 && start < end && end <= text.length,
                `${JSON.stringify(text)}: ${each.how} ${start} ${end}`,
              );
            }
          }
        }
      }
    }
  });
});
