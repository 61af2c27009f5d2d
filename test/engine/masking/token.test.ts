import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseToken, tokenLabels, tokenOf, tokenShape, tokenText } from '../../../engine/masking/token.ts';
import type { TokenRequest } from '../../../engine/masking/types.ts';
import { shown } from './strategies-support.ts';

const id = 'abcdefghijklmnopqrstuvwx27';

function found(text: string): string[] {
  return Array.from(text.matchAll(tokenShape), ([token]) => token);
}

test('a token says what it stands for, and that of an e-mail address is one', () => {
  assert.equal(tokenText('phone', id), `tok_phone_${id}`);
  assert.equal(tokenText('email', id), `tok_email_${id}@masked.invalid`);
  assert.equal(tokenOf('iban', new Uint8Array(16)), `tok_iban_${'a'.repeat(26)}`);
  assert.equal(tokenOf('iban', new Uint8Array(32).fill(255)), `tok_iban_${'7'.repeat(25)}4`);
});

test('tokens are found and read again', () => {
  const property = fc.property(
    fc.constantFrom(...tokenLabels),
    fc.uint8Array({ minLength: 16, maxLength: 32 }),
    (label, bits) => {
      const token = tokenOf(label, bits);
      assert.deepEqual(found(`(${token}), ${token}.`), [token, token]);
      const read = parseToken(token);
      assert.deepEqual(read?.label, label);
      assert.equal(read?.text, token);
    },
  );
  fc.assert(property, { seed: 20261125, numRuns: 300 });
});

test('different bytes make different tokens', () => {
  const tokens = new Set<string>();
  for (let bit = 0; bit < 128; bit++) {
    const bits = new Uint8Array(16);
    bits[bit >> 3] = 1 << (bit & 7);
    tokens.add(tokenOf('id', bits));
  }
  assert.equal(tokens.size, 128);
});

test('an e-mail token without its domain is the same one', () => {
  const bare = `tok_email_${id}`;
  assert.deepEqual(found(`ask ${bare} or <${bare}@masked.invalid>`), [bare, `${bare}@masked.invalid`]);
  assert.equal(parseToken(bare)?.text, `${bare}@masked.invalid`);
});

test('what is only like a token is none', () => {
  for (const text of [
    `tok_phone_${id}x`,
    `tok_phone_${id.slice(1)}`,
    `xtok_phone_${id}`,
    `_tok_phone_${id}`,
    `tok_phone_${id.toUpperCase()}`,
    `TOK_phone_${id}`,
    `tok_other_${id}`,
    `tok_phone_${id.slice(0, 25)}1`,
  ]) {
    assert.deepEqual(found(text), [], text);
    assert.equal(parseToken(text), undefined, text);
  }
  for (const text of [` tok_phone_${id}`, `tok_phone_${id}\n`, `tok_phone_${id}@masked.invalid`, '']) {
    assert.equal(parseToken(text), undefined, text);
  }
  for (const label of ['other', '', 'constructor', 'Phone']) {
    assert.throws(() => tokenText(label, id), { code: 'WRIT_MASK_FAILED' });
  }
  assert.throws(() => tokenOf('phone', new Uint8Array(15)), { code: 'WRIT_MASK_FAILED' });
});

test('a long text of what begins like tokens is gone through once', () => {
  assert.deepEqual(found('tok_email_'.repeat(200_000)), []);
  assert.deepEqual(found(`tok_email_${'a'.repeat(1_000_000)}`), []);
});

test('tokenise asks for a token of the value, as it was written, and shows that', () => {
  const asked: TokenRequest[] = [];
  const token = (request: TokenRequest): string => {
    asked.push(request);
    return tokenText(request.label, id);
  };
  const options = { purpose: 'support' };
  assert.equal(shown('anna@example.com', 'tokenise', { options, token }), `tok_email_${id}@masked.invalid`);
  const more = { options: { ...options, expires: '2d' }, token, masked: 'user.contact.phone_number' };
  const schema = { type: 'integer' };
  assert.equal(shown(9007199254740992, 'tokenise', { ...more, text: '9007199254740993', schema }), `tok_phone_${id}`);
  assert.equal(
    shown('0034', 'tokenise', { options, token, type: 'PL_PESEL', category: 'user.government_id' }),
    `tok_id_${id}`,
  );
  assert.equal(shown('2025-01-01', 'tokenise', { options, token }), `tok_value_${id}`);
  assert.deepEqual(asked, [
    { value: 'anna@example.com', label: 'email', category: null, purpose: 'support', expiresIn: 3600 },
    {
      value: '9007199254740993',
      label: 'phone',
      category: 'user.contact.phone_number',
      purpose: 'support',
      expiresIn: 172_800,
    },
    { value: '0034', label: 'id', category: 'user.government_id', purpose: 'support', expiresIn: 3600 },
    { value: '2025-01-01', label: 'value', category: null, purpose: 'support', expiresIn: 3600 },
  ]);
});

test('where nobody gives tokens, or nobody says what for, masking fails', () => {
  assert.throws(() => shown('anna', 'tokenise', { options: { purpose: 'support' } }), { code: 'WRIT_MASK_FAILED' });
  assert.throws(() => shown('anna', 'tokenise', { token: () => 'x' }), { code: 'WRIT_MASK_FAILED' });
});
