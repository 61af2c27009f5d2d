import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { formatNames, formatter } from '../../../cli/formats/formatter.ts';
import { json } from '../../../cli/formats/json.ts';
import type { Paint } from '../../../cli/formats/paint.ts';
import { pretty } from '../../../cli/formats/pretty.ts';
import { WritError } from '../../../engine/errors.ts';
import { parseFixture } from '../../../engine/fixtures/parse.ts';
import type { TestOutcome } from '../../../engine/fixtures/test-outcome.ts';

const passed: TestOutcome = {
  kind: 'rego',
  file: 'policies/gdpr/health_test.rego',
  row: 9,
  name: 'test.gdpr.test_medical',
  status: 'passed',
  failures: [],
  fuel: 1200,
};

const failed: TestOutcome = {
  kind: 'fixture',
  file: 'fixtures/crm/lookup.yaml',
  row: 1,
  name: 'Support reads a customer',
  status: 'failed',
  failures: [
    {
      row: 14,
      message: 'the effect differs',
      differences: [{ pointer: '/expect/effect', expected: 'allow', actual: 'deny' }],
    },
    {
      row: 17,
      message: 'the masked result differs',
      differences: [
        { pointer: '/expect/result/customers/0/a~1b', expected: 'a***', actual: 'anna' },
        { pointer: '/expect/result/extra', expected: undefined, actual: [1] },
      ],
    },
  ],
  fuel: 900,
};

const plain: Paint = (_style, text) => text;
const marked: Paint = (style, text) => `<${style}>${text}</${style}>`;

test('pretty shows each failure with its place and both sides, then one line', () => {
  assert.equal(
    pretty(plain).tests([passed, failed, { ...passed, status: 'skipped' }]),
    `✗ Support reads a customer fixtures/crm/lookup.yaml:1
  the effect differs fixtures/crm/lookup.yaml:14
    expect.effect
    - "allow"
    + "deny"
  the masked result differs fixtures/crm/lookup.yaml:17
    expect.result.customers.0.a/b
    - "a***"
    + "anna"
    expect.result.extra
    + [1]

1 failed, 1 passed, 1 skipped (1 fixture, 2 Rego tests)
`,
  );
});

test('pretty is green when all passed, and red where not', () => {
  assert.equal(pretty(marked).tests([passed]), '<green>1 passed</green> <dim>(0 fixtures, 1 Rego test)</dim>\n');
  assert.match(pretty(marked).tests([failed]), /<red>- "allow"<\/red>\n {4}<green>\+ "deny"<\/green>/);
  assert.equal(pretty(marked).tests([]), '0 passed <dim>(0 fixtures, 0 Rego tests)</dim>\n');
});

test('pretty cuts long values and many differences', () => {
  const difference = { pointer: '/x', expected: 'y'.repeat(500), actual: 1 };
  const failures = [{ row: 2, message: 'differs', differences: Array.from({ length: 14 }, () => difference) }];
  const lines = pretty(plain)
    .tests([{ ...failed, failures }])
    .split('\n');
  assert.ok(lines.every((line) => line.length < 180));
  assert.ok(lines.includes('    and 2 more differences'));
});

test('what a test printed stands below its message', () => {
  const failures = [{ row: 3, message: 'is undefined\nx is 3\ny is 4', differences: [] }];
  assert.match(
    pretty(plain).tests([{ ...failed, failures }]),
    /\n {2}is undefined fixtures\/crm\/lookup.yaml:3\n {4}x is 3\n {4}y is 4\n/,
  );
});

test('a terminal obeys nothing that comes from a file', () => {
  const evil = '\u001b[2Jgone\u009b1m\u202e\nline';
  const out = pretty(plain).tests([
    {
      ...failed,
      name: evil,
      failures: [{ row: 1, message: evil, differences: [{ pointer: `/${evil}`, expected: evil, actual: evil }] }],
    },
  ]);
  // The only control left is the line feed.
  assert.equal(/[^\P{Cc}\n]|\u202e/u.test(out), false);
  assert.match(out, /\\u001b\[2Jgone\\u009b1m\\u202e\\u000aline/);
});

test('a diagnostic has its place, the line with a caret, and the way out', () => {
  const diagnostic = {
    severity: 'error',
    code: 'rego_type_error',
    message: 'undefined ref: input.purpos',
    file: 'policies/gdpr/x.rego',
    row: 12,
    column: 3,
    source: '\t\tnot input.purpos in {"x"}',
  } as const;
  assert.equal(
    pretty(plain).diagnostics([
      diagnostic,
      { ...diagnostic, severity: 'warning', code: 'other', file: null, row: null, column: null, source: null },
    ]),
    `policies/gdpr/x.rego:12:3 error undefined ref: input.purpos [rego_type_error]
  12 | \t\tnot input.purpos in {"x"}
       \t\t^
  help: Names of input are those of policies/schema/input.json, builtins those of policies/capabilities.json.

warning undefined ref: input.purpos [other]
`,
  );
  assert.equal(pretty(plain).diagnostics([]), '');
});

test('a failure says what happened, the detail and the remedy', () => {
  const error = new WritError('WRIT_OPA_MISSING', 'Looked for build/opa.wasm.');
  assert.equal(
    pretty(plain).failure(error),
    `error The OPA toolchain is not built. [WRIT_OPA_MISSING]
  Looked for build/opa.wasm.
  help: Run \`npm run build:opa\` (needs Go), or set WRIT_OPA to an opa binary.
`,
  );
});

test('a wrong fixture is shown as its diagnostics', () => {
  try {
    parseFixture(
      'identity: { kind: person }\ncall: { server: crm, method: ping }\nexpect: { effect: deny }\n',
      'a.yaml',
    );
    assert.fail('the fixture is wrong');
  } catch (error) {
    assert.ok(error instanceof WritError);
    assert.equal(
      pretty(plain).failure(error),
      `a.yaml:1:19 error identity.kind must be one of human, workload, agent, human-via-agent, anonymous [WRIT_FIXTURE_INVALID]
  1 | identity: { kind: person }
                        ^
  help: Correct the file at the place named; docs/fixtures.md shows every key.
`,
    );
    const { error: written } = JSON.parse(json().failure(error));
    assert.equal(written.code, 'WRIT_FIXTURE_INVALID');
    assert.equal(written.diagnostics[0].row, 1);
  }
});

test('json is one document that keeps both sides of every difference', () => {
  const { tests, summary } = JSON.parse(json().tests([passed, failed]));
  assert.deepEqual(summary, { passed: 1, failed: 1, skipped: 0 });
  assert.deepEqual(tests[0], passed);
  assert.deepEqual(tests[1].failures[1].differences[1], {
    pointer: '/expect/result/extra',
    expected: null,
    actual: [1],
  });
  assert.deepEqual(JSON.parse(json().diagnostics([])), { diagnostics: [] });
});

test('colour only on a terminal, unless FORCE_COLOR or NO_COLOR say otherwise', () => {
  const script = `
    import { paintFor } from ${JSON.stringify(new URL('../../../cli/formats/paint.ts', import.meta.url).href)};
    process.stdout.write(paintFor(process.stdout)('red', 'x'));`;
  const run = (env: Record<string, string>) =>
    spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { PATH: process.env.PATH, ...env },
      encoding: 'utf8',
    }).stdout;
  assert.equal(run({}), 'x');
  assert.equal(run({ FORCE_COLOR: '1' }), '\u001b[31mx\u001b[39m');
  assert.equal(run({ FORCE_COLOR: '0' }), 'x');
  assert.equal(run({ NO_COLOR: '1' }), 'x');
});

test('every name has its format', () => {
  assert.deepEqual(
    formatNames.map((name) => formatter(name).diagnostics([])),
    ['', json().diagnostics([])],
  );
});
