import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPhoneNumbersInText } from 'libphonenumber-js/max';
import type { DetectedType } from '../../../engine/detect/types.ts';
import { keyed, shown } from './strategies-support.ts';

const forms: [value: string | number, type: DetectedType | null, form: RegExp][] = [
  ['anna@example.com', null, /^user-[a-z2-7]{10}@masked\.invalid$/],
  ['Anna Example', 'PERSON', /^Person [A-Z2-7]{6}$/],
  ['+44 20 7946 0958', 'PHONE', /^\+999\d{10}$/],
  ['DE89 3704 0044 0532 0130 00', 'IBAN', /^iban-[a-z2-7]{12}$/],
  ['4111 1111 1111 1111', 'CREDIT_CARD', /^card-[a-z2-7]{12}$/],
  ['1 85 05 78 006 084 36', 'FR_NIR', /^id-[a-z2-7]{12}$/],
  ['C01X00T47', 'PASSPORT', /^passport-[a-z2-7]{12}$/],
  ['1 Example Street', 'ADDRESS', /^masked-[a-z2-7]{10}$/],
  ['203.0.113.9', 'IP_ADDRESS', /^2(4\d|5[0-4])\.\d{1,3}\.\d{1,3}\.\d{1,3}$/],
  ['2001:db8::5', 'IP_ADDRESS', /^2001:db8(:[1-9a-f][\da-f]{3}){6}$/],
  ['00:00:5e:00:53:01', 'MAC', /^02(:[\da-f]{2}){5}$/],
  ['1985-03-12', 'DATE_OF_BIRTH', /^(19|20)\d\d-\d\d-\d\d$/],
  ['1.3.1985', 'DATE_OF_BIRTH', /^\d{1,2}\.\d{1,2}\.(19|20)\d\d$/],
  ['2025-03-12T10:11:12+01:00', null, /^\d{4}-\d\d-\d\dT00:00:00\+00:00$/],
  ['3f2504e0-4f89-41d3-9a0c-0305e82c3301', null, /^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/],
  ['https://example.com/anna', null, /^https:\/\/masked\.invalid\/[a-z2-7]{16}$/],
  ['anything else', null, /^masked-[a-z2-7]{10}$/],
  ['12th of May', 'DATE_OF_BIRTH', /^masked-[a-z2-7]{10}$/],
];

test('a pseudonym looks like what it stands for', () => {
  for (const [value, type, form] of forms) assert.match(String(shown(value, 'pseudonym', { type })), form);
});

test('by category where no detector says what it is, the one of the value before that of the mask', () => {
  const masked = 'user.contact.phone_number';
  assert.match(String(shown('Anna Example', 'pseudonym', { masked: 'user.name.first' })), /^Person /);
  assert.match(String(shown('020 7946 0958', 'pseudonym', { masked })), /^\+999/);
  assert.match(String(shown('Anna Example', 'pseudonym', { masked, category: 'user.name' })), /^Person /);
});

test('a number stays a number of as many digits, before and behind the point', () => {
  for (const [value, form] of [
    [7, /^\d$/],
    [1234567, /^[1-9]\d{6}$/],
    [-42, /^[1-9]\d$/],
    [19.25, /^[1-9]\d\.\d[1-9]$/],
    [123456789012345, /^[1-9]\d{14}$/],
  ] as const) {
    const number = shown(value, 'pseudonym');
    assert.equal(typeof number, 'number');
    assert.match(String(number), form);
    assert.notEqual(number, value);
  }
  assert.ok(Number.isSafeInteger(shown(9007199254740992, 'pseudonym', { text: '9007199254740993' })));
});

test('spellings of one value have one pseudonym', () => {
  const same: [DetectedType, string, string][] = [
    ['EMAIL', 'Anna@Example.com', 'anna@example.com'],
    ['PERSON', 'ANNA  EXAMPLE', 'Anna Example'],
    ['PHONE', '+44 (20) 7946-0958', '00442079460958'],
    ['IBAN', 'de89370400440532013000', 'DE89 3704 0044 0532 0130 00'],
    ['CREDIT_CARD', '4111-1111-1111-1111', '4111111111111111'],
  ];
  for (const [type, one, other] of same) {
    assert.equal(shown(one, 'pseudonym', { type }), shown(other, 'pseudonym', { type }));
  }
});

test('a phone number that stands for one is nobody’s', () => {
  for (let index = 0; index < 200; index++) {
    const number = String(shown(`number ${index}`, 'pseudonym', { type: 'PHONE' }));
    assert.deepEqual(findPhoneNumbersInText(`call ${number} now`), []);
  }
});

test('the scope is part of what a pseudonym is made of', () => {
  const hash = keyed('one');
  const [call, session, tenant, unsaid] = [{ scope: 'call' }, { scope: 'session' }, { scope: 'tenant' }, {}].map(
    (options) => shown('anna@example.com', 'pseudonym', { hash, options }),
  );
  assert.equal(new Set([call, session, tenant]).size, 3);
  assert.equal(unsaid, tenant);
});

test('two stand-ins for yes and no would hide nothing, so there is one notice', () => {
  assert.equal(shown(true, 'pseudonym'), '[redacted]');
  assert.equal(shown(false, 'pseudonym'), '[redacted]');
  assert.equal(shown(true, 'pseudonym', { schema: { type: 'boolean' } }), false);
});

test('pseudonyms are not known again: nothing in their form shows that they are ours', () => {
  const once = String(shown('anna@example.com', 'pseudonym'));
  assert.notEqual(shown(once, 'pseudonym'), once);
});
