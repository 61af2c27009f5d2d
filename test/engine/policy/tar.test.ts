import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTar } from '../../../engine/policy/tar.ts';
import { type Member, tar } from './archive.ts';
import { refuses } from './refuses.ts';

test('files come by name, without what leads to the root, and folders are passed over', () => {
  const files = readTar(
    tar([
      { name: '/data.json', content: '{}' },
      { name: 'lib/', type: '5' },
      { name: './lib/a.rego', content: 'package a' },
      { name: 'b.rego', prefix: 'policies/with/a/long/name', content: '' },
      { name: 'old', type: '\0', content: 'x'.repeat(512) },
    ]),
  );
  const texts = [...files].map(([name, bytes]) => [name, Buffer.from(bytes).toString().slice(0, 9)]);
  assert.deepEqual(texts, [
    ['data.json', '{}'],
    ['lib/a.rego', 'package a'],
    ['policies/with/a/long/name/b.rego', ''],
    ['old', 'xxxxxxxxx'],
  ]);
});

const good: Member = { name: 'a', content: 'a' };

const refused: Record<string, Member[]> = {
  'two files of one name': [good, { name: './a' }],
  'a name that climbs': [{ name: 'lib/../policy.wasm' }],
  'a name of dots': [{ name: 'lib/./a' }],
  'an empty name': [{ name: '/' }],
  'an empty part of a name': [{ name: 'lib//a' }],
  'a backslash': [{ name: '..\\a' }],
  'a line break in a name': [{ name: 'a\nb' }],
  'a link': [{ name: 'a', type: '2' }],
  'a hard link': [{ name: 'a', type: '1' }],
  'an extended header': [{ name: 'a', type: 'x', content: '19 path=policy.wasm\n' }],
  'a long name as GNU writes it': [{ name: '././@LongLink', type: 'L', content: 'a' }],
  'a wrong checksum': [{ name: 'a', checksum: '000000\0 ' }],
  'a size that is no number': [{ name: 'a', size: 'x' }],
  'a negative size': [{ name: 'a', size: '-1000' }],
  'a size in binary': [{ name: 'a', size: '\x80\0\0\0\0\0\0\0\0\0\0\x01' }],
  'a size over the end': [{ name: 'a', size: '77777777777\0' }],
};
for (const [what, members] of Object.entries(refused)) {
  test(`${what} is refused`, () => refuses(() => readTar(tar(members)), 'WRIT_BUNDLE_INVALID'));
}

test('a name that is not UTF-8 is refused', () => {
  const name = Buffer.from([0x61, 0xe9]).toString('latin1');
  refuses(() => readTar(tar([{ name, encoding: 'latin1' }])), 'WRIT_BUNDLE_INVALID', /not plain/);
  assert.deepEqual([...readTar(tar([{ name }])).keys()], [name]);
});

test('an archive cut off anywhere is refused', () => {
  const archive = tar([good, { name: 'b', content: 'b'.repeat(600) }]);
  for (let length = 0; length < archive.length - 512; length += 64)
    refuses(() => readTar(archive.subarray(0, length)), 'WRIT_BUNDLE_INVALID');
});

test('an archive that goes on after its end mark is refused', () => {
  refuses(() => readTar(Buffer.concat([tar([good]), tar([{ name: 'b' }])])), 'WRIT_BUNDLE_INVALID', /goes on/);
});
