import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DocumentOptions, detectDocument } from '../../../engine/detect/json.ts';
import type { Context, Found } from '../../../engine/detect/types.ts';

/** What is found, as it stands in the document. */
const seen = (text: string, options?: DocumentOptions) =>
  detectDocument(text, options).map(({ start, end, type }) => `${type} ${text.slice(start, end)}`);
const seenIn = (value: unknown, options?: DocumentOptions) => seen(JSON.stringify(value), options);

/** No detector: what is found is found by names of fields. */
const detect = () => [];

test('names of fields say what values are, numbers too', () => {
  const document = {
    customer: {
      name: { first: 'Ilse', last: 'Vermeulen' },
      contact: { phones: ['+32 475 12 34 56', '0475 12 34 56'], 'e-mail': 'ilse@voorbeeld.example' },
      adres: { straat: 'Kerkstraat', huisnummer: '12', plaats: 'Gent' },
      bsn: 167007579,
    },
    product: { name: 'Blue Lamp', city: 'Gent' },
  };
  assert.deepEqual(seenIn(document, { detect }), [
    'PERSON Ilse',
    'PERSON Vermeulen',
    'PHONE +32 475 12 34 56',
    'PHONE 0475 12 34 56',
    'EMAIL ilse@voorbeeld.example',
    'ADDRESS Kerkstraat',
    'ADDRESS 12',
    'ADDRESS Gent',
    'NL_BSN 167007579',
  ]);
});

test('a bare name is a person where what is around it says so', () => {
  assert.deepEqual(seenIn({ customers: [{ name: 'Uwe Brandt' }, { name: 'Acme GmbH' }] }, { detect }), [
    'PERSON Uwe Brandt',
  ]);
  assert.deepEqual(seenIn([{ name: 'Uwe Brandt', dob: '1980-02-01' }], { detect }), [
    'PERSON Uwe Brandt',
    'DATE_OF_BIRTH 1980-02-01',
  ]);
  assert.deepEqual(seenIn({ tools: [{ name: 'Send Mail' }], serverInfo: { name: 'Acme Server' } }, { detect }), []);
  assert.deepEqual(seenIn({ companies: [{ name: 'Blue Widgets', phone: '030 123456' }] }, { detect }), [
    'PHONE 030 123456',
  ]);
  assert.deepEqual(seenIn({ agent: 'Piet Mulder', owner: 'Data Team', userAgent: 'Mozilla/5.0 (X11)' }, { detect }), [
    'PERSON Piet Mulder',
  ]);
});

test('labels beside values, and names of columns beside rows', () => {
  assert.deepEqual(
    seenIn(
      {
        telecom: [{ system: 'phone', value: '0611223344' }],
        more: [
          { label: 'Date de naissance', value: '12/03/1980' },
          { label: 'Couleur', value: 'rouge' },
        ],
      },
      { detect },
    ),
    ['PHONE 0611223344', 'DATE_OF_BIRTH 12/03/1980'],
  );
  const rows = [
    [1, 'Marta Nowak', '1980-01-02'],
    [2, 'Jan Kos', '1981-01-02'],
  ];
  const expected = ['PERSON Marta Nowak', 'DATE_OF_BIRTH 1980-01-02', 'PERSON Jan Kos', 'DATE_OF_BIRTH 1981-01-02'];
  assert.deepEqual(seenIn({ columns: ['id', 'name', 'dob'], rows }, { detect }), expected);
  assert.deepEqual(seenIn({ rows, columns: ['id', 'name', 'dob'] }, { detect }), expected);
  assert.deepEqual(
    seenIn(
      [
        ['id', 'full name', 'dob'],
        ['1', 'Marta Nowak', '1980-01-02'],
      ],
      { detect },
    ),
    expected.slice(0, 2),
  );
});

test('tables in texts: CSV, Markdown, lines and several in one line', () => {
  assert.deepEqual(seen('id,name,phone\n1,"Rossi, Anna",333 1234567\n2,Luca Bruno,06 12345678\n', { detect }), [
    'PERSON Rossi, Anna',
    'PHONE 333 1234567',
    'PERSON Luca Bruno',
    'PHONE 06 12345678',
  ]);
  assert.deepEqual(seen('Nom;Prénom;Date de naissance\r\nDurand;Élise;12/03/1980\r\n', { detect }), [
    'PERSON Durand',
    'PERSON Élise',
    'DATE_OF_BIRTH 12/03/1980',
  ]);
  assert.deepEqual(
    seen('See:\n\n| Name | Geburtsdatum |\n|:--|--:|\n| Uwe Brandt | 12.03.1980 |\n\nThat is all.', { detect }),
    ['PERSON Uwe Brandt', 'DATE_OF_BIRTH 12.03.1980'],
  );
  assert.deepEqual(seen('patient:\n  name: Eva Kowal\n  dob: 1980-03-12\nproduct:\n  name: Lamp\n', { detect }), [
    'PERSON Eva Kowal',
    'DATE_OF_BIRTH 1980-03-12',
  ]);
  assert.deepEqual(seen('patient.name: Eva Kowal\nbatch: 56115804480\n---\nship.name: Ever Given', { detect }), [
    'PERSON Eva Kowal',
  ]);
  assert.deepEqual(seen('Name: Uwe Brandt; Geburtsdatum: 12.03.1980; Nummer: 77', { detect }), [
    'PERSON Uwe Brandt',
    'DATE_OF_BIRTH 12.03.1980',
  ]);
  assert.deepEqual(seenIn({ text: 'name,e-mail\nUwe Brandt,u@x.example' }, { detect }), [
    'PERSON Uwe Brandt',
    'EMAIL u@x.example',
  ]);
  assert.deepEqual(seen('patient:\n  name: Eva Kowal\n---\n  name: Blue Lamp\n', { detect }), ['PERSON Eva Kowal']);
});

test('JSON in strings in JSON, with places behind every escape', () => {
  const inner = { email: 'zoë@bücher.example', full_name: 'Zoë "Zo" Ä\n', phone: '0611223344' };
  const text = JSON.stringify({ a: JSON.stringify({ b: JSON.stringify(inner) }) })
    .replace('ü', '\\u00fc')
    .replace('0611', '\\u00306\\u003111');
  assert.deepEqual(seen(text, { detect }), ['EMAIL zoë@b\\u00fccher.example', 'PHONE \\u00306\\u003111223344']);
  const line = '{"note":"\\ud83d\\ude00\\t\\"mail\\": ok","email":"\\u0061@b.example"}';
  assert.deepEqual(seen(line, { detect }), ['EMAIL \\u0061@b.example']);
  // A text that is only like JSON is text, and every string of it is looked at.
  assert.deepEqual(seen('{"email": "a@b.example", }'), ['EMAIL a@b.example']);
  assert.deepEqual(seenIn({ text: '{email: a@b.example}' }), ['EMAIL a@b.example']);
});

test('a repeated key hides nothing, and neither does a lone surrogate', () => {
  assert.deepEqual(seen('{"email":"a@b.example","email":"c@d.example"}', { detect }), [
    'EMAIL a@b.example',
    'EMAIL c@d.example',
  ]);
  assert.deepEqual(seen('{"x":"\\ud800","email":"a@b.example"}', { detect }), ['EMAIL a@b.example']);
});

test('keys that are values', () => {
  assert.deepEqual(seen('{"anna.k@x.example":{"role":"lead"}}'), ['EMAIL anna.k@x.example']);
  assert.deepEqual(seen('{"user":{"name":"Ana Silva"},"Ana Silva":1}', { detect }), [
    'PERSON Ana Silva',
    'PERSON Ana Silva',
  ]);
});

test('what is found in one place is found wherever it recurs, as whole words', () => {
  const note = 'ANA SILVA called; Silva, Ana asks. Ana Silvana and Susana Silva do not. Ana\u00a0Silva does.';
  assert.deepEqual(seenIn({ note, user: { name: 'Ana Silva' } }, { detect }), [
    'PERSON ANA SILVA',
    'PERSON Silva, Ana',
    'PERSON Ana\u00a0Silva',
    'PERSON Ana Silva',
  ]);
  assert.deepEqual(seenIn({ lastName: 'Wrona', note: 'Wrona saw a wrona' }, { detect }), [
    'PERSON Wrona',
    'PERSON Wrona',
  ]);
  assert.deepEqual(
    seenIn({ phone: '030 1234567', note: 'call 030-1234567, not 1030 1234567 or 030 12345678' }, { detect }),
    ['PHONE 030 1234567', 'PHONE 030-1234567'],
  );
  // Too short to be more than chance.
  assert.deepEqual(seenIn({ firstName: 'Bo', pin: '1234', note: 'Bo 1234' }, { detect }), ['PERSON Bo', 'SECRET 1234']);
});

test('fields of the system hold nobody by chance', () => {
  const weak = (text: string): Found[] => [
    { start: 0, end: text.length, type: 'PL_PESEL', detector: 'test', confidence: 0.8 },
  ];
  assert.deepEqual(seenIn({ batch: '56115804480', ean: '4085619078882', order_id: 9876543210 }, { detect: weak }), []);
  assert.deepEqual(seenIn({ note: '56115804480' }, { detect: weak }), ['PL_PESEL 56115804480']);
  assert.deepEqual(
    seen('batch: 56115804480', { detect: (text) => weak(text).map((each) => ({ ...each, start: text.length - 11 })) }),
    [],
  );
});

test('detectors are told the field, the names above and the likeliest countries', () => {
  const told: Context[] = [];
  const text = JSON.stringify({ phone: '+46 70 174 06 05', order: { note: 'call 070-1740605', country: 'DK' } });
  detectDocument(text, {
    regions: ['FI'],
    detect: (_, context) => {
      told.push(context);
      return [];
    },
  });
  assert.deepEqual(
    told.find(({ field }) => field === 'note'),
    { field: 'note', path: ['order'], regions: ['DK', 'SE', 'FI'] },
  );
});

test('documents made to be slow take work in proportion to their size', { timeout: 60_000 }, () => {
  const size = 4 * 1024 * 1024;
  const filled = (part: string) => part.repeat(Math.floor(size / part.length));
  const hostile = [
    filled('['),
    `${'['.repeat(size / 2)}${']'.repeat(size / 2)}`,
    `${'{"a":'.repeat(size / 6)}1${'}'.repeat(size / 6)}`,
    `["${filled('\\u0041\\n')}"]`,
    `{${filled('"a b 1234567":1,')}"z":1}`,
    `{"label":"phone",${filled('"value":"030 1234567",')}"x":1}`,
    `{"columns":[${filled('"phone",').slice(0, size / 2)}"a"],"rows":[[${filled('"030 1",').slice(0, size / 2)}"a"]]}`,
    `name,phone\n${filled('Uwe Brandt,030 1234567\n')}`,
    filled('|-|\n'),
    filled('name: Uwe; phone: 030123456, '),
    `[{"fullName":"Ana Ana Ana Ana Bel"},"${filled('Ana ')}"]`,
    Array.from({ length: 14 }).reduce<string>((text) => JSON.stringify({ text }), 'x'.repeat(1000)),
  ];
  for (const text of hostile) detectDocument(text, { detect });
});
