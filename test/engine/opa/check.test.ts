import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { check } from '../../../engine/opa/check.ts';
import { writeTree } from './tree.ts';

const capabilities = JSON.stringify({
  builtins: [
    {
      name: 'startswith',
      decl: { args: [{ type: 'string' }, { type: 'string' }], result: { type: 'boolean' }, type: 'function' },
      infix: '',
    },
  ],
  future_keywords: ['not'],
  features: ['rego_v1'],
  wasm_abi_versions: [{ version: 1, minor_version: 2 }],
});

test('Rego that does not parse gives file, line, column, message and source line', async (t) => {
  const folder = writeTree(t, { 'bad.rego': 'package bad\n\nallow if {\n\tx := = 1\n}\n' });
  assert.deepEqual(await check({ paths: [folder] }), {
    ok: false,
    diagnostics: [
      {
        severity: 'error',
        code: 'rego_parse_error',
        message: 'unexpected eq token',
        file: join(folder, 'bad.rego'),
        row: 4,
        column: 7,
        source: '\tx := = 1',
      },
    ],
  });
});

test('correct Rego gives no diagnostics, in a folder with spaces and letters beyond ASCII too', async (t) => {
  const folder = writeTree(t, { 'Größe und Maß/日本 é.rego': 'package a\n\nallow if startswith(input.name, "ü")\n' });
  const paths = [join(folder, 'Größe und Maß')];
  assert.deepEqual(await check({ paths }), { ok: true, value: undefined });
  const broken = writeTree(t, { 'Größe und Maß/日本 é.rego': 'package a\n\nallow if "ü" == nope\n' });
  const outcome = await check({ paths: [join(broken, 'Größe und Maß')] });
  assert.ok(!outcome.ok);
  assert.deepEqual(
    outcome.diagnostics.map(({ file, source }) => [file, source]),
    [[join(broken, 'Größe und Maß/日本 é.rego'), 'allow if "ü" == nope']],
  );
});

test('a builtin that the capabilities do not have is named by file and line', async (t) => {
  const folder = writeTree(t, {
    'capabilities.json': capabilities,
    'a.rego': 'package a\n\nallow if startswith(input.x, "a")\nnow := time.now_ns()\n',
  });
  const outcome = await check({ paths: [folder], capabilities: join(folder, 'capabilities.json') });
  assert.ok(!outcome.ok);
  assert.deepEqual(
    outcome.diagnostics.map(({ message, file, row, column }) => ({ message, file, row, column })),
    [{ message: 'undefined function time.now_ns', file: join(folder, 'a.rego'), row: 4, column: 8 }],
  );
});

test('a misspelt input field is found by the schema, with the fields there are', async (t) => {
  const folder = writeTree(t, {
    'schema/input.json': JSON.stringify({
      type: 'object',
      properties: { call: { type: 'object', properties: { tool: { type: 'string' }, id: { type: 'string' } } } },
    }),
    'a.rego': [
      '# METADATA',
      '# scope: package',
      '# schemas:',
      '#   - input: schema.input',
      'package a',
      'allow if input.call.tol == "a"',
      'deny if input.call.tool == 1',
    ].join('\n'),
  });
  const outcome = await check({ paths: [join(folder, 'a.rego')], schemaDir: join(folder, 'schema') });
  assert.ok(!outcome.ok);
  assert.deepEqual(
    outcome.diagnostics.map(({ code, message, row, source }) => ({ code, message, row, source })),
    [
      {
        code: 'rego_type_error',
        message: 'undefined ref: input.call.tol; there is: id, tool',
        row: 6,
        source: 'allow if input.call.tol == "a"',
      },
      {
        code: 'rego_type_error',
        message: 'match error between string and number',
        row: 7,
        source: 'deny if input.call.tool == 1',
      },
    ],
  );
});

test('all errors are given, not the first ten', async (t) => {
  const rules = Array.from({ length: 25 }, (_, i) => `r${i} := nope${i}(1)`);
  const folder = writeTree(t, { 'a.rego': ['package a', ...rules].join('\n') });
  const outcome = await check({ paths: [folder] });
  assert.equal(!outcome.ok && outcome.diagnostics.length, 25);
});

test('strict mode is the default', async (t) => {
  const paths = [writeTree(t, { 'a.rego': 'package a\n\nallow if { x := 1 }\n' })];
  const outcome = await check({ paths });
  assert.deepEqual(!outcome.ok && outcome.diagnostics.map(({ message }) => message), ['assigned var x unused']);
  assert.ok((await check({ paths, strict: false })).ok);
});

test('what is wrong with the command, not with a policy, has no place', async () => {
  const missing = await check({ paths: ['--format=pretty'] });
  assert.ok(!missing.ok);
  assert.match(missing.diagnostics[0]?.message ?? '', /^stat --format=pretty: no such file/i);
  const capabilitiesless = await check({ paths: ['.'], capabilities: 'nowhere.json' });
  assert.ok(!capabilitiesless.ok);
  assert.deepEqual(
    capabilitiesless.diagnostics.map(({ file, row, message }) => [file, row, message.split('\n').length]),
    [[null, null, 1]],
  );
});
