import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detectText } from '../../../engine/detect/index.ts';
import { detectDocument } from '../../../engine/detect/json.ts';
import { signsOf } from '../../../engine/detect/signs.ts';
import { valueDetectors } from '../../../engine/detect/values/index.ts';

const context = { regions: [] };

const found = (text: string) => detectDocument(text).map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);

describe('which detectors are asked', () => {
  const texts = [
    'a.b@example.com',
    'DE89370400440532013000',
    'NO9386011117947',
    'card 4111111111111111',
    'VAT ATU13585627',
    'DNI 12345678Z',
    'MRTMTT91D08F205J',
    'ip=10.1.2.3',
    'ip=2001:db8::1',
    'aa:bb:cc:dd:ee:ff',
    'AA-BB-CC-DD-EE-FF',
    'abcd.efab.cdef',
    'passport AB1234567',
    'born 1.2.1980',
    'né le 3 mai 1975',
    '+44 20 7946 0958',
    'call 020 7946 0958',
    'password=Hunter!two',
    'ghp_abcdefghijklmnopqrstuvwxyzABCDEFGHIJ',
    'the passphrase is correct-horse-battery',
  ];
  for (const text of texts) {
    test(`none that would find something is left out: ${text}`, () => {
      const signs = signsOf(text);
      let any = false;
      for (const { detect, mayFind } of valueDetectors) {
        const values = detect(text, context);
        any ||= values.length > 0;
        if (values.length > 0) assert.ok(mayFind(signs, text));
      }
      assert.ok(any);
      assert.notDeepEqual(detectText(text, context), []);
    });
  }

  test('a long text is asked about everything', () => {
    assert.ok(detectText(`${' '.repeat(9000)}a.b@example.com`, context).length === 1);
  });
});

describe("what is somebody's and what is not", () => {
  test('an account whose bank made a slip in its own digits', () => {
    assert.deepEqual(found('Refund to BE71 1280 6208 7758.'), ['IBAN BE71 1280 6208 7758']);
    assert.deepEqual(found('Refund to BE72 1280 6208 7758.'), []);
  });

  test('a street that no list knows, by its house, postcode and town', () => {
    assert.deepEqual(found('She lives at Oude Delft 42, 2611 CD Delft now.'), ['ADDRESS Oude Delft 42, 2611 CD Delft']);
    assert.deepEqual(found('See Version 12, 2026 Edition.'), []);
  });

  test('names that no list knows, where somebody is spoken of', () => {
    assert.deepEqual(found('I spoke with Ombrela Wattsimo yesterday.'), ['PERSON Ombrela Wattsimo']);
    assert.deepEqual(found('The order was closed by Automation Bot yesterday.'), []);
    assert.deepEqual(found('A Hugo Boss shop opens in San Sebastián.'), []);
  });

  test('the number of a customer is no phone number', () => {
    assert.deepEqual(found('{"customerNo":"01500538","numero_cliente":"02846146"}'), []);
  });

  test('a name beside a family name, in any list', () => {
    assert.deepEqual(found('{"items":[{"nome":"Zaccaria","cognome":"Vattimo"}]}'), [
      'PERSON Zaccaria',
      'PERSON Vattimo',
    ]);
  });

  test('secrets in commands', () => {
    assert.deepEqual(found('curl -u admin:V1EgJi8O9XtSyt https://api.example.com'), ['SECRET V1EgJi8O9XtSyt']);
    assert.deepEqual(found('docker run -u 1000:1000 app'), []);
  });

  test('behind a secret on a line, other words stay, wherever they recur', () => {
    assert.deepEqual(found('docker run -e AWS_ACCESS_KEY_ID=AKIAABCDEFGH23456723 -e REGION=eu-west-1 app'), [
      'SECRET AKIAABCDEFGH23456723',
    ]);
  });

  test('an id of two countries is the one whose check it passes', () => {
    const document = (id: string, country: string) => `{"country":"${country}","personnummer":"${id}"}`;
    assert.deepEqual(found(document('811228-9874', 'DK')), ['SE_PNR 811228-9874']);
    assert.deepEqual(found(document('281281-9873', 'DK')), ['DK_CPR 281281-9873']);
    assert.deepEqual(found('{"country":"DK","note":"personnummer 811218-9876"}'), ['SE_PNR 811218-9876']);
  });

  test('a number whose record is spoken of behind it', () => {
    assert.deepEqual(found('The entry 111222333 is a duplicate.'), ['NL_BSN 111222333']);
    assert.deepEqual(found('The entry 111222333 is late.'), []);
  });

  test('the number of a customer or a contract is no id of a person', () => {
    assert.deepEqual(found('Kundennummer 111222333, Vertragsnummer 2606572178; customer no. 111222333'), []);
    assert.deepEqual(found('Customer 111222333 called.'), ['NL_BSN 111222333']);
  });

  test('a tax id that a Polish date fits by chance', () => {
    assert.deepEqual(found('{"nationalId":"91042328579"}'), ['DE_STEUERID 91042328579']);
  });

  test('a song, a brand and an office are nobody', () => {
    assert.deepEqual(found('[{"song":"Eleanor Rigby","brand":"Kim Sand"},{"owner":"Ufficio Acquisti"}]'), []);
    assert.deepEqual(found('Responsable: Departamento de Ventas\nAnsprechpartner: Kundenservice'), []);
  });

  test('a name by its parts, and below an address', () => {
    assert.deepEqual(found('{"person":{"first":"Ombrela","last":"Wattsimo"},"page":{"first":"Start","last":"End"}}'), [
      'PERSON Ombrela',
      'PERSON Wattsimo',
    ]);
    assert.deepEqual(found('{"shippingAddress":{"name":"Ombrela Wattsimo"}}'), ['PERSON Ombrela Wattsimo']);
  });
});
