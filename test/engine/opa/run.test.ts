import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, type TestContext, test } from 'node:test';
import { WritError } from '../../../engine/errors.ts';
import { analyse } from '../../../engine/opa/analyse.ts';
import { check } from '../../../engine/opa/check.ts';
import { locate } from '../../../engine/opa/locate.ts';
import { run } from '../../../engine/opa/run.ts';
import { writeTree } from './tree.ts';

/** A program that stands in for a native opa. */
function fakeOpa(t: TestContext, script: string): string {
  const path = join(writeTree(t, { opa: `#!${process.execPath}\n${script}\n` }), 'opa');
  chmodSync(path, 0o755);
  return path;
}

async function refusal(promise: Promise<unknown>): Promise<{ code: string; detail: string }> {
  const error = await promise.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  assert.ok(error instanceof WritError, String(error));
  return { code: error.code, detail: error.detail ?? '' };
}

describe('locate', () => {
  test('without opa.wasm and without WRIT_OPA it is WRIT_OPA_MISSING', (t) => {
    assert.throws(() => locate('any', writeTree(t, {}), ''), { code: 'WRIT_OPA_MISSING' });
    assert.throws(() => locate('any', writeTree(t, { 'opa.wasm': '' }), ''), { code: 'WRIT_OPA_MISSING' });
  });

  test('WRIT_OPA is taken for what stock OPA can do, and has to be there', (t) => {
    const native = fakeOpa(t, '');
    assert.deepEqual(locate('any', writeTree(t, {}), native), [native]);
    assert.throws(() => locate('any', writeTree(t, {}), `${native}.not`), { code: 'WRIT_OPA_MISSING' });
  });

  test('analyse takes opa.wasm beside WRIT_OPA, and says what is missing where there is none', (t) => {
    const native = fakeOpa(t, '');
    const folder = writeTree(t, { 'opa.wasm': '', 'wasm_exec.js': '' });
    assert.equal(locate('wasm', folder, native)[0], process.execPath);
    assert.throws(() => locate('wasm', writeTree(t, {}), native), { code: 'WRIT_OPA_MISSING', message: /analyse/ });
  });
});

describe('run', () => {
  const before = process.env.WRIT_OPA;
  afterEach(() => {
    if (before === undefined) delete process.env.WRIT_OPA;
    else process.env.WRIT_OPA = before;
  });

  test('what went wrong inside OPA is one line with a code, not a stack trace', async (t) => {
    process.env.WRIT_OPA = fakeOpa(
      t,
      'process.stderr.write("panic: runtime error: index out of range\\n\\ngoroutine 1 [running]:\\nmain.main()\\n"); process.exit(2);',
    );
    assert.deepEqual(await refusal(check({ paths: ['.'] })), {
      code: 'WRIT_OPA_FAILED',
      detail: 'OPA itself crashed: runtime error: index out of range',
    });
    process.env.WRIT_OPA = fakeOpa(t, 'throw new TypeError("no such thing");');
    assert.deepEqual(await refusal(check({ paths: ['.'] })), {
      code: 'WRIT_OPA_FAILED',
      detail: 'OPA itself crashed: no such thing',
    });
  });

  test('a child that is killed is WRIT_OPA_FAILED', async (t) => {
    process.env.WRIT_OPA = fakeOpa(t, 'process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000);');
    assert.deepEqual(await refusal(check({ paths: ['.'] })), {
      code: 'WRIT_OPA_FAILED',
      detail: 'OPA was killed (SIGKILL) and gave no result.',
    });
  });

  test('a child that does not end is stopped after the timeout', async (t) => {
    process.env.WRIT_OPA = fakeOpa(t, 'setInterval(() => {}, 1000);');
    assert.deepEqual(await refusal(check({ paths: ['.'], timeout: 50 })), {
      code: 'WRIT_OPA_FAILED',
      detail: 'OPA took too long and gave no result.',
    });
  });

  test('an abort stops the child and rejects with its reason', async (t) => {
    process.env.WRIT_OPA = fakeOpa(t, 'setInterval(() => {}, 1000);');
    const abort = new AbortController();
    const checked = check({ paths: ['.'], signal: abort.signal });
    abort.abort(new Error('changed my mind'));
    await assert.rejects(checked, /changed my mind/);
    await assert.rejects(check({ paths: ['.'], signal: abort.signal }), /changed my mind/);
  });

  test('output without end is cut off', async (t) => {
    process.env.WRIT_OPA = fakeOpa(
      t,
      'const b = "x".repeat(1 << 20); const go = () => process.stdout.write(b, go); go();',
    );
    assert.deepEqual(await refusal(check({ paths: ['.'] })), {
      code: 'WRIT_OPA_FAILED',
      detail: 'OPA said too much and gave no result.',
    });
  });

  test('a file that cannot be run is WRIT_OPA_FAILED', async (t) => {
    process.env.WRIT_OPA = join(writeTree(t, { opa: 'no program' }), 'opa');
    assert.equal((await refusal(check({ paths: ['.'] }))).code, 'WRIT_OPA_FAILED');
  });

  test('OPA_ variables and NODE_OPTIONS do not reach OPA', async (t) => {
    const path = writeTree(t, { 'a.rego': 'package a\n\nallow if { x := 1 }\n' });
    t.mock.property(process, 'env', {
      ...process.env,
      OPA_CHECK_STRICT: 'true',
      NODE_OPTIONS: '--require ./nowhere.js',
    });
    assert.deepEqual(await check({ paths: [path], strict: false }), { ok: true, value: undefined });
  });

  test('WRIT_OPA answers in place of opa.wasm, but for analyse', async (t) => {
    process.env.WRIT_OPA = fakeOpa(t, 'console.log(JSON.stringify(process.argv.slice(2)));');
    assert.deepEqual(JSON.parse((await run(['version'])).stdout), ['version']);
    assert.ok((await check({ paths: ['.'] })).ok);
    const outcome = await analyse({ paths: [writeTree(t, { 'a.rego': 'package a\n' })] });
    assert.deepEqual(outcome.ok && outcome.value.packages.map(({ path }) => path), ['a']);
  });
});
