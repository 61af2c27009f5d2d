import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { format } from '../../engine/opa/format.ts';
import { put, temporary } from './project.ts';
import { runWrit } from './run-writ.ts';

const untidy = `package policies.x
import data.writ.tool
# METADATA
# title: A
deny.abroad if { input.x==1 }
said := $"a {input.x} b"
deny["b"]   if { tool.does( "read" ) }
`;
const tidy = `package policies.x

import data.writ.tool

# METADATA
# title: A
deny["abroad"] if input.x == 1
said := $"a {input.x} b"
deny["b"] if tool.does("read")
`;

test('files are formatted in place, and then left alone', async (t) => {
  const folder = temporary(t);
  const fixture = 'identity:   { kind: human }\n';
  put(folder, 'policies/x.rego', untidy);
  put(folder, 'policies/case.yaml', fixture);
  const check = await runWrit(['fmt', '--check'], folder);
  assert.deepEqual([check.code, check.stdout], [1, 'policies/x.rego\n']);
  assert.equal(readFileSync(join(folder, 'policies/x.rego'), 'utf8'), untidy);
  const { code, stdout } = await runWrit(['fmt'], folder);
  assert.deepEqual([code, stdout], [0, 'policies/x.rego\n']);
  assert.equal(readFileSync(join(folder, 'policies/x.rego'), 'utf8'), tidy);
  assert.equal(readFileSync(join(folder, 'policies/case.yaml'), 'utf8'), fixture);
  const before = statSync(join(folder, 'policies/x.rego')).mtimeMs;
  const again = await runWrit(['fmt'], folder);
  assert.deepEqual([again.code, again.stdout], [0, '']);
  assert.equal(statSync(join(folder, 'policies/x.rego')).mtimeMs, before);
});

test('--diff shows and writes nothing, and standard input goes to standard output', async (t) => {
  const folder = temporary(t);
  put(folder, 'policies/x.rego', untidy);
  const { code, stdout } = await runWrit(['fmt', '--diff'], folder);
  assert.equal(code, 1);
  assert.match(
    stdout,
    /^--- policies\/x\.rego\n\+\+\+ policies\/x\.rego\n@@ -1,\d+ \+1,\d+ @@\n package policies\.x\n\+\n/,
  );
  assert.match(stdout, /^-deny\.abroad if \{ input\.x==1 \}\n(?:[-+].*\n)*\+deny\["abroad"\] if input\.x == 1$/m);
  assert.equal(readFileSync(join(folder, 'policies/x.rego'), 'utf8'), untidy);
  const piped = await runWrit(['fmt', '-'], folder, { input: untidy });
  assert.deepEqual([piped.code, piped.stdout], [0, tidy]);
});

test('where one file does not parse none is touched, and the place is named', async (t) => {
  const folder = temporary(t);
  put(folder, 'policies/a.rego', untidy);
  put(folder, 'policies/b.rego', 'package b\n\nx if {\n');
  const { code, stderr } = await runWrit(['fmt'], folder);
  assert.equal(code, 1);
  assert.match(stderr, /policies\/b\.rego:\d+.*rego_parse_error/);
  assert.equal(readFileSync(join(folder, 'policies/a.rego'), 'utf8'), untidy);
});

test('what is formatted is a fixed point', async () => {
  const once = await format([{ path: 'x.rego', text: untidy }]);
  assert.deepEqual(once, { ok: true, value: [tidy] });
  assert.deepEqual(await format([{ path: 'x.rego', text: tidy }]), { ok: true, value: [tidy] });
});
