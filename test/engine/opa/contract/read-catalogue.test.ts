import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readCatalogue } from '../../../../engine/opa/contract/read-catalogue.ts';
import { readYaml } from '../../../../engine/yaml/read.ts';

const read = (text: string) => readCatalogue(readYaml(text, 'catalogue.yaml', 'WRIT_OPA_FAILED'));

test('a right catalogue is given as it is', () => {
  const { catalogue, diagnostics } = read(`
catalogue:
  crm:
    customers.lookup:
      action: read
      holds: { user.contact.email: ["$.customers[*].email"] }
      facts: { subjects: "$.customers[*].id" }
      regional: true
groups: {}
`);
  assert.deepEqual(diagnostics, []);
  assert.equal(catalogue.crm?.['customers.lookup']?.regional, true);
});

test('a mistake is found at its place', () => {
  const { diagnostics } = read(`catalogue:
  crm:
    customers.lookup:
      action: read
      holds:
        user.e_mail: ["$.email"]
        user.name: ["$.name", "customers.name"]
      facts:
        subjects: "$.customers[?match(@.id, 'C.*')]"
`);
  assert.deepEqual(
    diagnostics.map(({ code, file, row, column, source }) => ({ code, file, row, column, source })),
    [
      {
        code: 'unknown_category',
        file: 'catalogue.yaml',
        row: 6,
        column: 9,
        source: '        user.e_mail: ["$.email"]',
      },
      {
        code: 'catalogue_path',
        file: 'catalogue.yaml',
        row: 7,
        column: 32,
        source: '        user.name: ["$.name", "customers.name"]',
      },
      {
        code: 'catalogue_path',
        file: 'catalogue.yaml',
        row: 9,
        column: 20,
        source: `        subjects: "$.customers[?match(@.id, 'C.*')]"`,
      },
    ],
  );
});

test('a catalogue of another form is empty, so that it knows no tool', () => {
  for (const text of [
    'catalogue: []',
    'catalog: {}',
    'catalogue: { crm: { lookup: { holds: {} } } }',
    'catalogue: { crm: { lookup: { action: read, holds: [user.name] } } }',
    'catalogue: { crm: { lookup: { action: read, holds: { user.name: $.name } } } }',
    'catalogue: { crm: { lookup: { action: "Read it", holds: {} } } }',
  ]) {
    const { catalogue, diagnostics } = read(text);
    assert.deepEqual(catalogue, {});
    assert.deepEqual(new Set(diagnostics.map(({ code }) => code)), new Set(['catalogue_schema']), text);
  }
});
