import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { parseTar } from 'nanotar';
import { build } from '../../../engine/opa/build.ts';
import { writeTree } from './tree.ts';

const policy = 'package writ\n\ndecision := {"effect": data.effect} if input.x\n';

function filesIn(bundle: string): Map<string, string> {
  return new Map(parseTar(gunzipSync(readFileSync(bundle))).map(({ name, text }) => [name, text]));
}

test('the same sources give the same bytes, wherever they lie', async (t) => {
  const bundles = [];
  for (let i = 0; i < 2; i++) {
    const cwd = writeTree(t, { 'src/a.rego': policy, 'src/data.json': '{"effect": "deny"}' });
    const options = { cwd, paths: ['src'], entrypoints: ['writ/decision'], revision: 'r1', bundle: true };
    assert.deepEqual(await build({ ...options, output: 'b.tar.gz' }), { ok: true, value: undefined });
    bundles.push(join(cwd, 'b.tar.gz'));
  }
  const [first = '', second = ''] = bundles;
  assert.deepEqual(readFileSync(first), readFileSync(second));
  const files = filesIn(first);
  assert.deepEqual([...files.keys()].sort(), ['.manifest', 'data.json', 'policy.wasm', 'src/a.rego']);
  assert.equal(JSON.parse(files.get('.manifest') ?? '').revision, 'r1');
});

test('a policy that does not compile gives the diagnostics of check, with columns, and no bundle', async (t) => {
  const folder = writeTree(t, { 'a.rego': 'package writ\n\ndecision := nope(1)\nother := nada(1)\n' });
  const output = join(folder, 'bundle.tar.gz');
  const outcome = await build({ paths: [folder], entrypoints: ['writ/decision'], output });
  assert.ok(!outcome.ok);
  assert.deepEqual(
    outcome.diagnostics.map(({ message, file, row, column }) => ({ message, file, row, column })),
    [
      { message: 'undefined function nope', file: join(folder, 'a.rego'), row: 3, column: 13 },
      { message: 'undefined function nada', file: join(folder, 'a.rego'), row: 4, column: 10 },
    ],
  );
  assert.ok(!existsSync(output));
});

test('an entrypoint that is not there is said in words', async (t) => {
  const folder = writeTree(t, { 'a.rego': policy });
  const outcome = await build({ paths: [folder], entrypoints: ['writ/nope'], output: join(folder, 'b.tar.gz') });
  assert.deepEqual(!outcome.ok && outcome.diagnostics.map(({ message }) => message), [
    'entrypoint "writ/nope" does not refer to a rule or policy decision',
  ]);
});

test('hundreds of entrypoints fit, and ignored files are left out', async (t) => {
  const names = Array.from({ length: 400 }, (_, i) => `test_case_with_a_long_name_as_tests_tend_to_have_${i}`);
  const folder = writeTree(t, {
    'a.rego': ['package a', ...names.map((name) => `${name} if input.x`)].join('\n'),
    'b_test.rego': 'package b\n\nthis is no Rego',
  });
  const output = join(folder, 'bundle.tar.gz');
  const entrypoints = names.map((name) => `a/${name}`);
  assert.ok(entrypoints.join(' ').length > 12 * 1024);
  const outcome = await build({ paths: [folder], entrypoints, ignore: ['*_test.rego'], output });
  assert.deepEqual(outcome, { ok: true, value: undefined });
  assert.equal(JSON.parse(filesIn(output).get('.manifest') ?? '').wasm.length, 400);
});

test('a signed bundle carries the signature, its algorithm and the key id', async (t) => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const folder = writeTree(t, {
    'src/a.rego': policy,
    'key.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
  const output = join(folder, 'bundle.tar.gz');
  const signing = { key: join(folder, 'key.pem'), algorithm: 'ES256', id: 'release' };
  const paths = [join(folder, 'src')];
  assert.deepEqual(await build({ paths, entrypoints: ['writ/decision'], output, signing }), {
    ok: true,
    value: undefined,
  });
  const [token] = JSON.parse(filesIn(output).get('.signatures.json') ?? '').signatures;
  const [header, payload] = token
    .split('.', 2)
    .map((part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()));
  assert.deepEqual([header.alg, header.kid ?? payload.keyid], ['ES256', 'release']);
  assert.ok(payload.files.some(({ name }: { name: string }) => name === 'policy.wasm'));
});
