import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isSafePattern } from 'redos-detector';
import { fieldMeaning } from '../../../engine/detect/fields/field-meaning.ts';
import { hasForm, looksLikeAnId, patterns } from '../../../engine/detect/fields/forms.ts';
import { readsLikeAPerson } from '../../../engine/detect/fields/reads-like-a-person.ts';
import { foldName, nameTokens } from '../../../engine/detect/fields/tokens.ts';

const said = (name: string, parent?: string) => {
  const { phrase } = fieldMeaning(name, parent);
  return phrase?.kind === 'value' ? phrase.types.join(' ') : (phrase?.kind ?? 'nothing');
};

test('names are words, whatever their spelling', () => {
  for (const name of ['workEmail2', 'work_email', 'WORK-EMAIL', 'Work.Email', ' work email ']) {
    assert.deepEqual(nameTokens(name), ['work', 'email'], name);
  }
  assert.deepEqual(nameTokens('IPAddress'), ['ip', 'address']);
  assert.equal(foldName('STRASSE'), foldName('straße'));
  assert.equal(foldName('Prénom Łódź ΟΔΌΣ'), 'prenom lodz οδοσ');
});

test('the same field in the languages of the dictionary', () => {
  const fields: Record<string, string[]> = {
    EMAIL: [
      'email',
      'E-Mail-Adresse',
      'courriel',
      'correo_electronico',
      'indirizzoEmail',
      'e-mailadres',
      'adres e-mail',
      'e-postadress',
      'sähköposti',
      'имейл',
      'e-pošta',
      'workEmails',
    ],
    PHONE: [
      'phone',
      'phoneNumbers',
      'Telefonnummer',
      'numéro de téléphone',
      'telefono_cliente',
      'cellulare',
      'telefoonnummer',
      'numer telefonu',
      'telemóvel',
      'mobilnummer',
      'puhelinnumero',
      'telefonszám',
      'κινητό',
      'телефон',
      'tālrunis',
      'homeTel',
    ],
    ADDRESS: [
      'address',
      'billingAddressLine1',
      'Lieferadresse',
      'adresse de livraison',
      'dirección',
      'indirizzo',
      'bezorgadres',
      'adres zamieszkania',
      'morada',
      'gatuadress',
      'asiakasosoite',
      'bydliště',
      'lakcím',
      'διεύθυνση',
      'адрес',
      'aadress',
    ],
    PERSON: [
      'fullName',
      'Nachname',
      'prénom',
      'apellidos',
      'cognome',
      'achternaam',
      'nazwisko',
      'apelido',
      'efternamn',
      'sukunimi',
      'příjmení',
      'vezetéknév',
      'επώνυμο',
      'фамилия',
      'customer_name',
      'patientFirstName',
    ],
    DATE_OF_BIRTH: [
      'dob',
      'birthDate',
      'Geburtsdatum',
      'date de naissance',
      'fecha_nacimiento',
      'dataDiNascita',
      'geboortedatum',
      'data urodzenia',
      'födelsedatum',
      'syntymäaika',
      'datum narození',
      'születési dátum',
      'дата на раждане',
      'ημερομηνία γέννησης',
    ],
    PASSPORT: [
      'passportNo',
      'Reisepassnummer',
      'numéro de passeport',
      'pasaporte',
      'numer dowodu',
      'körkort',
      'útlevélszám',
    ],
    IBAN: ['iban', 'bankAccount', 'Kontonummer', 'rekeningnummer', 'numer rachunku'],
    CREDIT_CARD: ['cardNumber', 'pan', 'Kreditkartennummer', 'número de tarjeta'],
    SECRET: ['password', 'apiKey', 'AWS_SECRET_ACCESS_KEY', 'mot de passe', 'wachtwoord', 'hasło'],
    IP_ADDRESS: ['ip', 'clientIp', 'remote_addr', 'ip-adres'],
    MAC: ['mac', 'macAddress', 'bssid'],
    NL_BSN: ['bsn', 'burgerservicenummer'],
    PL_PESEL: ['PESEL'],
    FR_NIR: ['nir', 'numéro de sécurité sociale'],
    BG_EGN: ['ЕГН'],
    DE_STEUERID: ['steuer_id', 'Steueridentifikationsnummer'],
    'CZ_RC SK_RC': ['rodné číslo', 'rodne_cislo'],
  };
  for (const [types, names] of Object.entries(fields)) {
    for (const name of names) assert.equal(said(name), types, name);
  }
  for (const name of ['nationalId', 'ssn', 'tax_id', 'personal code']) assert.equal(said(name), 'national', name);
});

test('names that only look like those of personal data', () => {
  const names = [
    'productName',
    'hostname',
    'filename',
    'fileName',
    'userAgent',
    'user_agent',
    'orderId',
    'createdAt',
    'emailVerified',
    'phone_type',
    'hasPhone',
    'is_email_sent',
    'nextToken',
    'tokenType',
    'token_count',
    'cardBrand',
    'ipVersion',
    'tool_name',
    'serverName',
    'companyName',
    'mail_server',
    'phone_model',
    'description',
    'tip',
    'ship',
    'shipment',
    'publicKey',
    'x'.repeat(5000),
  ];
  for (const name of names) assert.equal(said(name), 'nothing', name.slice(0, 40));
  for (const name of ['orderId', 'batch', 'payment_ref', 'createdAt', 'Bestellnummer', 'version']) {
    assert.ok(fieldMeaning(name).negative, name);
  }
});

test('the name above counts where both are one phrase', () => {
  assert.equal(said('address'), 'ADDRESS');
  assert.equal(said('address', 'email'), 'EMAIL');
  assert.equal(said('address', 'ip'), 'IP_ADDRESS');
  assert.equal(said('number', 'phone'), 'PHONE');
  assert.equal(said('first', 'name'), 'PERSON');
  assert.equal(said('agent', 'user'), 'nothing');
  assert.equal(said('name', 'user'), 'name');
});

test('many different names are forgotten again, and known ones keep their meaning', () => {
  for (let index = 0; index < 10_000; index++)
    fieldMeaning(`name of field ${String.fromCharCode(97 + (index % 26))}${'q'.repeat(index % 60)}`);
  assert.equal(said('workEmail'), 'EMAIL');
});

test('a value must look like what its field says', () => {
  const yes = [
    ['PERSON', 'Ilse van den Berg'],
    ['PERSON', "O'Neill"],
    ['PERSON', 'Kowal, Eva'],
    ['EMAIL', 'eva@bücher.example'],
    ['PHONE', '+48 (0)12 345 67 89'],
    ['DATE_OF_BIRTH', '1980-02-01'],
    ['DATE_OF_BIRTH', '1. März 1980'],
    ['DATE_OF_BIRTH', '28 April 1962'],
    ['ADDRESS', 'Leśna 4, Gdynia'],
    ['SECRET', 'hunter22'],
    ['PASSPORT', 'XLK337879'],
    ['NL_BSN', '167007579'],
    ['FI_HETU', '180993-483E'],
    ['SECRET', 'Server=db;Password=a1b2'],
  ] as const;
  for (const [type, value] of yes) assert.ok(hasForm(type, value), `${type} ${value}`);
  const no = [
    ['PERSON', 'n/a'],
    ['PERSON', '12345'],
    ['PERSON', '[redacted]'],
    ['EMAIL', 'none'],
    ['PHONE', 'iOS'],
    ['PHONE', '12'],
    ['DATE_OF_BIRTH', 'soon'],
    ['ADDRESS', '0x7ffe'],
    ['ADDRESS', 'https://x.example/a b'],
    ['SECRET', '********'],
    ['SECRET', 'must be changed soon'],
    ['PASSPORT', 'expired'],
    ['NL_BSN', 'unknown'],
  ] as const;
  for (const [type, value] of no) assert.ok(!hasForm(type, value), `${type} ${value}`);
  assert.ok(looksLikeAnId('76 415 832 494'));
  assert.ok(!looksLikeAnId('pending'));
  for (const name of ['Sheila Hodgson', 'Jan de Vries', 'Dr. Eva Kowal', "Mary O'Shea"])
    assert.ok(readsLikeAPerson(name), name);
  for (const name of ['Data Team', 'GPT-5 Assistant', 'Support Agent', 'admin', 'in progress', 'Mozilla/5.0'])
    assert.ok(!readsLikeAPerson(name), name);
});

test('no pattern backtracks without bound', () => {
  for (const pattern of patterns) {
    const ignoresCase = pattern.flags.includes('i');
    const { safe } = isSafePattern(pattern.source, {
      caseInsensitive: ignoresCase,
      unicode: pattern.flags.includes('u'),
      maxScore: 300,
    });
    assert.ok(safe, pattern.source);
  }
});
