import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Coverage } from '../../../cli/coverage/types.ts';
import { github } from '../../../cli/formats/github.ts';
import { junit } from '../../../cli/formats/junit.ts';
import { tap } from '../../../cli/formats/tap.ts';
import { WritError } from '../../../engine/errors.ts';
import type { TestOutcome } from '../../../engine/fixtures/test-outcome.ts';
import { wellFormed } from './xml.ts';

const passed: TestOutcome = {
  kind: 'rego',
  file: 'policies/gdpr/health_test.rego',
  row: 9,
  name: 'test.gdpr.test_roles/a case',
  status: 'passed',
  failures: [],
  fuel: 1200,
};

/** A name and values that would end an annotation, a YAML block or an element. */
const hostile = 'a::b,c 100%\r\n::stop-commands::x ]]> <b a="1">&\u0000\u001b # TODO\n  ...\nok 9';

const failed: TestOutcome = {
  kind: 'fixture',
  file: 'fixtures/a,b:c.yaml',
  row: 1,
  name: hostile,
  status: 'failed',
  failures: [
    { row: 14, message: hostile, differences: [{ pointer: '/expect/effect', expected: hostile, actual: undefined }] },
    { row: 17, message: 'another', differences: [] },
  ],
  fuel: 900,
};

const all = [passed, failed, { ...passed, name: 'test.gdpr.test_later', status: 'skipped' as const }];
const broken = new WritError('WRIT_SOURCES_MISSING', hostile);

const coverage: Coverage = {
  rules: { covered: 1, total: 2, packs: [] },
  lines: { measured: true, covered: 3, total: 3, files: [] },
  threshold: null,
};

test('github: a command a failure, escaped as the runner reads it', () => {
  const lines = github().tests(all).split('\n');
  assert.equal(lines.length, 4, 'no text ends its line');
  assert.match(
    lines[0] ?? '',
    /^::error file=fixtures\/a%2Cb%3Ac\.yaml,line=14,title=a%3A%3Ab%2Cc 100%25%0D%0A%3A%3Astop/,
  );
  assert.match(lines[1] ?? '', /^::error file=fixtures\/a%2Cb%3Ac\.yaml,line=17,title=.*::.*another$/);
  assert.equal(lines[2], '1 failed, 1 passed, 1 skipped');
  const diagnostic = { severity: 'warning', code: 'x', message: 'm', row: 2, column: 3, source: null } as const;
  assert.equal(
    github().diagnostics([
      { ...diagnostic, file: 'p.rego' },
      { ...diagnostic, file: null, row: null, column: null },
    ]),
    '::warning file=p.rego,line=2,col=3,title=x::m\n::warning title=x::m\n',
  );
  assert.match(github().failure(broken), /^::error title=WRIT_SOURCES_MISSING::[^\n]*\n$/);
});

test('tap: version 14, a point a test, nothing from a file ends a line or a block', () => {
  const lines = tap().tests(all, coverage).split('\n');
  assert.deepEqual(lines.slice(0, 3), ['TAP version 14', '1..3', 'ok 1 - test.gdpr.test_roles/a case']);
  assert.equal(lines.filter((line) => /^(?:not )?ok\b/.test(line)).length, 3);
  assert.match(lines[3] ?? '', /^not ok 2 - .* \\# TODO /);
  assert.equal(lines[4], '  ---');
  const end = lines.indexOf('  ...');
  for (const line of lines.slice(5, end)) assert.doesNotThrow(() => JSON.parse(line.replace(/^ {2}\w+: /, '')), line);
  assert.equal(lines[end + 1], 'ok 3 - test.gdpr.test_later # SKIP');
  for (const line of lines.slice(end + 2)) assert.match(line, /^#|^$/);
  assert.match(tap().failure(broken), /^TAP version 14\nBail out! [^\n]*\n$/);
});

test('junit: the elements and attributes that the schemas share, each text escaped', () => {
  for (const text of [junit().tests(all, coverage), junit().failure(broken), junit().tests([])]) wellFormed(text);
  const text = junit().tests(all, coverage);
  assert.match(text, /<testsuites name="writ test" tests="3" failures="1" errors="0">/);
  assert.match(
    text,
    /<testsuite name="policies\/gdpr\/health_test\.rego" tests="2" failures="0" errors="0" skipped="1">/,
  );
  assert.match(text, /<testcase name="test\.gdpr\.test_roles\/a case" classname="test\.gdpr"\/>/);
  assert.match(text, /<property name="coverage\.rules" value="50 %"\/>/);
  assert.match(junit().failure(broken), /errors="1"[\s\S]*<error message="/);
});
