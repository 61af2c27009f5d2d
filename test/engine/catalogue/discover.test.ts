import assert from 'node:assert/strict';
import { test } from 'node:test';
import { discover, merged } from '../../../engine/catalogue/discover.ts';
import { survey } from '../../../engine/catalogue/survey.ts';
import { answered, everything, pathsOf, proposed } from './recordings.ts';

test('fields are proposed by path and category, with how often and how surely they were seen', () => {
  const customer = (id: string, name: string, email: string) => ({
    id,
    name,
    email,
    address: { street: 'Kerkstraat 12', city: 'Gent' },
    plan: 'plus',
  });
  const calls = [
    answered({ customers: [customer('C-1', 'Ilse Vermeulen', 'ilse@voorbeeld.example')] }),
    answered({
      customers: [customer('C-2', 'Uwe Brandt', 'uwe@beispiel.example'), customer('C-3', 'Ana Silva', 'ana@b.example')],
    }),
  ];
  const [tool] = proposed(calls);
  assert.deepEqual(
    tool?.proposals.map(({ category, path, seen, found, manner }) => [category, path, found, seen, manner]),
    [
      ['user.contact.address', '$.customers[*].address.*', 6, 6, 'field'],
      ['user.contact.email', '$.customers[*].email', 3, 3, 'field'],
      ['user.name', '$.customers[*].name', 3, 3, 'field'],
      ['user.unique_id', '$.customers[*].id', 3, 3, 'identifier'],
    ],
  );
  assert.equal(tool?.subjects, '$.customers[*].id');
  assert.equal(tool?.isNew, true);
  for (const { confidence, example } of tool?.proposals ?? []) {
    assert.ok(confidence > 0.5 && confidence <= 1);
    assert.match(example ?? 'x', /^[xX9 .@]+$/, 'an example shows no value');
  }
});

test('free text is told apart: it needs a mask that detects', () => {
  const note = (text: string) => answered({ tickets: [{ text }] });
  const calls = [note('Please call +46 8 465 004 12 before noon.'), note('It rains.'), note('Nothing else.')];
  const [tool] = proposed(calls);
  assert.deepEqual(tool?.proposals, [
    {
      side: 'result',
      manner: 'text',
      path: '$.tickets[*].text',
      category: 'user.content.private',
      categories: ['user.contact.phone_number'],
      seen: 3,
      found: 1,
      confidence: tool?.proposals[0]?.confidence,
      example: null,
    },
  ]);
});

test('a field that has now an address and now a number is of what both are of', () => {
  const reach = (reply: string) => answered({ rows: [{ reply_to: reply }] });
  const calls = ['ana@b.example', '+46 8 465 004 12', 'bo@b.example', '+46 8 465 004 13'].map(reach);
  assert.deepEqual(pathsOf(calls), ['field user.contact $.rows[*].reply_to']);
});

test('JSON in text items is a document like the structured one, and both are one where they say the same', () => {
  const document = { customers: [{ email: 'ana@b.example' }] };
  const text = { type: 'text', text: JSON.stringify(document) };
  const calls = [answered({}, { result: { structuredContent: document, content: [text] } })];
  assert.equal(proposed(calls)[0]?.proposals[0]?.seen, 1);
  const inside = { type: 'resource', resource: { uri: 'file:///a', text: JSON.stringify([document]) } };
  assert.deepEqual(pathsOf([answered({}, { result: { content: [inside] } })]), [
    'field user.contact.email $[*].customers[*].email',
  ]);
});

test('prose has no path and is told of as prose', () => {
  const [tool] = proposed([answered({}, { result: { content: [{ type: 'text', text: 'Write to ana@b.example.' }] } })]);
  assert.deepEqual(tool?.proposals, []);
  assert.deepEqual([tool?.prose?.categories, tool?.prose?.found], [['user.contact.email'], 1]);
});

test('JSON within a string is free text: no path leads into it', () => {
  const calls = [answered({ payload: JSON.stringify({ a: 1, b: 'of no matter to anyone', email: 'ana@b.example' }) })];
  assert.deepEqual(pathsOf(calls), ['text user.content.private $.payload']);
});

test('what belongs to somebody is of the nearest record with an id', () => {
  const ticket = { id: 'T-1', requester: { id: 'C-1', name: 'Ana Silva', email: 'ana@b.example' } };
  const [tool] = proposed([answered({ ticket })]);
  assert.equal(tool?.subjects, '$.ticket.requester.id');
  assert.ok(!tool?.proposals.some(({ path }) => path === '$.ticket.id'), 'a ticket is nobody');
  const [notes] = proposed([answered({ customer_id: 'C-1', notes: [{ author: 'Dr. Ana Silva' }] })]);
  assert.equal(notes?.subjects, '$.customer_id');
});

test('the number of a person in no known country is what its field says', () => {
  const calls = [answered({ employees: [{ national_id: 'XX-791102-4038' }] })];
  assert.deepEqual(pathsOf(calls), [
    'field user.government_id.national_identification_number $.employees[*].national_id',
  ]);
});

test('what the catalogue declares, by whatever path, is not proposed again', () => {
  const calls = [answered({ customers: [{ id: 'C-1', name: 'Ana Silva', email: 'ana@b.example' }] })];
  const entry = (holds: Record<string, string[]>) => ({ crm: { find: { action: 'read', holds } } });
  assert.deepEqual(
    pathsOf(calls, entry({ user: ['$..name', '$.customers[0]["email"]', '$.customers[?@.id].id'] })),
    [],
  );
  assert.deepEqual(pathsOf(calls, entry({ 'user.name': ['$.customers[*].name'], 'user.unique_id': ['$..id'] })), [
    'field user.contact.email $.customers[*].email',
  ]);
  assert.deepEqual(
    pathsOf(calls, entry({ user: ['$.customers'] })),
    [],
    'what lies below a declared object is declared',
  );
});

test('what is less sure is left out, and arguments count where they are asked for', () => {
  const calls = [answered({ a: { from: 'Echo Foxtrot' } }, { arguments: { email: 'ana@b.example' } })];
  const found = (options: Partial<typeof everything>) =>
    discover(survey({ calls, listed: [] }, {}), [], { ...everything, ...options })
      .flatMap(({ proposals }) => proposals)
      .map(({ path, side }) => `${side} ${path}`);
  assert.deepEqual(found({ arguments: true, minConfidence: 0.9 }), ['arguments $.email']);
  assert.deepEqual(found({ arguments: false, minConfidence: 0.9 }), []);
});

test('a tool that was asked and never answered is not proposed', () => {
  assert.deepEqual(
    discover(survey({ calls: [answered({}, { result: undefined })], listed: [] }, {}), [], {
      ...everything,
      arguments: false,
    }),
    [],
  );
});

test('what a server says of its tool is told', () => {
  const listed = [{ server: 'crm', tool: 'find', annotations: { readOnlyHint: true } }];
  const [tool] = discover(survey({ calls: [answered({ a: 1 })], listed }, {}), listed, everything);
  assert.equal(tool?.readOnly, true);
});

test('merging adds and takes nothing away', () => {
  const calls = [answered({ customers: [{ name: 'Ana Silva', email: 'ana@b.example' }] })];
  const catalogue = {
    crm: {
      find: { action: 'read', holds: { 'user.name': ['$.people[*].name'] }, note: 'kept' },
      other: { action: 'read', holds: {} },
    },
    hr: { list: { action: 'read', holds: {} } },
  };
  assert.deepEqual(structuredClone(merged(catalogue, proposed(calls, catalogue))), {
    crm: {
      find: {
        action: 'read',
        note: 'kept',
        holds: {
          'user.name': ['$.people[*].name', '$.customers[*].name'],
          'user.contact.email': ['$.customers[*].email'],
        },
      },
      other: { action: 'read', holds: {} },
    },
    hr: { list: { action: 'read', holds: {} } },
  });
});
