import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test as it } from 'node:test';
import { test } from '../../../engine/opa/test.ts';
import { writeTree } from './tree.ts';

const suite = [
  'package test.crm',
  '',
  'import data.crm',
  '',
  'test_lookup[name] if {',
  '  some name, case in {"one": {"x": 1}, "two/é": {"x": 2}, "3": {"x": 1}}',
  '  print("at", name)',
  '  crm.ok with input as case',
  '}',
  'test_pairs[a][b] if { some a in ["p", "q"]; some b in ["s", "t"]; a == "p" }',
  'test_none[name] if { some name in []; name == "a" }',
  'test_passes if crm.ok with input as {"x": 1}',
  'test_fails if crm.ok with input as {}',
  'test_conflict if crm.twice == 1',
  'todo_test_later if false',
].join('\n');

it('every case is named, those of data-driven tests too, and has its own status', async (t) => {
  const folder = writeTree(t, {
    'crm.rego': 'package crm\n\nok if input.x == 1\ntwice := 1 if true\ntwice := 2 if true\n',
    'crm_test.rego': suite,
  });
  const outcome = await test({ paths: [folder] });
  assert.ok(outcome.ok, JSON.stringify(outcome));
  const file = join(folder, 'crm_test.rego');
  assert.ok(outcome.value.cases.every((c) => c.package === 'test.crm' && c.file === file && c.duration >= 0));
  assert.deepEqual(
    outcome.value.cases.map((c) => `${c.row} ${c.name}${c.case === undefined ? '' : `[${c.case}]`} ${c.status}`).sort(),
    [
      '10 test_pairs[p/s] pass',
      '10 test_pairs[p/t] pass',
      '10 test_pairs[q/s] fail',
      '10 test_pairs[q/t] fail',
      '11 test_none pass',
      '12 test_passes pass',
      '13 test_fails fail',
      '14 test_conflict error',
      '15 todo_test_later skip',
      '5 test_lookup[3] pass',
      '5 test_lookup[one] pass',
      '5 test_lookup[two/é] fail',
    ],
  );
  const messages = new Map(outcome.value.cases.map((c) => [c.case ?? c.name, c.message]));
  assert.match(messages.get('two/é') ?? '', /^at /);
  assert.match(messages.get('test_conflict') ?? '', /conflicting values/);
  assert.equal(messages.get('one'), undefined);
});

it('tests can be chosen by a regular expression, and none is no error', async (t) => {
  const folder = writeTree(t, { 'a_test.rego': 'package test.a\n\ntest_a := true\ntest_b := true\n' });
  const chosen = await test({ paths: [folder], run: 'test_b$' });
  assert.deepEqual(chosen.ok && chosen.value.cases.map(({ name }) => name), ['test_b']);
  assert.deepEqual(await test({ paths: [folder], run: 'nothing' }), { ok: true, value: { cases: [] } });
});

it('tests that do not compile give diagnostics with columns', async (t) => {
  const folder = writeTree(t, { 'a_test.rego': 'package test.a\n\ntest_a if nope(1)\n' });
  const outcome = await test({ paths: [folder] });
  assert.deepEqual(
    !outcome.ok && outcome.diagnostics.map(({ message, row, column, source }) => ({ message, row, column, source })),
    [{ message: 'undefined function nope', row: 3, column: 11, source: 'test_a if nope(1)' }],
  );
});
