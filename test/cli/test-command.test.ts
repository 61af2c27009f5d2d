import assert from 'node:assert/strict';
import { test } from 'node:test';
import { project, put, temporary } from './project.ts';
import { runWrit } from './run-writ.ts';

test('coverage names the rules that decided, where, and the one that never did', async (t) => {
  const folder = project(t);
  const { code, stdout, stderr } = await runWrit(['test', '--coverage', '--format', 'json'], folder);
  assert.equal(code, 0, stderr);
  const { coverage, summary } = JSON.parse(stdout);
  assert.deepEqual(summary, { passed: 2, failed: 0, skipped: 0 });
  assert.deepEqual(coverage.rules.packs, [
    {
      pack: 'notes',
      covered: 2,
      total: 3,
      rules: [
        { id: 'notes.allow.staff', at: 'policies/notes/pack.rego:11', fixtures: 1, rego: 0 },
        { id: 'notes.deny.nameless', at: 'policies/notes/pack.rego:18', fixtures: 0, rego: 1 },
        { id: 'notes.deny.abroad', at: 'policies/notes/pack.rego:22', fixtures: 0, rego: 0 },
      ],
    },
  ]);
  const [file] = coverage.lines.files;
  assert.equal(file.file, 'policies/notes/pack.rego', 'the library is judged by its own tests');
  assert.ok(file.covered > 0 && file.covered < file.total);
});

test('a threshold that is not reached fails, though every test passes', async (t) => {
  const folder = project(t);
  const { code, stdout, stderr } = await runWrit(['test', '--coverage-threshold', '90'], folder);
  assert.equal(code, 1);
  assert.match(stdout, /✗ notes\.deny\.abroad +0 +0 +policies\/notes\/pack\.rego:22/);
  assert.match(stdout, /2 of 3 rules, 66\.6 %, below the 90 % asked for/);
  assert.match(stderr, /the coverage is below 90 %/);
});

test('where a Rego test fails, lines are said not to be measured', async (t) => {
  const folder = project(t);
  put(folder, 'policies/notes/more_test.rego', 'package test.notes\n\ntest_false if 1 == 2\n');
  const { code, stdout } = await runWrit(['test', '--coverage'], folder);
  assert.equal(code, 1);
  assert.match(stdout, /not measured: OPA measures no lines where a Rego test fails/);
});

test('--run takes a regular expression over names and files', async (t) => {
  const folder = project(t);
  const names = async (pattern: string) => {
    const { stdout } = await runWrit(['test', '--format', 'json', '--run', pattern], folder);
    return JSON.parse(stdout).tests.map(({ name }: { name: string }) => name);
  };
  assert.deepEqual(await names('^Staff'), ['Staff read a note']);
  assert.deepEqual(await names('pack_test|nothing'), ['test.notes.test_nameless']);
  const none = await runWrit(['test', '--run', 'zebra'], folder);
  assert.deepEqual([none.code, /--run matches/.test(none.stderr)], [65, true]);
  const wrong = await runWrit(['test', '--run', '('], folder);
  assert.deepEqual([wrong.code, /regular expression/.test(wrong.stderr)], [64, true]);
});

test('policies that are wrong are an error in a report, not an empty one', async (t) => {
  const folder = project(t);
  put(folder, 'policies/notes/wrong.rego', 'package policies.notes\n\nx if input.purpos == 1\n');
  const github = await runWrit(['test', '--format', 'github'], folder);
  assert.equal(github.code, 1);
  assert.match(github.stdout, /^::error file=policies\/notes\/wrong\.rego,line=3,title=rego_type_error::/m);
  const junit = await runWrit(['test', '--format', 'junit'], folder);
  assert.match(junit.stdout, /<testsuites name="writ" tests="1" failures="0" errors="1">/);
  const tap = await runWrit(['test', '--format', 'tap'], folder);
  assert.match(tap.stdout, /^TAP version 14\nBail out! /);
});

test('without fixtures the Rego tests run; without anything the way to begin is told', async (t) => {
  const folder = project(t);
  const { code, stdout } = await runWrit(['test', '--no-fixtures'], folder);
  assert.deepEqual([code, stdout], [0, '1 passed (0 fixtures, 1 Rego test)\n']);
  for (const command of ['test', 'check', 'build', 'fmt']) {
    const empty = await runWrit([command], temporary(t));
    assert.equal(empty.code, 65, command);
    assert.match(empty.stderr, /There is no folder policies here\.\n.*cp -R \S+policies \./, command);
  }
});
