import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { signatureFromDer, signatureToDer } from '../../../engine/audit/der.ts';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => bytes.some((byte) => byte !== 0));

test('every signature comes back from DER as it went in', () => {
  const property = fc.property(bytes32, bytes32, fc.nat(31), fc.nat(31), (r, s, a, b) => {
    // Leading zeros are the case that goes wrong.
    r.fill(0, 0, a);
    s.fill(0, 0, b);
    r[31] = 1;
    s[31] = 1;
    const raw = Buffer.concat([r, s]);
    assert.deepEqual(signatureFromDer(signatureToDer(raw)), raw);
  });
  fc.assert(property, { seed: 1, numRuns: 500 });
});

test('DER that is not the one shortest form is refused', () => {
  const one = Buffer.concat([Buffer.alloc(31), Buffer.of(1), Buffer.alloc(31), Buffer.of(0x80)]);
  assert.equal(signatureToDer(one).toString('hex'), '300702010102020080');
  for (const wrong of [
    '',
    '30',
    '3000',
    '310702010102020080',
    '300802010102020080',
    '30070201010202008000',
    '30810702010102020080',
    '3008020200010202008000',
    '3006020101020180',
    '30080202000102020080',
    '3007020101030200 80'.replace(' ', ''),
    '300602010102020080',
    '3003020101',
    '3006020100020101',
    `3026022101${'00'.repeat(32)}020101`,
    `30250220${'7f'.repeat(32)}0201`,
  ]) {
    assert.throws(() => signatureFromDer(Buffer.from(wrong, 'hex')), { code: 'WRIT_AUDIT_CORRUPT' }, wrong);
  }
  assert.throws(() => signatureToDer(Buffer.alloc(63)), { code: 'WRIT_AUDIT_CORRUPT' });
});

test('no bytes make the reader fail in another way', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
    try {
      assert.deepEqual(signatureToDer(signatureFromDer(bytes)), Buffer.from(bytes));
    } catch (error) {
      assert.ok(error instanceof Error && 'code' in error && error.code === 'WRIT_AUDIT_CORRUPT');
    }
  });
  fc.assert(property, { seed: 2, numRuns: 500 });
});
