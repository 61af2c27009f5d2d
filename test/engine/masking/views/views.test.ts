import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { WritError } from '../../../../engine/errors.ts';
import { lettersOf, opaqueRuns, original, turnedSpellings, viewsOf } from '../../../../engine/masking/views/index.ts';
import { encodings, spoken } from '../../../leaks/encodings.ts';
import { readIn } from '../../../leaks/judge.ts';
import { marked } from '../../../leaks/marked.ts';

const { email } = marked;

/** The text without what is found in its views and what is between its letters. */
function without(text: string, value: string): string {
  const [letters] = [lettersOf(original(value)).text];
  let left = text;
  for (const view of [original(text), ...viewsOf(text)].flatMap((each) => [each, lettersOf(each)])) {
    for (const wanted of [value, letters, ...turnedSpellings(value)]) {
      const at = view.text.toLowerCase().indexOf(wanted.toLowerCase());
      if (at < 0) continue;
      const [start, end] = view.place(at, at + wanted.length);
      assert.ok(start >= 0 && start < end && end <= text.length, `${view.how}: ${start} ${end}`);
      left = left.slice(0, start) + '#'.repeat(end - start) + left.slice(end);
    }
  }
  return left;
}

describe('a value is seen and cut out', () => {
  for (const [how, write] of [...Object.entries(encodings), ...Object.entries(spoken)])
    test(how, () => {
      const text = `Before that, ${write(email)} and more`;
      assert.deepEqual(readIn(text, [email]), [email], 'the judge reads it');
      const left = without(text, email);
      assert.deepEqual(readIn(left, [email]), []);
      assert.ok(left.startsWith('Before') && left.endsWith('more'), left);
    });

  test('far into a long text', () => {
    const far = 'word '.repeat(20_000);
    const text = `${far}%69lka.vondracek%40example.org ${far}`;
    const [view] = viewsOf(text);
    assert.ok(view !== undefined && view.text.length < 5_000, 'what is near alone is read again');
    const at = view.text.indexOf(email);
    assert.deepEqual(view.place(at, at + email.length), [
      far.length,
      far.length + '%69lka.vondracek%40example.org'.length,
    ]);
  });
});

describe('ordinary texts have no other reading', () => {
  const texts = {
    prose: 'The desk in Porto opens at 9:30; see order ORD-2025-1199 of 2026-01-04 (about 3 of 4 went out).',
    German: 'Müller geht nach Köln, „größte Übung“ – für 3,50 €.',
    French: 'L’été dernier, à Orléans : « déjà vu », n° 12…',
    Polish: 'Zażółć gęślą jaźń w Łodzi.',
    Greek: 'Καλημέρα κόσμε, η οδός είναι μεγάλη.',
    Russian: 'Съешь ещё этих мягких французских булок, да выпей чаю.',
    Chinese: '请在明天之前回复这封邮件。谢谢。',
    JSON: '{"id":7,"createdAt":"2026-01-01T00:00:00Z","url":"https://api.example.com/v1/orders/7?page=2&size=50"}',
    hashes:
      'sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 id 4f9c2d1e-aaaa-4bbb-8ccc-1234567890ab',
    Markdown: '## Title\n\n* **bold** item with `code`\n* another\n',
    code: 'for (let i = 0; i < n; i++) { total += items[i].price * 2; }',
  };
  for (const [what, text] of Object.entries(texts))
    test(what, () =>
      assert.deepEqual(
        viewsOf(text).map(({ how, text }) => [how, text]),
        [],
      ),
    );
});

test('a text in too many encodings is refused', () => {
  let text: string = email;
  for (let depth = 0; depth < 9; depth++) text = Buffer.from(text).toString('base64');
  assert.throws(
    () => viewsOf(text),
    (error) => error instanceof WritError && error.code === 'WRIT_MASK_FAILED',
  );
});

describe('what cannot be read', () => {
  const octets = Buffer.from(Array.from({ length: 300 }, (_, index) => (index * 7919 + 13 * index * index) % 256));
  const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d', 'hex'), octets]);
  const kinds: [string, Buffer, string][] = [
    ['gzip', gzipSync(email), 'application/gzip'],
    ['zlib', deflateSync(email), 'application/zlib'],
    ['PNG', png, 'image/png'],
    ['PDF', Buffer.concat([Buffer.from('%PDF-1.7\n'), octets]), 'application/pdf'],
    ['JPEG', Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), octets]), 'image/jpeg'],
    ['WebP', Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), octets]), 'image/webp'],
    ['zip', Buffer.concat([Buffer.from('PK\x03\x04'), octets]), 'application/zip'],
    ['Ogg', Buffer.concat([Buffer.from('OggS\0'), octets]), 'audio/ogg'],
    ['other octets', octets, 'application/octet-stream'],
  ];
  for (const [what, data, mimeType] of kinds) {
    for (const encoding of ['base64', 'base64url'] as const)
      test(`${what}, ${encoding}`, () => {
        const run = data.toString(encoding);
        assert.deepEqual(opaqueRuns(`See ${run}, please`), [{ start: 4, end: 4 + run.length, mimeType }]);
      });
  }
  test('gzip in hexadecimal', () =>
    assert.equal(opaqueRuns(gzipSync(email).toString('hex'))[0]?.mimeType, 'application/gzip'));
  test('a data: URI says its type', () => {
    const [run] = opaqueRuns(`data:image/x-own;base64,${octets.subarray(0, 40).toString('base64')}`);
    assert.equal(run?.mimeType, 'image/x-own');
  });
  test('what deflate leaves without a head, if it is long', () => {
    const text = Array.from({ length: 200 }, (_, index) => `${index * index}:${email}`).join();
    assert.equal(opaqueRuns(deflateRawSync(text).toString('base64'))[0]?.mimeType, 'application/octet-stream');
  });
  test('text, digests, signatures and ids are no such data', () => {
    const text = Buffer.from('Only words that anybody may read. '.repeat(9)).toString('base64');
    for (const each of [
      text,
      'a'.repeat(40),
      'deadbeef'.repeat(8),
      octets.subarray(0, 64).toString('base64'),
      'The end of a long sentence',
    ])
      assert.deepEqual(opaqueRuns(each), [], each);
  });
});
