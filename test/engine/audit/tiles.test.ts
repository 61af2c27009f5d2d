import assert from 'node:assert/strict';
import { test } from 'node:test';
import { edgeTiles, parseEntryBundle, tilePath } from '../../../engine/audit/tiles.ts';

test('paths are those of C2SP tlog-tiles', () => {
  assert.equal(tilePath(0, 0), 'tile/0/000');
  assert.equal(tilePath(0, 999), 'tile/0/999');
  assert.equal(tilePath(0, 1_000), 'tile/0/x001/000');
  assert.equal(tilePath(0, 1_234_067), 'tile/0/x001/x234/067');
  assert.equal(tilePath('entries', 273, 112), 'tile/entries/273.p/112');
  assert.equal(tilePath(1, 1, 17), 'tile/1/001.p/17');
});

test('the right edge of a tree names one tile a level', () => {
  assert.deepEqual(edgeTiles(0), []);
  assert.deepEqual(edgeTiles(256), [
    { level: 0, index: 1, width: 0 },
    { level: 1, index: 0, width: 1 },
  ]);
  assert.deepEqual(edgeTiles(70_000), [
    { level: 0, index: 273, width: 112 },
    { level: 1, index: 1, width: 17 },
    { level: 2, index: 0, width: 1 },
  ]);
});

test('an entry bundle gives its entries, and is refused where it is cut', () => {
  const bundle = Buffer.from([0, 1, 0x61, 0, 0, 0, 2, 0x62, 0x63]);
  const entries = ['a', '', 'bc'].map((text) => Buffer.from(text));
  assert.deepEqual(
    parseEntryBundle(bundle).map((entry) => Buffer.from(entry)),
    entries,
  );
  assert.deepEqual(parseEntryBundle(bundle, 2).length, 2);
  for (const length of [1, 2, 4, 6, 7, 8]) {
    assert.throws(() => parseEntryBundle(bundle.subarray(0, length)), { code: 'WRIT_AUDIT_CORRUPT' });
  }
  assert.throws(() => parseEntryBundle(bundle, 4), { code: 'WRIT_AUDIT_CORRUPT' });
});
