import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detectText, type Found } from '../../../../engine/detect/index.ts';
import { findNationalIds, idRules } from '../../../../engine/detect/values/national-ids.ts';
import { candidates, generator } from './support/oracle.ts';

const none = { regions: [] };

/** A word that names each id, as people write it. */
const named: Record<string, string> = {
  'es.dni': 'DNI',
  'es.nie': 'NIE',
  'pt.nif': 'NIF',
  'pt.nif-entity': 'NIF',
  'it.cf': 'codice fiscale',
  'nl.bsn': 'BSN',
  'be.nrn': 'rijksregisternummer',
  'lu.nin': 'matricule',
  'fr.nir': 'numéro de sécurité sociale',
  'de.steuerid': 'Steuer-ID',
  'at.svnr': 'SVNR',
  'ch.ahv': 'AHV-Nr.',
  'se.pnr': 'svenskt personnummer',
  'dk.cpr': 'CPR',
  'no.fnr': 'fødselsnummer',
  'fi.hetu': 'henkilötunnus',
  'pl.pesel': 'PESEL',
  'cz.rc': 'rodné číslo',
  'sk.rc': 'slovenské rodné číslo',
  'hu.taj': 'TAJ szám',
  'hu.szemelyi': 'személyi szám',
  'si.emso': 'EMŠO',
  'hr.oib': 'OIB',
  'ee.ik': 'isikukood',
  'lt.ak': 'asmens kodas',
  'lv.pk': 'personas kods',
  'lv.pk-2017': 'personas kods',
  'ro.cnp': 'CNP',
  'bg.egn': 'ЕГН',
  'gr.amka': 'ΑΜΚΑ',
  'cy.tic': 'TIC',
  'mt.id': 'Malta ID',
  'uk.nino': 'NI number',
  'uk.nhs': 'NHS number',
  'ie.pps': 'PPS number',
};

describe('national ids', () => {
  test('every rule is named by a word people use', () => {
    assert.deepEqual(
      idRules.map((rule) => rule.name).filter((name) => named[name] === undefined),
      [],
    );
  });

  for (const { rule: name, oracle, begin, ends, written } of candidates) {
    test(`${name}: what the oracle takes is found, and nothing else`, () => {
      const rule = idRules.find((each) => each.name === name);
      assert.ok(rule !== undefined && oracle !== undefined);
      const random = generator(name.length * 7919);
      const word = named[name] ?? '';
      let valid = 0;
      for (let round = 0; round < 60; round++) {
        const start = begin(random);
        for (const end of ends) {
          const id = start + end;
          const text = written?.(id) ?? id;
          const expected: boolean = oracle.validate(text).isValid;
          const sentence = `${word}: ${text}, since May`;
          const found: Found | undefined = findNationalIds(sentence, none).find((each) => each.type === rule.type);
          assert.equal(found !== undefined, expected, `${text} ${expected}`);
          if (!expected) continue;
          valid++;
          assert.equal(sentence.slice(found?.start, found?.end), text);
          assert.ok(
            detectText(sentence, none).some((each) => each.type === rule.type),
            text,
          );
        }
      }
      assert.ok(valid >= 3, `only ${valid} of the candidates were valid`);
    });
  }

  /** Ids the oracle does not know: published examples and numbers made by the rule of the check. */
  const examples: [string, string, string][] = [
    ['LU_NIN', 'matricule 1893120105732', 'matricule 1893120105733'],
    ['HU_TAJ', 'TAJ szám: 111 111 110', 'TAJ szám: 111 111 112'],
    ['HU_SZEMELYI', 'személyi szám 1-800101-0016', 'személyi szám 1-800101-0015'],
    ['LV_PK', 'personas kods 161175-19997', 'personas kods 161175-19996'],
    ['LV_PK', 'personas kods 321234-56789', 'personas kods 421234-56789'],
    ['CY_TIC', 'TIC 00123123T', 'TIC 00123123A'],
    ['MT_ID', 'Malta ID 0123456M', 'Malta ID 0123456C'],
    ['UK_NHS', 'NHS number 943 476 5919', 'NHS number 943 476 5918'],
  ];
  for (const [type, right, wrong] of examples) {
    test(`${type}: ${right}`, () => {
      assert.ok(detectText(right, none).some((each) => each.type === type));
      assert.ok(!detectText(wrong, none).some((each) => each.type === type));
    });
  }

  test('a valid number is left where the words say it is of a thing', () => {
    for (const text of [
      'order 44051401359 shipped',
      'batch: 44051401359',
      'tracking 111222333',
      'commit 44051401359',
    ]) {
      assert.deepEqual(findNationalIds(text, none), [], text);
    }
  });

  test('numbers within longer ones are left', () => {
    for (const text of ['PESEL 440514013590', 'PESEL 44051401359.5', 'PESEL 9-44051401359', 'PESEL_44051401359a']) {
      assert.deepEqual(
        findNationalIds(text, none).filter((each) => each.type === 'PL_PESEL'),
        [],
        text,
      );
    }
  });

  test('the name of the field is a cue, in the writings fields have', () => {
    for (const field of ['pesel', 'customerPesel', 'pesel_number', 'PESEL', 'person.pesel']) {
      assert.equal(findNationalIds('44051401359', { field, regions: [] })[0]?.type, 'PL_PESEL', field);
    }
    assert.equal(findNationalIds('44051401359', { field: 'nationalId', regions: ['PL'] })[0]?.type, 'PL_PESEL');
    assert.deepEqual(findNationalIds('44051401359', { field: 'batch', regions: [] }), []);
  });
});
