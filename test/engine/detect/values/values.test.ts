import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type CountryCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';
import { type DetectedType, detectText } from '../../../../engine/detect/index.ts';
import { nationalForms } from '../../../../engine/detect/values/phone-regions.ts';

const values = (text: string, type: DetectedType, regions: string[] = [], field?: string): string[] =>
  detectText(text, field === undefined ? { regions } : { regions, field })
    .filter((found) => found.type === type)
    .map((found) => text.slice(found.start, found.end));

/** Texts, and the values of a type that stand in them. */
const cases: [DetectedType, string, string[]][] = [
  [
    'EMAIL',
    'Write to kim.sand+shop@mail.example, or <ümit@bücher.example>.',
    ['kim.sand+shop@mail.example', 'ümit@bücher.example'],
  ],
  [
    'EMAIL',
    "user=kim@shop.example 'a@b.example' mailto:o'neil@example.ie?x",
    ['kim@shop.example', 'a@b.example', "o'neil@example.ie"],
  ],
  ['EMAIL', 'icon@2x.png lib@1.2.3 git@host.example:a/b.git @here a@b me@ @x.example', []],
  ['EMAIL', 'postgres://kim:pw123456@db.example/crm', []],
  [
    'IBAN',
    'An DE89 3704 0044 0532 0130 00, NL91ABNA0417164300 oder gb82 west 1234 5698 7654 32',
    ['DE89 3704 0044 0532 0130 00', 'NL91ABNA0417164300', 'gb82 west 1234 5698 7654 32'],
  ],
  ['IBAN', 'DE88370400440532013000 DE8937040044053201300 XDE89370400440532013000 DE893704004405320130001', []],
  [
    'CREDIT_CARD',
    'Card 4111 1111 1111 1111 12/28, 5555-5555-5555-4444, amex 3782 822463 10005',
    ['4111 1111 1111 1111', '5555-5555-5555-4444', '3782 822463 10005'],
  ],
  ['CREDIT_CARD', '4111 1111 1111 1112, order 4111111111111111, 1234567812345670, 41111111111111110', []],
  [
    'IP_ADDRESS',
    'from 203.0.113.7:443, 10.0.0.1/24, [2001:db8::1]:443, fe80::1%eth0, ::ffff:203.0.113.9',
    ['203.0.113.7', '10.0.0.1', '2001:db8::1', 'fe80::1', '::ffff:203.0.113.9'],
  ],
  [
    'IP_ADDRESS',
    '127.0.0.1 0.0.0.0 ::1 255.255.255.0 version 1.2.3.4 v1.2.3.4 1.2.3.4.5 1.2.3.400 01.2.3.4 22:25:55 a::b::c',
    [],
  ],
  [
    'MAC',
    'bf:5a:34:6b:6f:48 76-A1-39-F5-9B-88 00a1.b2c3.d4e5',
    ['bf:5a:34:6b:6f:48', '76-A1-39-F5-9B-88', '00a1.b2c3.d4e5'],
  ],
  ['MAC', 'ff:ff:ff:ff:ff:ff 00:00:00:00:00:00 bf:5a:34:6b:6f:48:99 bf:5a-34:6b:6f:48 1234.5678.9012', []],
  [
    'VAT_EU',
    'VAT ID DE136695976, ATU13585627, NL123456782B90, BE 0428.759.497, IT00743110157',
    ['DE136695976', 'ATU13585627', 'NL123456782B90', 'BE 0428.759.497', 'IT00743110157'],
  ],
  ['VAT_EU', 'DE136695977 ATU13585628 BE0428759498 IT00743110158 FR99123456789', []],
  ['DATE_OF_BIRTH', 'born 14 April 1940, admitted 2026-06-23', ['14 April 1940']],
  [
    'DATE_OF_BIRTH',
    'geb. 3.4.1955; né le 1er mai 1960; nacida el 2 de marzo de 1971',
    ['3.4.1955', '1er mai 1960', '2 de marzo de 1971'],
  ],
  ['DATE_OF_BIRTH', 'dob: 1990-02-30, opened 1990-02-03, born in 2026 on ward 3', []],
  [
    'PASSPORT',
    'Passport no. C01X00T47, Reisepassnummer: 123456789; passeport n° 12AB34567',
    ['C01X00T47', '123456789', '12AB34567'],
  ],
  ['PASSPORT', 'Passport control opens 20261125, passport renewal 12AB34567, C01X00T47', []],
  ['SECRET', 'password: gt!n76$1Sk and DB_PASSWORD=hunter22x', ['gt!n76$1Sk', 'hunter22x']],
  [
    'SECRET',
    'see https://kim:pw1234@host.example/x and https://host.example/a:b@c',
    ['https://kim:pw1234@host.example/x'],
  ],
  [
    'SECRET',
    'password: required, token: none, secret=<vault>, api_key=<your key>, nextPageToken: FmJkl3eBqVRdSMpGkGbIW5jcQ',
    [],
  ],
  [
    'SECRET',
    `-----BEGIN RSA PRIVATE KEY-----\nMIIabc+/=\n-----END RSA PRIVATE KEY----- ok`,
    ['-----BEGIN RSA PRIVATE KEY-----\nMIIabc+/=\n-----END RSA PRIVATE KEY-----'],
  ],
  ['SECRET', '-----BEGIN PRIVATE KEY-----\nMIIabc+/= cut', ['-----BEGIN PRIVATE KEY-----\nMIIabc+/= cut']],
  ['SECRET', 'Authorization: Basic a2ltOnNlY3JldDEyMw==', ['a2ltOnNlY3JldDEyMw==']],
  [
    'SECRET',
    'my password Vq7&tR2mLz9Nd stopped; pw=k3W#pQ8rTz1Yd, login: kim / Zp4!nV8sQx2Lk, password is hunter22',
    ['Vq7&tR2mLz9Nd', 'k3W#pQ8rTz1Yd', 'Zp4!nV8sQx2Lk', 'hunter22'],
  ],
  [
    'SECRET',
    'mot de passe provisoire : v9WmPq#53Kz\nNowe hasło to bnrMzWC6f!k7.\nLösenordet är Wbh8kI9!P7KhY\nA senha nova é R4t!kLm29xQ\nPasswort für den Drucker lautet Sommer2026x',
    ['v9WmPq#53Kz', 'bnrMzWC6f!k7', 'Wbh8kI9!P7KhY', 'R4t!kLm29xQ', 'Sommer2026x'],
  ],
  [
    'SECRET',
    '<add key="Password" value="k7E5I0T9N%Hdt" /> and mysql -u root -p1ztti1VnIWL!1 crm',
    ['k7E5I0T9N%Hdt', '1ztti1VnIWL!1'],
  ],
  ['SECRET', 'cb?token=aB3dE5fG7hJ9kL1m&state=open and password=Ab12&cd34xY', ['aB3dE5fG7hJ9kL1m', 'Ab12&cd34xY']],
  ['SECRET', `storage key ${'aB3/dE5fG7hJ9+kL1mN3'.repeat(4)}==`, [`${'aB3/dE5fG7hJ9+kL1mN3'.repeat(4)}==`]],
  ['SECRET', `used key ${'aB3/dE5fG7'.repeat(8)}hJ9kL1== now`, [`${'aB3/dE5fG7'.repeat(8)}hJ9kL1==`]],
  ['SECRET', `integrity sha512-${'aB3/dE5fG7'.repeat(8)}hJ9kL1==`, []],
  [
    'SECRET',
    'password is temporarily disabled, passwords hashed with PBKDF2-HMAC-SHA256; password last changed: 2026-09-17T22:25:55Z; the password reset template is reset-v2.html; password hash: bcrypt-2b-12',
    [],
  ],
  ['SECRET', 'PWD=/home/app/Releases/App2026 and token cache miss for getToken2FromCache() v2.14.3-RC1', []],
  ['SECRET', 'Reisepassnummer: MA4857797, Passport: XLK337879, Reisepass: CH2MMFTM2', []],
  [
    'PASSPORT',
    'travel document HA0875233; Pasnummer IJK636600; Passin numero 514272333; Pass-Nr. IM3064238',
    ['HA0875233', 'IJK636600', '514272333', 'IM3064238'],
  ],
  ['PASSPORT', 'le numéro de passeport est EH8645315; passport details: CR295R942', ['EH8645315', 'CR295R942']],
  ['PASSPORT', 'Reisepassnummer: MA4857797, Passport: XLK337879', ['MA4857797', 'XLK337879']],
  ['DATE_OF_BIRTH', 'age 54 (b. 1972-01-28), synt. 05.12.1966', ['1972-01-28', '05.12.1966']],
  [
    'PHONE',
    'WhatsApp 020 7946 0958; his number changed to 0171 2345678; M: 01632 960 983; oddzwonić: 22 621 00 00',
    ['020 7946 0958', '0171 2345678', '01632 960 983', '22 621 00 00'],
  ],
  ['PHONE', 'your number in the queue is 12, m: 12 kg, t: 3.5 s', []],
  [
    'PHONE',
    'call +44 (0)20 7946 0958 or 0033 6 12 34 56 78, order 06 12 34 56 78',
    ['+44 (0)20 7946 0958', '0033 6 12 34 56 78'],
  ],
  [
    'PHONE',
    'Dott. Augusto Boiardi, 312 084 7993; ana@example.com oder 01-288254277; Anna Berg | 0151 23456789',
    ['312 084 7993', '01-288254277', '0151 23456789'],
  ],
  [
    'PHONE',
    'Anna Berg, 2026-11-25 10:30; Anna Berg: 12345678; ana@example.com, order 312 084 7993; Big Sale, 312 084 7993',
    [],
  ],
  ['PHONE', 'epoch 1791903676229, 2026-11-25, 12.03.1970, #0612345678, SO-0612345678, 978-3-16-148410-0', []],
  ['PHONE', 'tel. 2026-11-25 and call v1.23.456.789', []],
];

describe('values', () => {
  for (const [type, text, expected] of cases) {
    test(`${type}: ${text.slice(0, 70).replaceAll('\n', ' ')}`, () => assert.deepEqual(values(text, type), expected));
  }

  test('secrets of issuers, each made up from its form', () => {
    const body = 'aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5';
    const secrets = [
      `AKIA${'ABCDEFGH23456723'}`,
      `AIza${body.slice(0, 35)}`,
      `ghp_${body}`,
      `github_pat_${body}${body}`,
      `glpat-${body.slice(0, 20)}`,
      `xoxb-123456789012-${body.slice(0, 24)}`,
      `sk_live_${body.slice(0, 24)}`,
      `sk-proj-${body}`,
      `sk-ant-api03-${body}`,
      `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJraW0ifQ.${body}`,
      `npm_${body}`,
      `abc8Q~${body.slice(0, 34)}`,
    ];
    for (const secret of secrets) {
      assert.deepEqual(values(`log: ${secret}, then`, 'SECRET'), [secret], secret.slice(0, 8));
      assert.deepEqual(values(`x${secret}`, 'SECRET').includes(secret), false, secret.slice(0, 8));
    }
    assert.deepEqual(values(`AccountKey=${body}${body}==;Endpoint`, 'SECRET'), [`${body}${body}==`]);
  });

  test('a field that is named for a secret, a passport or a birthday is a cue', () => {
    assert.deepEqual(values('aB3dE5fG7hJ9kL1m', 'SECRET', [], 'clientSecret'), ['aB3dE5fG7hJ9kL1m']);
    assert.deepEqual(values('aB3dE5fG7hJ9kL1m', 'SECRET', [], 'nextPageToken'), []);
    assert.deepEqual(values('HMZKXNYTK', 'PASSPORT', [], 'passportNo'), ['HMZKXNYTK']);
    assert.deepEqual(values('1990-02-03', 'DATE_OF_BIRTH', [], 'date_of_birth'), ['1990-02-03']);
    assert.deepEqual(values('1990-02-03', 'DATE_OF_BIRTH', [], 'hiredOn'), []);
  });

  for (const region of new Set(nationalForms.map((form) => form.region))) {
    test(`phone numbers of ${region}`, () => {
      const number = getExampleNumber(region satisfies CountryCode, examples);
      assert.ok(number !== undefined);
      const international = number.formatInternational();
      const national = number.formatNational();
      assert.deepEqual(values(`It is ${international}, thanks`, 'PHONE'), [international]);
      assert.deepEqual(values(`Tel. ${national}, thanks`, 'PHONE'), [national]);
      assert.deepEqual(values(`order ${national}, thanks`, 'PHONE'), []);
    });
  }

  test('a number nothing announces is taken in a document of its region alone', () => {
    assert.deepEqual(values('912 442 245 afternoons', 'PHONE', ['PT']), ['912 442 245']);
    assert.deepEqual(values('912 442 245 afternoons', 'PHONE'), []);
  });

  test('what overlaps is kept once: the surest, and secrets before all', () => {
    for (const text of [
      'https://kim:pw1234@host.example/x',
      'DNI 12345678Z',
      'Steuer-ID 44051401359',
      'IBAN DE89370400440532013000',
    ]) {
      let reach = 0;
      for (const { start, end } of detectText(text, { regions: [] })) {
        assert.ok(start >= reach);
        reach = end;
      }
    }
    assert.deepEqual(detectText('x kim@shop.example', { regions: [] }).length, 1);
    assert.deepEqual(detectText('', { regions: [] }), []);
  });
});
