import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare } from '../../../engine/catalogue/compare.ts';
import { survey } from '../../../engine/catalogue/survey.ts';
import type { RecordedCall } from '../../../engine/catalogue/types.ts';
import type { Catalogue } from '../../../engine/policy/types.ts';
import { answered } from './recordings.ts';

function drift(calls: readonly RecordedCall[], catalogue: Catalogue, options = {}) {
  const found = compare(survey({ calls, listed: [] }, catalogue), catalogue, {
    minConfidence: 0.5,
    arguments: false,
    ...options,
  });
  return found.map(({ severity, code, tool, path, category }) => [severity, code, tool, path, category].join(' '));
}

const finds = (holds: Record<string, string[]>, action = 'read'): Catalogue => ({ crm: { find: { action, holds } } });
const customer = { name: 'Ana Silva', email: 'ana@b.example' };
const calls = [answered({ customers: [customer] })];

test('a catalogue that says all there is agrees', () => {
  const holds = { 'user.name': ['$.customers[*].name'], 'user.contact.email': ['$.customers[*].email'] };
  assert.deepEqual(drift(calls, finds(holds)), []);
  assert.deepEqual(
    drift(calls, finds({ user: ['$.customers[*].name'], 'user.contact': ['$.customers[*].email'] })),
    [],
  );
});

test('personal data at a path that is not declared is an error', () => {
  const undeclared = (path: string, category: string) => `error undeclared find ${path} ${category}`;
  assert.deepEqual(drift(calls, finds({})), [
    undeclared('$.customers[*].name', 'user.name'),
    undeclared('$.customers[*].email', 'user.contact.email'),
  ]);
  // One that is declared elsewhere alone counts as little.
  const first = finds({ 'user.name': ['$.customers[0].name'], 'user.contact.email': ['$.customers[*].email'] });
  assert.deepEqual(drift([answered({ customers: [customer, { ...customer, name: 'Bo Berg' }] })], first), [
    undeclared('$.customers[*].name', 'user.name'),
  ]);
  const renamed = answered({ customers: [{ mail: 'ana@b.example' }] });
  assert.deepEqual(drift([renamed], finds({ 'user.contact.email': ['$.customers[*].email'] })), [
    undeclared('$.customers[*].mail', 'user.contact.email'),
    'warning never_seen find $.customers[*].email user.contact.email',
  ]);
});

test('of another category than declared is an error, where masks of the one do not find the other', () => {
  const declared = (category: string) => drift([answered({ a: 'ana@b.example' })], finds({ [category]: ['$.a'] }));
  assert.deepEqual(declared('user.job_title'), ['error differs find $.a user.contact.email']);
  assert.deepEqual(declared('user.contact.phone_number'), ['error differs find $.a user.contact.email']);
  // Free text may hold anything, and what is of the system somebody looked at.
  for (const category of ['user', 'user.contact', 'user.contact.email', 'user.content.private', 'system.operations'])
    assert.deepEqual(declared(category), [], category);
  const both = finds({ 'user.job_title': ['$.a'], 'user.contact.email': ['$.a'] });
  assert.deepEqual(drift([answered({ a: 'ana@b.example' })], both), []);
});

test('a value within text that is declared as something else is none', () => {
  const text = 'Seen by the doctor; the daughter is at +46 8 465 004 12 all day.';
  assert.deepEqual(drift([answered({ text })], finds({ 'user.health_and_medical': ['$.text'] })), []);
  assert.deepEqual(drift([answered({ text })], finds({})), ['error undeclared find $.text user.content.private']);
});

test('a declared path that was never seen is a warning, but for tools without answers', () => {
  const holds = { 'user.name': ['$.customers[*].name', '$.gone'], 'user.contact.email': ['$..email'] };
  assert.deepEqual(drift(calls, finds(holds)), ['warning never_seen find $.gone user.name']);
  assert.deepEqual(drift([answered({}, { result: undefined })], finds(holds)), ['info unrecorded_tool find  ']);
  const asked = answered({ customers: [customer] }, { arguments: { gone: 'x' } });
  assert.deepEqual(drift([asked], finds(holds)), [], 'a path may lead into arguments');
});

test('tools that one knows and the other not are told of', () => {
  const catalogue: Catalogue = { crm: { other: { action: 'read', holds: {} } } };
  assert.deepEqual(drift(calls, catalogue), ['warning unknown_tool find  ', 'info unrecorded_tool other  ']);
  assert.deepEqual(drift([answered({})], finds({}, 'unreviewed')), ['warning unreviewed_tool find  ']);
  // A server that is called as another one's tool is another.
  assert.deepEqual(drift([answered({}, { server: 'hr' })], finds({})), [
    'warning unknown_tool find  ',
    'info unrecorded_tool find  ',
  ]);
});

test('prose is an error where the catalogue declares nothing of its categories', () => {
  const prose = [answered({}, { result: { content: [{ type: 'text', text: 'Write to ana@b.example.' }] } })];
  assert.deepEqual(drift(prose, finds({})), ['error undeclared find  user.content.private']);
  assert.deepEqual(drift(prose, finds({ 'user.name': ['$..*'] })).length, 2);
  assert.deepEqual(drift(prose, finds({ 'user.contact': ['$..*'] })), ['warning never_seen find $..* user.contact']);
});

test('names of members are data, unless the object is declared whole', () => {
  const map = [answered({ users: { 'ana@b.example': { plan: 'plus' } } })];
  assert.deepEqual(drift(map, finds({})), ['error undeclared find $.users user.contact.email']);
  assert.deepEqual(drift(map, finds({ 'user.contact': ['$.users.*.plan'] })), [
    'error undeclared find $.users user.contact.email',
  ]);
  assert.deepEqual(drift(map, finds({ 'user.contact.email': ['$.users'] })), []);
});

test('arguments and what is less sure count as they are asked for', () => {
  const asked = [answered({}, { arguments: { email: 'ana@b.example', note: 'Write to Anna Lindqvist now.' } })];
  assert.deepEqual(drift(asked, finds({})), []);
  assert.equal(drift(asked, finds({}), { arguments: true, minConfidence: 0 }).length, 2);
  assert.equal(drift(asked, finds({}), { arguments: true, minConfidence: 0.94 }).length, 1);
});
