import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Json } from '../../../engine/json/types.ts';
import { type SealedUse, Sealer } from '../../../proxy/session/sealer.ts';

const sealer = new Sealer(Buffer.alloc(32, 7));
const uses: SealedUse[] = ['session', 'request-state', 'event-id'];

describe('what is sealed', () => {
  test('is opened as it was, by any sealer with the same key', () => {
    const again = new Sealer(Buffer.alloc(32, 7));
    const json = fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(json, fc.constantFrom(...uses), (value, use) => {
        const sealed = sealer.seal(use, value);
        assert.match(sealed, /^writ\.[A-Za-z0-9_-]+$/);
        assert.ok(again.looksSealed(sealed));
        assert.deepEqual(again.open(use, sealed), value);
      }),
      { seed: 20261125, numRuns: 200 },
    );
  });

  test('is another each time, and shows nothing of itself', () => {
    const sealed = Array.from({ length: 50 }, () => sealer.seal('session', ['the-same-canary']));
    assert.equal(new Set(sealed).size, 50);
    for (const one of sealed) assert.ok(!Buffer.from(one.slice(5), 'base64url').includes('canary'));
  });

  test('is nothing to another use, nor under another key', () => {
    for (const use of uses) {
      const sealed = sealer.seal(use, 1);
      for (const other of uses) assert.equal(sealer.open(other, sealed), other === use ? 1 : undefined);
      assert.equal(new Sealer(Buffer.alloc(32, 8)).open(use, sealed), undefined);
    }
  });

  test('is nothing once a single bit of it is another', () => {
    const bytes = Buffer.from(sealer.seal('session', ['a', 'b']).slice(5), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const other = Buffer.from(bytes);
      other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      assert.equal(sealer.open('session', `writ.${other.toString('base64url')}`), undefined, `${bit}`);
    }
    for (let length = 0; length < bytes.length; length++)
      assert.equal(sealer.open('session', `writ.${bytes.subarray(0, length).toString('base64url')}`), undefined);
  });

  test('has one spelling: what decodes to the same bytes is nothing', () => {
    // 12 + 1 + 16 bytes, so that the last character has bits to spare.
    const sealed = sealer.seal('session', 1);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(sealed.at(-1) ?? '');
    const spare = `${sealed.slice(0, -1)}${alphabet[last ^ 1]}`;
    assert.deepEqual(Buffer.from(spare.slice(5), 'base64url'), Buffer.from(sealed.slice(5), 'base64url'));
    const others = [
      spare,
      `${sealed}=`,
      `${sealed}==`,
      `${sealed}\n`,
      `${sealed}!`,
      `writ.${sealed.slice(5, 9)} ${sealed.slice(9)}`,
    ];
    const plain = `writ.${Buffer.from(sealed.slice(5), 'base64url').toString('base64')}`;
    for (const other of plain === sealed ? others : [...others, plain])
      assert.equal(sealer.open('session', other), undefined, other);
    assert.equal(sealer.open('session', sealed), 1);
  });

  test('is nothing of what anyone could write', () => {
    for (const text of [
      '',
      'writ',
      'writ.',
      'writ.writ.',
      'writ.AAAA',
      `writ.${'A'.repeat(38)}`,
      'WRIT.AAAA',
      '__proto__',
    ])
      for (const use of uses) assert.equal(sealer.open(use, text), undefined, text);
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...uses), (text, use) => sealer.open(use, `writ.${text}`) === undefined),
      { seed: 20261125 },
    );
  });
});
