import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parseFixture } from '../../../engine/fixtures/parse.ts';
import type { Recorded } from '../../../engine/fixtures/record/session.ts';
import type { JsonObject } from '../../../engine/json/types.ts';
import { FixtureFolder } from '../../../proxy/tap/fixture-folder.ts';

function newFolder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'writ-folder-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const identity = { kind: 'human' } as const;
const open = (path: string) => new FixtureFolder(path, 'crm', identity);
const lookup = (id: string, name: string): Recorded => ({
  call: { server: 'crm', method: 'tools/call', tool: 'customers.lookup', arguments: { id } },
  result: { structuredContent: { name } },
});
const read = (path: string, name: string) => readFileSync(join(path, name), 'utf8');

test('a fixture a call, in the format that is tested, expecting to be refused until somebody says more', (t) => {
  const path = newFolder(t);
  const folder = open(path);
  folder.write(0, lookup('C-1', 'Alfa'));
  folder.write(1, lookup('C-2', 'Bravo'));
  assert.deepEqual(readdirSync(path).sort(), ['customers-lookup-2.yaml', 'customers-lookup.yaml']);
  const { fixture } = parseFixture(read(path, 'customers-lookup-2.yaml'), 'a.yaml');
  assert.partialDeepStrictEqual(JSON.parse(JSON.stringify(fixture)), {
    ...lookup('C-2', 'Bravo'),
    identity,
    expect: { effect: 'deny' },
  });
});

test('the same session once more writes nothing; the same answer twice is one fixture', (t) => {
  const path = newFolder(t);
  const session = [lookup('C-1', 'Alfa'), lookup('C-2', 'Bravo'), lookup('C-1', 'Alfa'), lookup('C-1', 'Changed')];
  for (const [number, each] of session.entries()) open(path).write(number, each);
  const first = open(path);
  for (const [number, each] of session.entries()) first.write(number, each);
  const names = readdirSync(path).sort();
  const texts = names.map((name) => read(path, name));
  const again = open(path);
  for (const [number, each] of session.entries()) again.write(number, each);
  assert.deepEqual(readdirSync(path).sort(), names);
  assert.deepEqual(
    names.map((name) => read(path, name)),
    texts,
  );
  assert.deepEqual([...new Set(again.files.map(({ status }) => status))], ['unchanged']);
});

test('a fixture that somebody edited and renamed keeps all but call and result', (t) => {
  const path = newFolder(t);
  open(path).write(0, lookup('C-1', 'Alfa'));
  const edited = `# ours
title: Support reads a customer
identity: { kind: human, groups: [support] } # who
call: { server: crm, method: tools/call, tool: customers.lookup, arguments: { id: C-1 } }
result: { structuredContent: { name: Alfa } } # as it was
expect:
  verdict: allow # reviewed
`;
  rmSync(join(path, 'customers-lookup.yaml'));
  writeFileSync(join(path, 'support-reads.yaml'), edited);
  const folder = open(path);
  folder.write(0, lookup('C-1', 'Bravo'));
  assert.deepEqual(readdirSync(path), ['support-reads.yaml']);
  assert.equal(read(path, 'support-reads.yaml'), edited.replace('Alfa', 'Bravo'));
  assert.deepEqual(folder.files, [{ file: join(path, 'support-reads.yaml'), status: 'changed' }]);
});

test('what is no fixture is left alone, even under the name that would be next', (t) => {
  const path = newFolder(t);
  writeFileSync(join(path, 'customers-lookup.yaml'), 'not: a fixture\n');
  open(path).write(0, lookup('C-1', 'Alfa'));
  assert.equal(read(path, 'customers-lookup.yaml'), 'not: a fixture\n');
  assert.ok(readdirSync(path).includes('customers-lookup-2.yaml'));
});

test('names are those of tools, and lead nowhere else', (t) => {
  const path = newFolder(t);
  const hostile = { call: { server: 'crm', method: 'tools/call', tool: '../../Etc/pässwd ' }, result: {} };
  open(path).write(0, hostile);
  open(path).write(0, { call: { ...hostile.call, tool: '…' } });
  assert.deepEqual(readdirSync(path).sort(), ['call.yaml', 'etc-p-sswd.yaml']);
});

test('two recordings into one folder take no file from each other', (t) => {
  const path = newFolder(t);
  const [one, other] = [open(path), open(path)];
  one.write(0, lookup('C-1', 'Alfa'));
  other.write(0, lookup('C-2', 'Bravo'));
  assert.equal(readdirSync(path).length, 2);
});

test('a folder that cannot be written is said so, and nothing half is left', {
  skip: process.getuid?.() === 0,
}, (t) => {
  const path = newFolder(t);
  const folder = open(path);
  chmodSync(path, 0o500);
  assert.throws(() => folder.write(0, lookup('C-1', 'Alfa')), { code: 'WRIT_FILE_UNWRITABLE' });
  assert.deepEqual(readdirSync(path), []);
});

test('a folder whose place is taken by a file is said so', (t) => {
  const path = join(newFolder(t), 'taken');
  writeFileSync(path, '');
  assert.throws(() => open(path), { code: 'WRIT_FILE_UNWRITABLE' });
});

test('a call that is known better later on finds its fixture of the last recording', (t) => {
  const path = newFolder(t);
  const record = () => {
    const folder = open(path);
    folder.write(0, lookup('Anna', 'early'));
    folder.write(1, lookup('C-2', 'Bravo'));
    folder.write(0, lookup('Alfa', 'early'));
    return folder.files.map(({ status }) => status);
  };
  assert.deepEqual(record(), ['new', 'new']);
  const names = readdirSync(path).sort();
  const texts = names.map((name) => read(path, name));
  assert.deepEqual(record(), ['unchanged', 'unchanged']);
  assert.deepEqual(readdirSync(path).sort(), names);
  assert.deepEqual(
    names.map((name) => read(path, name)),
    texts,
  );
});

test('what no fixture can hold is refused before it is written', (t) => {
  const path = newFolder(t);
  let deep: JsonObject = {};
  for (let level = 0; level < 70; level++) deep = { deep: { more: [deep] } };
  assert.throws(() => open(path).write(0, { ...lookup('C-1', 'x'), result: deep }), { code: 'WRIT_FIXTURE_INVALID' });
  assert.deepEqual(readdirSync(path), []);
});

test('a member named __proto__ is a member', (t) => {
  const path = newFolder(t);
  open(path).write(0, { ...lookup('C-1', 'x'), result: JSON.parse('{"__proto__":{"a":1}}') });
  const { fixture } = parseFixture(read(path, 'customers-lookup.yaml'), 'a.yaml');
  assert.equal(JSON.stringify(fixture.result), '{"__proto__":{"a":1}}');
});
