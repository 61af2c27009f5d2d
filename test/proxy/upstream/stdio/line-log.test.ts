import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LineLog } from '../../../../proxy/upstream/stdio/line-log.ts';

function shown(chunks: (string | Uint8Array)[], lines = 100): string[] {
  const all: string[] = [];
  const log = new LineLog((line) => all.push(line), { lines, periodMs: 3_600_000 });
  for (const chunk of chunks) log.write(Buffer.from(chunk));
  log.end();
  return all;
}

describe('a log of lines', () => {
  test('puts lines together however they come, and leaves out empty ones', () => {
    const bytes = [...Buffer.from('é one\r\n\n  \ntwo\nrest')].map((byte) => Buffer.of(byte));
    assert.deepEqual(shown(bytes), ['é one', 'two', 'rest']);
  });

  test('shows so many lines, and the number of the others', () => {
    const all = shown(['line\n'.repeat(10_000)], 3);
    assert.deepEqual(all, ['line', 'line', 'line', '(9997 more lines)']);
  });

  test('shows the beginning of a long line, and keeps no more of it', () => {
    const all = shown([...Array.from({ length: 100 }, () => 'x'.repeat(65_536)), '\nnext']);
    assert.deepEqual(all, [`${'x'.repeat(1_000)}…`, 'next']);
  });

  test('shows nothing that a terminal or reader would act on', () => {
    const odd = '\u0000\u001b]0;title\u0007\u009b\u2028\u202e\u2066\ufeff\u0085end\r over';
    const [line = ''] = shown([odd]);
    assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    assert.match(line, /end\\u\{d\} over$/);
    assert.deepEqual(shown([Buffer.from([0x61, 0xff, 0x62])]), ['a\ufffdb']);
  });
});
