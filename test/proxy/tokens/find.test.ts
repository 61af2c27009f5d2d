import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { JsonObject } from '../../../engine/json/types.ts';
import { tokenLabels, tokenOf } from '../../../engine/masking/token.ts';
import { findTokens, mayHoldTokens, tokensIn, withValues } from '../../../proxy/tokens/find.ts';
import { Places } from '../../../proxy/tokens/places.ts';
import { rewrite } from '../../../proxy/tokens/rewrite.ts';

const mail = tokenOf('email', Buffer.alloc(16, 0x5a));
const phone = tokenOf('phone', Buffer.alloc(16, 0xc3));
const bare = mail.replace('@masked.invalid', '');

describe('tokens in a text', () => {
  test('are found as they were given, whatever stands around them', () => {
    for (const label of tokenLabels) {
      const token = tokenOf(label, Buffer.alloc(16, 7));
      assert.deepEqual(tokensIn(token), [token]);
    }
    assert.deepEqual(tokensIn(`Dear (${mail}), we called ${phone}. And <${bare}>!`), [mail, phone, mail]);
    assert.equal(
      withValues(`${bare}; ${phone}`, (token) => (token === mail ? 'a@b.example' : '$&')),
      'a@b.example; $&',
    );
  });

  test('are refused where they are nearly one, whatever the trick', () => {
    const tricks = [
      mail.toUpperCase(),
      mail.replace('tok', 'Tok'),
      mail.replace('_email', '_Email'),
      `t\u200bok${mail.slice(3)}`,
      mail.replace('email_', 'email\u00ad_'),
      mail.replace('email_', 'email_\u2060'),
      `${mail.slice(0, 12)}\ufeff${mail.slice(12)}`,
      mail.replaceAll('_', '\uff3f'),
      mail.replace('tok', '\uff54\uff4f\uff4b'),
      mail.replace('tok', 'to\u0301k'),
      `x${mail}`,
      `_${phone}`,
      `${phone}a`,
      `${phone}_`,
      mail.slice(0, 28),
      `${phone}@masked.invalid`,
      `${mail} and ${mail.toUpperCase()}`,
      `tok_email_${'a'.repeat(200)}`,
    ];
    for (const trick of tricks) assert.equal(tokensIn(trick), undefined, JSON.stringify(trick));
  });

  test('are none in texts of every day', () => {
    for (const text of [
      '',
      'tok_visa',
      'tok_1AbCdEf',
      'snake_case_token',
      'The tok_email_ prefix',
      'ＦＵＬＬ＿width',
      'größe_ok',
    ])
      assert.deepEqual(tokensIn(text), [], text);
  });
});

test('a message whose bytes hold no token is told from one that may', () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text));
  for (const text of ['{}', '{"a":"token"}', '{"a":"stock_1"}'.replace('tock_', 'tack_')])
    assert.equal(mayHoldTokens(bytes(text)), false, text);
  for (const text of [mail, mail.toUpperCase(), '\\u0074ok_email_', 't\u200bok_', '\uff54ok_'])
    assert.ok(mayHoldTokens(bytes(text)), text);
});

test('names of members are no place for a token, at any depth', () => {
  assert.deepEqual(findTokens({ a: [{ [`x ${mail}`]: 1 }] }).flawed, true);
  assert.deepEqual(findTokens({ a: [{ b: 1 }], c: null, d: 'tok_' }), { texts: [], flawed: false });
});

describe('places', () => {
  const rule = (path: string) => ({ rule: 'r', path, category: null, purpose: 'reply' });
  const given: JsonObject = {
    to: mail,
    cc: [mail, { deep: mail }],
    body: `Dear ${mail}`,
    link: `https://a.example/?to=${bare}`,
  };
  const permitted = (...paths: string[]) => {
    const places = new Places(paths.map(rule), given);
    return findTokens(given).texts.map((text) => {
      try {
        return places.permitsOf(text).map(({ path }) => path);
      } catch (error) {
        return error instanceof Error && 'code' in error ? error.code : error;
      }
    });
  };
  const no = 'WRIT_MASK_TOKEN_PLACE';

  test('are the very nodes that a path selects, and nothing below or beside them', () => {
    assert.deepEqual(permitted('$.to'), [['$.to'], no, no, no, no]);
    assert.deepEqual(permitted('$.cc'), [no, no, no, no, no]);
    assert.deepEqual(permitted('$.cc[*]', '$.cc[0]'), [no, ['$.cc[*]', '$.cc[0]'], no, no, no]);
    assert.deepEqual(permitted('$.body', '$.link'), [no, no, no, ['$.body'], no]);
    assert.deepEqual(permitted('$', '$.TO'), [no, no, no, no, no]);
    assert.deepEqual(
      permitted('$..*').map((each) => each !== no),
      [true, true, true, true, false],
    );
  });

  test('are none within a URI, wherever in a text that stands', () => {
    const isRefused = (body: string) => {
      const given = { body };
      const places = new Places([{ rule: 'r', path: '$.body', category: null, purpose: 'p' }], given);
      const [text] = findTokens(given).texts;
      assert.ok(text !== undefined, body);
      try {
        return places.permitsOf(text).length === 0;
      } catch {
        return true;
      }
    };
    for (const body of [
      `https://a.example/?to=${mail}`,
      `Look: https://a.example/${phone}`,
      `![x](https://a.example/?a=1&to=${mail})`,
      `<img src="//a.example/${phone}">`,
      `${mail}, see HTTPS://a.example/(${mail})`,
      `x://${'y'.repeat(5_000)}/${phone}`,
    ])
      assert.ok(isRefused(body), body);
    for (const body of [
      `Dear ${mail}, see https://a.example/help or call ${phone}.`,
      `https://a.example\n${mail}`,
      `${mail} // ${phone}`,
    ])
      assert.ok(!isRefused(body), body);
  });

  test('that are no query fail, and the error names the rule alone', () => {
    assert.throws(() => permitted('$['), { code: 'WRIT_MASK_PATH', detail: 'That of r.' });
  });
});

test('texts are replaced in a copy, in which numbers are as they were written', () => {
  const inner = { n: 1, to: 'x' };
  const list = [1, inner];
  const numbers = new WeakMap<object, Map<string | number, string>>([
    [inner, new Map([['n', '1.0']])],
    [list, new Map([[0, '1e0']])],
  ]);
  const value: JsonObject = Object.assign(Object.create(null), { list, same: { a: 1 } });
  Object.defineProperty(value, '__proto__', { value: 'y', enumerable: true, writable: true, configurable: true });
  const texts = new Map<object, Map<string | number, string>>([
    [inner, new Map([['to', 'z']])],
    [value, new Map([['__proto__', 'w']])],
  ]);
  const copy = rewrite(value, texts as never, numbers) as JsonObject;
  assert.equal(JSON.stringify(copy), '{"list":[1,{"n":1,"to":"z"}],"same":{"a":1},"__proto__":"w"}');
  assert.equal(inner.to, 'x');
  assert.equal(copy.same, value.same);
  assert.equal(numbers.get(copy.list as never)?.get(0), '1e0');
  assert.equal(numbers.get((copy.list as never)[1])?.get('n'), '1.0');
  assert.equal(rewrite(value, new Map(), numbers), value);
});
