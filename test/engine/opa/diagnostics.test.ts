import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDiagnostics } from '../../../engine/opa/diagnostics.ts';
import { writeTree } from './tree.ts';

const brief = (printed: string, cwd?: string) =>
  parseDiagnostics(printed, cwd).map(({ code, message, file, row, source }) => [code, message, file, row, source]);

test('text errors of one and of several places are taken apart, with their source lines', (t) => {
  const cwd = writeTree(t, { 'a b/c:d.rego': 'package a\r\nx := \r\n' });
  assert.deepEqual(
    brief(
      'error: load error: 1 error occurred during loading: a b/c:d.rego:2: rego_parse_error: unexpected eof\n\tx :=\n\t^\n',
      cwd,
    ),
    [['rego_parse_error', 'unexpected eof', 'a b/c:d.rego', 2, 'x := ']],
  );
  assert.deepEqual(
    brief(
      'error: 2 errors occurred:\na.rego:3: rego_type_error: undefined function f\n\thave: (x)\nb.rego:4: rego_compile_error: no\n',
      cwd,
    ),
    [
      ['rego_type_error', 'undefined function f', 'a.rego', 3, null],
      ['rego_compile_error', 'no', 'b.rego', 4, null],
    ],
  );
});

test('text that names no place is one message, without the help of the command', () => {
  assert.deepEqual(brief('Error: unknown flag: --x\nUsage:\n  opa check [flags]\n'), [
    ['opa_error', 'unknown flag: --x', null, null, null],
  ]);
  assert.deepEqual(brief('error: entrypoint "a/b" does not refer to a rule or policy decision\n'), [
    ['opa_error', 'entrypoint "a/b" does not refer to a rule or policy decision', null, null, null],
  ]);
  assert.deepEqual(brief(''), [['opa_error', 'OPA failed and did not say why.', null, null, null]]);
  assert.deepEqual(brief('{"errors": []}').length, 1);
});
