import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { writeTree } from '../engine/opa/tree.ts';

const script = fileURLToPath(new URL('../../scripts/build-opa.mjs', import.meta.url));

/** A checkout with a Go that "compiles" by writing down what it was asked for. */
function checkout(t: TestContext, go: string) {
  const root = writeTree(t, {
    'scripts/build-opa.mjs': '',
    'engine/opa/go.mod': 'module a\n',
    'engine/opa/main.go': 'package main\n',
    'goroot/lib/wasm/wasm_exec.js': 'globalThis.Go = class {};\n',
    'bin/go': `#!${process.execPath}\n${go}\n`,
  });
  copyFileSync(script, join(root, 'scripts/build-opa.mjs'));
  chmodSync(join(root, 'bin/go'), 0o755);
  const run = (...args: string[]) => {
    const env = { PATH: join(root, 'bin'), XDG_CACHE_HOME: join(root, 'cache'), ROOT: root };
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/build-opa.mjs'), ...args], {
      env,
      encoding: 'utf8',
    });
    return { status, stderr };
  };
  return { root, run };
}

const workingGo = `
const { writeFileSync, appendFileSync } = require('node:fs');
const [command, ...args] = process.argv.slice(2);
if (command === 'version') console.log('go version go1.26.8 test/test');
if (command === 'env') console.log(process.env.ROOT + '/goroot');
if (command === 'build') {
  appendFileSync(process.env.ROOT + '/builds', process.env.GOOS + '/' + process.env.GOARCH + '\\n');
  writeFileSync(args[args.indexOf('-o') + 1], 'wasm');
}`;

test('it builds once, keeps the result outside the checkout, and builds again only for other sources', (t) => {
  const { root, run } = checkout(t, workingGo);
  const builds = () => readFileSync(join(root, 'builds'), 'utf8');
  assert.match(run().stderr, /built in \d+ s/);
  assert.equal(builds(), 'js/wasm\n');
  assert.equal(readFileSync(join(root, 'engine/opa/opa.wasm'), 'utf8'), 'wasm');
  assert.match(readFileSync(join(root, 'engine/opa/wasm_exec.js'), 'utf8'), /^\/\/ [0-9a-f]{32}\nglobalThis\.Go/);

  assert.match(run().stderr, /up to date/);
  rmSync(join(root, 'engine/opa/opa.wasm'));
  assert.match(run().stderr, /taken from/);
  assert.ok(existsSync(join(root, 'engine/opa/opa.wasm')));
  assert.equal(builds(), 'js/wasm\n');

  writeFileSync(join(root, 'engine/opa/main.go'), 'package main // changed\n');
  assert.equal(run().status, 0);
  assert.equal(builds(), 'js/wasm\njs/wasm\n');
  assert.equal(readdirSync(join(root, 'cache/writ/opa')).length, 2);
});

test('without Go it fails, but an install goes on; both say what works and the way out', (t) => {
  const { root, run } = checkout(t, '');
  rmSync(join(root, 'bin/go'));
  for (const [args, status] of [
    [[], 1],
    [['--prepare'], 0],
  ] as const) {
    const result = run(...args);
    assert.equal(result.status, status);
    assert.match(result.stderr, /What works without it: the proxy/);
    assert.match(result.stderr, /npm run build:opa/);
    assert.match(result.stderr, /WRIT_OPA/);
  }
});

test('a Go that is too old is as good as none', (t) => {
  const old =
    'process.stderr.write("go: go.mod requires go >= 1.26.0 (running go 1.22.2; GOTOOLCHAIN=local)"); process.exit(1);';
  const { run } = checkout(t, old);
  assert.equal(run('--prepare').status, 0);
  assert.equal(run().status, 1);
});

test('a build that fails says what Go said, leaves nothing behind and fails an install too', (t) => {
  const failing = workingGo.replace(
    "'wasm');",
    "'half'); process.stderr.write('fmt\\n./main.go:1:1: expected package\\n'); process.exit(1);",
  );
  const { root, run } = checkout(t, failing);
  const { status, stderr } = run('--prepare');
  assert.equal(status, 1);
  assert.match(stderr, /main\.go:1:1: expected package/);
  assert.doesNotMatch(stderr, /^fmt$/m);
  assert.deepEqual(readdirSync(join(root, 'cache/writ/opa')), []);
  assert.ok(!existsSync(join(root, 'engine/opa/opa.wasm')));
});
