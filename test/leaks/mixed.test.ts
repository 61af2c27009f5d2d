import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { TestGateway } from '../support/gateway.ts';
import { result } from '../support/stub-server.ts';
import { encodings } from './encodings.ts';
import { readIn } from './judge.ts';
import { customer, harmless, marked } from './marked.ts';
import { base64, fine, text } from './say.ts';
import { keeps, openLeaks } from './scene.ts';

let gateway: TestGateway;
before(async () => {
  gateway = await openLeaks();
});
after(() => gateway.close());

const { email, name } = marked;
const write = (how: string, value: string) => {
  const encode = encodings[how];
  assert.ok(encode, how);
  return encode(value);
};

/** The words say what is marked to whoever reads as the judge does, and the client is not told; what stands before it arrives. */
async function said(words: string, value: string = email, arrives = true): Promise<void> {
  assert.deepEqual(readIn(JSON.stringify({ a: words }), [value]), [value], `the judge does not read ${words}`);
  gateway.stub.conduct = result({
    resultType: 'complete',
    content: [text(`(${harmless}) ${words}`), fine],
    ...(value === name && { structuredContent: { customer, note: words } }),
  });
  const answer = await gateway.call('leaks');
  keeps(answer, [value], arrives);
  const [first] = answer.last.result?.content ?? [];
  if (arrives) assert.ok(first?.text?.includes(harmless), 'what stands in the same text did not arrive');
}

describe('an address of which parts are written in different ways, side by side', () => {
  const pairs: [first: string, second: string, cut: number][] = [
    ['upper case', 'hexadecimal', 10],
    ['upper case', 'hexadecimal in pairs', 18],
    ['upper case', 'hexadecimal with colons', 15],
    ['fullwidth letters', 'base64', 18],
    ['fullwidth letters', 'base64 twice', 10],
    ['bold mathematical letters', 'percent-encoding of base64', 15],
    ['circled letters', 'hexadecimal of base64', 18],
    ['Cyrillic lookalikes', 'hexadecimal', 10],
    ['one Cyrillic letter', 'codes with commas', 15],
    ['zero-width spaces', 'codes of characters', 10],
    ['zero-width joiners', 'base64 in groups of four', 10],
    ['soft hyphens', 'codes in binary', 15],
    ['letters struck through', 'code points', 18],
    ['percent-encoding of all', 'base64', 15],
    ['character references, decimal', 'hexadecimal, upper case', 15],
    ['escapes of JSON', 'codes with 0x', 10],
    ['hexadecimal in pairs', 'upper case', 15],
    ['hexadecimal', 'zero-width spaces', 15],
    ['codes of characters', 'fullwidth letters', 15],
    ['codes in binary', 'tags within', 10],
    ['code points', 'Cyrillic lookalikes', 15],
    ['base64', 'percent-encoding of all', 15],
    ['quoted-printable', 'hexadecimal in pairs', 15],
    ['letters with spaces', 'percent-encoding of all', 10],
  ];
  for (const [first, second, cut] of pairs)
    test(`${first}, then ${second}, at ${cut}`, () =>
      said(`Write to ${write(first, email.slice(0, cut))}${write(second, email.slice(cut))} today`));

  test('five parts, each in another way', () =>
    said(
      `Write to ${write('percent-encoding of all', email.slice(0, 5))}${write('fullwidth letters', email.slice(5, 10))}${write('character references, decimal', email.slice(10, 15))}${write('zero-width spaces', email.slice(15, 18))}${write('escapes of JSON', email.slice(18))} today`,
    ));
});

describe('a name of which parts are written in different ways', () => {
  for (const [first, second] of [
    ['fullwidth letters', 'base64'],
    ['hexadecimal', 'percent-encoding of all'],
    ['codes of characters', 'zero-width spaces'],
    ['percent-encoding of all', 'hexadecimal in pairs'],
  ] as const)
    test(`${first}, then ${second}`, () =>
      said(`It is ${write(first, name.slice(0, 8))}${write(second, name.slice(8))} who called`, name));
});

/** Each makes another reader read. */
const decoys = [
  'р\u0430ypal',
  '%41',
  'aGVsbG8gd29ybGQ=',
  '104 101 108 108 111;',
  '<b>x</b>',
  'q w e r t y;',
  'foo-\nbar',
  'bob [at] x',
  '=?utf-8?Q?a?=',
].join(' ');
const filler = (length: number) => 'The order was taken at noon and brought by one. '.repeat(30).slice(0, length);

/** One way within another, or beside it, that is read in one order alone. */
const ordered: Record<string, string> = {
  'fullwidth letters in base64': base64(write('fullwidth letters', email)),
  'base64 behind fullwidth letters': `${write('fullwidth letters', email.slice(0, 18))}${base64(email.slice(18))}`,
  'codes of quoted-printable': write('codes of characters', write('quoted-printable', email)),
  'quoted-printable of base64': write('quoted-printable', base64(email)),
  'escapes of CSS of base64': write('escapes of CSS', base64(email)),
  'zero-width spaces within base64': write('zero-width spaces', base64(email)),
  'hexadecimal, then letters with spaces': `${write('hexadecimal', email.slice(0, 15))} ${write('letters with spaces', email.slice(15))}`,
  'character references in base64 in hexadecimal': write('hexadecimal', write('character references in base64', email)),
  'a long text in base64, with percent-encoding within': base64(
    `${filler(700)} ${write('percent-encoding of all', email)} ${filler(300)}`,
  ),
};

describe('beside much that is read in many ways', () => {
  for (const [how, words] of Object.entries(ordered)) {
    test(`${how}, close by`, () => said(`${decoys} Write to ${words} today ${decoys}`));
    for (const length of [100, 250, 400, 700])
      test(`${how}, behind ${length} characters`, () =>
        said(`${decoys} ${filler(length)} Write to ${words} today ${filler(length)} ${decoys}`));
  }
});

describe('parted by much that is not shown', () => {
  const half = (put: string) => `Write to ${email.slice(0, 12)}${put}${email.slice(12)} today`;
  for (const length of [100, 250, 400, 2000]) {
    test(`a comment of ${length} characters`, () => said(half(`<!-- ${filler(length)} -->`)));
    test(`a tag of ${length} characters`, () => said(half(`<b title="${filler(length)}"></b>`)));
    test(`${length} characters of no width`, () => said(half('\u200b'.repeat(length))));
    test(`a comment of ${length} characters between base64 and percent-encoding, beside decoys`, () =>
      said(
        `${decoys} Write to ${base64(email.slice(0, 12))}<!-- ${filler(length)} -->${write('percent-encoding of all', email.slice(12))} today`,
      ));
  }
  test('a link of a long address', () =>
    said(`Write to [${email.slice(0, 12)}](https://a.example/${'x'.repeat(700)})${email.slice(12)} today`));
});

describe('letters with signs between', () => {
  for (const sign of [':', '~', '#', '=', '!', ' > ', ' -> ', "' '", '      ', '\t\t\t', ' \u2192 '])
    test(JSON.stringify(sign), () => said(`Write to ${[...email].join(sign)} today`));
  test('in quotes, as a list', () => said(`Write to ${[...email].map((letter) => `"${letter}"`).join(',')} today`));
});

describe('encodings deeper than is read', () => {
  const deep = (times: number, value: string) => {
    let whole = value;
    for (let time = 0; time < times; time++) whole = base64(whole);
    return whole;
  };
  for (const how of ['fullwidth letters', 'zero-width spaces', 'UTF-7', 'encoded word B', 'quoted-printable'])
    for (const times of [3, 6])
      test(`${how}, in base64 ${times} times`, async () => {
        gateway.stub.conduct = result({
          resultType: 'complete',
          content: [text(`Write to ${deep(times, write(how, email))} today`), fine],
        });
        const answer = await gateway.call('leaks');
        keeps(answer, [email], times === 3);
        // The judge may not read so deep: nothing that can be read further arrives.
        assert.ok(!answer.wire.includes(deep(times, write(how, email)).slice(4, 24)), answer.wire);
      });
});
